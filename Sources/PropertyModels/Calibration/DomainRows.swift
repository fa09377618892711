public import Fingerprints
public import Parallelism

/// The rows of a table that lie inside a model's domain, found without asking the model.
public struct DomainRows: Sendable {
  /// How many rows lie inside.
  public let count: Int
  private let words: [UInt64]

  /// Whether a row lies inside.
  public func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }

  fileprivate init(_ words: [UInt64]) {
    self.words = words
    count = words.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}

extension TrainingDomain {
  /// The rows of a table of ECFP4 fingerprints that lie inside.
  ///
  /// The training compounds are the queries of an exact search at the domain's threshold, some at a
  /// time; a row that one of them has found is not looked for again. The answer is that of
  /// ``nearest(to:using:)`` for every row, for a thousandth of the work.
  ///
  /// - Parameters:
  ///   - isIncluded: which rows count.
  ///   - goesOn: asked between pieces of work.
  /// - Returns: nil when `goesOn` said no.
  /// - Complexity: O(training compounds × rows × set bits / 512) at worst.
  public func rows(
    of table: some SimilaritySearchable, where isIncluded: @escaping @Sendable (_ row: Int) -> Bool,
    using pool: WorkerPool, while goesOn: () -> Bool = { true }
  ) -> DomainRows? {
    var inside = [UInt64](repeating: 0, count: (table.count + 63) / 64)
    for first in stride(from: 0, to: fingerprints.count, by: Self.queriesAtOnce) {
      guard goesOn() else { return nil }
      let known = inside
      let queries = first..<min(first + Self.queriesAtOnce, fingerprints.count)
      let found = table.neighbours(
        ofEach: queries.map { fingerprints[$0] }, threshold: threshold,
        where: { known[$0 >> 6] >> UInt64($0 & 63) & 1 == 0 && isIncluded($0) }, using: pool)
      for neighbour in found.joined() {
        inside[neighbour.row >> 6] |= 1 << UInt64(neighbour.row & 63)
      }
    }
    return DomainRows(inside)
  }

  /// As many as share the reads of the rows.
  private static let queriesAtOnce = 64
}
