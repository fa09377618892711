import Parallelism
import Testing

@testable import Fingerprints

@Suite struct MaxMinTests {
  @Test(
    "picks are those of the definition by every metric and kernel",
    arguments: SearchTests.metrics, [64, 65, 600])
  func picksFollowTheDefinition(metric: SimilarityMetric, bitCount: Int) throws {
    let table = adversarialFingerprints(bitCount: bitCount, count: 70, seed: UInt64(bitCount))
    let rows = ClusteringRows(FingerprintArena(bitCount: bitCount, table))
    let picker = MaxMinPicker(start: .rows([5, 40]), by: metric)
    var (references, expected) = ([table[5], table[40]], [Neighbour]())
    var free = table.indices.filter { $0 != 5 && $0 != 40 }
    while expected.count < 30, let next = farthest(free, of: table, from: references, by: metric) {
      expected.append(next)
      references.append(table[next.row])
      free.removeAll { $0 == next.row }
    }
    for kernel in KernelKind.available {
      let picks = try picker.picks(from: rows, count: 32, kernel: kernel)
      #expect(picks.map(\.row) == [5, 40] + expected.map(\.row))
      #expect(picks.map(\.similarity) == [nil, nil] + expected.map(\.similarity))
    }
  }

  @Test func `picks do not depend on the threads, and many rows wait for few places`() throws {
    let rows = ClusteringRows(FingerprintArena(bitCount: 256, familyFingerprints(count: 12_000)))
    let picker = MaxMinPicker(start: .seed(11), by: .dice)
    let alone = try picker.picks(from: rows, count: 60)
    #expect(try picker.picks(from: rows, count: 60, using: WorkerPool(threads: 3)) == alone)
    let similarities = alone.compactMap(\.similarity)
    #expect(similarities.count == 59)
    #expect(similarities == similarities.sorted())
  }

  @Test func `what is already known is kept away from as if it had been picked`() throws {
    let table = adversarialFingerprints(bitCount: 128, count: 150, seed: 31)
    let known = adversarialFingerprints(bitCount: 128, count: 40, seed: 32)
    let rows = ClusteringRows(FingerprintArena(bitCount: 128, table))
    let picks = try MaxMinPicker(start: .different(from: known)).picks(from: rows, count: 20)
    var references = known
    var free = Array(table.indices)
    for pick in picks {
      let expected = farthest(free, of: table, from: references, by: .tanimoto)
      #expect(pick.row == expected?.row)
      #expect(pick.similarity == expected?.similarity)
      references.append(table[pick.row])
      free.removeAll { $0 == pick.row }
    }
    #expect(picks.count == 20)
  }

  @Test func `rows left out are not picked, not even first`() throws {
    let table = adversarialFingerprints(bitCount: 128, count: 90, seed: 33)
    let rows = ClusteringRows(FingerprintArena(bitCount: 128, table))
    for start in [MaxMinPicker.Start.rows([]), .seed(3), .different(from: [])] {
      let picks = try MaxMinPicker(start: start)
        .picks(from: rows, count: 200, where: { $0 % 3 == 2 })
      #expect(picks.map(\.row).sorted() == Array(stride(from: 2, to: 90, by: 3)))
      #expect(picks.first?.similarity == nil)
      if start != .seed(3) { #expect(picks.first?.row == 2) }
    }
    #expect(
      try MaxMinPicker(start: .seed(1)).picks(from: rows, count: 5, where: { _ in false }).isEmpty)
  }

  @Test func `a picking stops when it is told to and says how far it is`() throws {
    let rows = ClusteringRows(FingerprintArena(bitCount: 256, familyFingerprints(count: 300)))
    var told: [Int] = []
    let picks = try MaxMinPicker(start: .rows([])).picks(
      from: rows, count: 9, progress: { told.append($0.done) })
    #expect(told == Array(2...9))
    #expect(picks.count == 9)
    #expect(throws: ClusteringStopped.self) {
      try MaxMinPicker(start: .rows([])).picks(from: rows, count: 9, shouldStop: { true })
    }
  }

  /// RDKit 2026.9.1, `MaxMinPicker().LazyBitVectorPick(rows, 4000, 300, [17, 4])`.
  @Test func `picks are those of RDKit`() {
    let table = FingerprintArena(bitCount: 256, familyFingerprints(count: 4000))
    let picks = MaxMinPicker(start: .rows([17, 4])).picks(from: table, count: 300)
    #expect(picks.prefix(8) == [17, 4, 96, 314, 824, 514, 98, 2496])
    #expect(
      picks.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        == 0xBD62_6D35_CF4A_9A84)
  }

  private func farthest(
    _ rows: [Int], of table: [Fingerprint], from references: [Fingerprint],
    by metric: SimilarityMetric
  ) -> Neighbour? {
    rows.map { row in
      let similarities = references.map { $0.similarity(to: table[row], by: metric) }
      return Neighbour(row: row, similarity: similarities.max() ?? 0)
    }.min { ($0.similarity, $0.row) < ($1.similarity, $1.row) }
  }
}
