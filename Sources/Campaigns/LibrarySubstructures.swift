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
  /// The rows that may hold the pattern, ascending; nil for all, where the library has no screen.
  private let candidates: [Int]?
  private let pool: WorkerPool

  /// Prepares a search.
  public init(
    of pattern: SubstructurePattern, in library: Library, pool: WorkerPool
  ) throws(MoleculeError) {
    self.library = library
    self.pool = pool
    search = SubstructureSearch(for: pattern, limits: library.options.preparation.limits)
    candidates = try Self.candidates(for: pattern, in: library, pool)
  }

  /// The rows that have every bit of the pattern's own fingerprint, and so may hold it.
  private static func candidates(
    for pattern: SubstructurePattern, in library: Library, _ pool: WorkerPool
  ) throws(MoleculeError) -> [Int]? {
    guard let index = library.patternColumns else { return nil }
    let query = Fingerprint(
      bitCount: index.bitCount,
      words: try pattern.patternFingerprintWords(bits: index.bitCount))
    guard query.popcount > 0 else { return nil }
    // Tversky's similarity with α = 1 and β = 0 is the share of the query's bits: all of them.
    let found = index.neighbours(
      of: query, threshold: 1, by: .tversky(alpha: 1, beta: 0),
      where: { !library.isDeleted($0) }, using: pool)
    return found.map(\.row).sorted()
  }

  /// How many compounds have to be looked at.
  public var candidateCount: Int { candidates?.count ?? library.count }

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
        let end = candidates?.count ?? library.rows
        guard !isEnough, next < end else { return nil }
        var piece: [SubstructureCandidate] = []
        while piece.count < SubstructureSearch.pieceSize, next < end {
          let row = candidates?[next] ?? next
          if !library.isDeleted(row) {
            piece.append(SubstructureCandidate(row: row, smiles: library.smiles(row)))
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
        progress(done, candidateCount)
      })
  }
}
