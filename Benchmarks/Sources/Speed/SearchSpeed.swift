import Fingerprints
import Foundation

/// The ten most similar rows, one query after another, one thread.
struct SearchSpeed {
  private let arena: FingerprintArena

  init(fingerprints path: String) throws {
    let words = try PackedFile.read(path)
    var arena = FingerprintArena(bitCount: PackedFile.width * 64)
    arena.reserveCapacity(words.count / PackedFile.width)
    for start in stride(from: 0, to: words.count, by: PackedFile.width) {
      arena.append(Array(words[start..<start + PackedFile.width]))
    }
    self.arena = arena
  }

  /// Searches row by row or by columns; the count is rows times queries.
  func measure(method: String) throws -> Report {
    let queries = (0..<10).map { arena[$0 * (arena.count / 10)] }
    if method == "columns" { return answer(ColumnIndex(of: arena), queries) }
    return answer(arena.rows, queries)
  }

  private func answer(_ table: some SimilaritySearchable, _ queries: [Fingerprint]) -> Report {
    _ = table.nearest(to: queries[0], count: 10)
    var (report, found) = Report.timing(table.count * queries.count) {
      queries.map { table.nearest(to: $0, count: 10) }
    }
    report.checks = ["scores": found.joined().reduce(0) { $0 + $1.similarity }]
    return report
  }
}
