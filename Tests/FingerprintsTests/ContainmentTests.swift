import Fingerprints
import Testing

/// The screen of a substructure search: the rows that have every bit of a query.
@Suite struct ContainmentTests {
  @Test("Tversky of 1 with α = 1, β = 0 finds the rows that hold the query", arguments: [67, 512])
  func containment(bitCount: Int) {
    let rows = adversarialFingerprints(bitCount: bitCount, count: 700, seed: 5)
    let table = FingerprintArena(bitCount: bitCount, rows)
    let index = ColumnIndex(of: table)
    let random = adversarialFingerprints(bitCount: bitCount, count: 40, seed: 6)
    let parts = rows.prefix(60).map { row in
      Fingerprint(
        bitCount: bitCount,
        setBits: row.setBits.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
    }
    for query in random + parts where query.popcount > 0 {
      let holding = rows.indices.filter { rows[$0].intersection(with: query) == query.popcount }
      for found in [
        index.neighbours(of: query, threshold: 1, by: .tversky(alpha: 1, beta: 0)),
        table.neighbours(of: query, threshold: 1, by: .tversky(alpha: 1, beta: 0)),
      ] {
        #expect(found.map(\.row) == holding)
        #expect(found.allSatisfy { $0.similarity == 1 })
      }
    }
  }
}
