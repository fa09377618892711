public import CompoundLibrary
import Entities
import Featurization
import Fingerprints
import Molecules
public import Parallelism

/// A compound of a library with its similarity to a query.
public struct SimilarCompound: Hashable, Sendable {
  /// Its identifier.
  public let id: String
  /// Its structure, canonical SMILES.
  public let smiles: String
  /// The Tanimoto similarity, 0 to 1.
  public let similarity: Double
}

/// Exact similarity search over all segments of a library.
public struct LibrarySearch: Sendable {
  private let library: Library
  private let pool: WorkerPool

  /// Prepares searches.
  public init(library: Library, pool: WorkerPool) {
    self.library = library
    self.pool = pool
  }

  /// The most similar compounds, best first, ties by identifier.
  ///
  /// The query is standardised as the library's compounds were.
  /// - Complexity: O(rows of the library)
  public func similar(
    to query: String, top: Int, threshold: Double? = nil
  ) throws -> [SimilarCompound] {
    let compound = try library.options.preparation.compound(from: .smiles(query))
    let words = try compound.structure.fingerprintWords(library.options.fingerprint)
    var found: [SimilarCompound] = []
    for (segment, start) in zip(library.segments, library.starts) {
      let fingerprint = Fingerprint(bitCount: segment.fingerprints.bitCount, words: words)
      var wanted = top
      while true {
        let neighbours =
          threshold.map {
            segment.fingerprints.neighbours(of: fingerprint, threshold: $0, using: pool)
          } ?? segment.fingerprints.nearest(to: fingerprint, count: wanted, using: pool)
        let kept = neighbours.filter { !library.isDeleted(start + $0.row) }
        // Equal similarities at the end may hide a smaller identifier: look one step further.
        let isCut = threshold == nil && neighbours.count == wanted && wanted < segment.rows
        let last = neighbours.last?.similarity
        let decided = kept.count > top && kept[top].similarity != kept[top - 1].similarity
        if isCut, !decided, last != nil {
          wanted = min(wanted * 2, segment.rows)
          continue
        }
        found += kept.map {
          SimilarCompound(
            id: segment.id($0.row), smiles: segment.smiles($0.row), similarity: $0.similarity)
        }
        break
      }
    }
    found.sort { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.id < $1.id }
    return threshold == nil ? Array(found.prefix(top)) : found
  }
}
