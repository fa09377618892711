public import Fingerprints
public import Parallelism

extension LeakAudit {
  /// Looks for leaks by identity, and by Tanimoto similarity of fingerprints.
  ///
  /// - Parameters:
  ///   - identities: what makes two rows the same molecule, such as canonical SMILES.
  ///   - fingerprints: one for each row, all of one width.
  ///   - threshold: from which similarity on a relative is too near.
  /// - Complexity: O(rows of later parts × rows of earlier parts)
  public init(
    _ split: Split, identities: [String], fingerprints: [Fingerprint], threshold: Double = 0.9,
    pool: WorkerPool = WorkerPool(threads: 1)
  ) {
    precondition(fingerprints.count == identities.count, "as many fingerprints as identities")
    var nearest: [Pair: Near] = [:]
    let parts = split.parts
    for (place, later) in parts.enumerated() where !later.rows.isEmpty {
      for earlier in parts[..<place] where !earlier.rows.isEmpty {
        let arena = FingerprintArena(
          bitCount: fingerprints[earlier.rows[0]].bitCount, earlier.rows.map { fingerprints[$0] })
        let found = arena.nearest(
          toEach: later.rows.map { fingerprints[$0] }, count: 1, using: pool)
        for (row, neighbours) in zip(later.rows, found) {
          guard let best = neighbours.first else { continue }
          nearest[Pair(row: row, among: earlier.rows)] = (earlier.rows[best.row], best.similarity)
        }
      }
    }
    self.init(split, identities: identities, threshold: threshold) { row, among in
      nearest[Pair(row: row, among: among)]
    }
  }

  private typealias Near = (row: Int, similarity: Double)

  /// A row and the part it was compared with; two parts share no row, so the first one tells them
  /// apart.
  private struct Pair: Hashable {
    let row: Int
    let firstOfPart: Int?

    init(row: Int, among rows: [Int]) {
      self.row = row
      firstOfPart = rows.first
    }
  }
}
