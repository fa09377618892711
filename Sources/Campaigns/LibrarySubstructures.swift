public import CompoundLibrary
import Featurization
import Fingerprints
public import Molecules
public import Parallelism

/// A compound of a library that holds a substructure, or of which that could not be decided.
public struct SubstructureHit: Hashable, Sendable {
  /// Its identifier.
  public let id: String
  /// Its structure, canonical SMILES.
  public let smiles: String
  /// Whether it holds the substructure, or why that is not known.
  public let verdict: SubstructureFinding.Verdict
}

/// Exact substructure search in a library, in the order of its rows.
public struct LibrarySubstructures: Sendable {
  private let library: Library
  private let search: SubstructureSearch
  private let pool: WorkerPool

  /// Prepares a search.
  public init(of pattern: SubstructurePattern, in library: Library, pool: WorkerPool) {
    self.library = library
    self.pool = pool
    search = SubstructureSearch(for: pattern, limits: library.options.preparation.limits)
  }

  /// Hands over what is found, in the order of the rows, until `consume` says that it is enough.
  ///
  /// - Parameters:
  ///   - progress: told how many of how many rows were looked at.
  ///   - consume: takes a hit; false ends the search.
  public func run(
    progress: (_ done: Int, _ of: Int) -> Void = { _, _ in },
    consume: (SubstructureHit) throws -> Bool
  ) throws {
    var next = 0
    var isEnough = false
    var done = 0
    try pool.stream(
      next: { () -> [SubstructureCandidate]? in
        guard !isEnough, next < library.rows else { return nil }
        var piece: [SubstructureCandidate] = []
        while piece.count < SubstructureSearch.pieceSize, next < library.rows {
          if !library.isDeleted(next) {
            piece.append(SubstructureCandidate(row: next, smiles: library.smiles(next)))
          }
          next += 1
        }
        return piece
      },
      transform: { [search] in ($0.count, search.findings(in: $0)) },
      consume: { count, findings in
        done += count
        for finding in findings where !isEnough {
          let hit = SubstructureHit(
            id: library.id(finding.row), smiles: library.smiles(finding.row),
            verdict: finding.verdict)
          isEnough = try !consume(hit)
        }
        progress(done, library.count)
      })
  }
}
