import Fingerprints
import Testing

/// Every metric on every kernel, from every storage, against the plainest search there is.
@Suite struct MetricTests {
  @Test(
    "every search gives the neighbours of the definition",
    arguments: KernelKind.available, [64, 167, 1024])
  func everySearch(kernel: KernelKind, bitCount: Int) throws {
    let table = adversarialFingerprints(bitCount: bitCount, count: 450, seed: UInt64(bitCount))
    let arena = FingerprintArena(bitCount: bitCount, table)
    let index = ColumnIndex(of: arena)
    let joined = ColumnIndex(
      joining: [0..<130, 130..<131, 131..<450].map {
        ColumnIndex(of: FingerprintArena(bitCount: bitCount, table[$0]))
      })
    let searched: [any SimilaritySearchable] = [
      arena, index, joined, try MappedIndex(index).index,
    ]
    // Empty, full, one bit, halves, a duplicate, and two at random.
    let queries = Array(table.prefix(8)) + [table[300], table[431]]
    for metric in SearchTests.metrics + [.russellRao(bitCount: bitCount)] {
      let references = queries.map { referenceNeighbours(of: $0, in: table, by: metric) }
      for rows in searched {
        for count in [1, 30, 450] {
          #expect(
            rows.nearest(toEach: queries, count: count, by: metric, kernel: kernel)
              == references.map { Array($0.prefix(count)) })
        }
        for threshold in [0, 0.02, 0.4, 0.7, 1] {
          #expect(
            rows.neighbours(ofEach: queries, threshold: threshold, by: metric, kernel: kernel)
              == references.map { $0.filter { $0.similarity >= threshold } })
        }
      }
    }
  }

  @Test func `Russell-Rao is the part of the width that is common`() {
    let first = Fingerprint(bitCount: 128, setBits: 0..<40)
    let second = Fingerprint(bitCount: 128, setBits: 8..<100)
    #expect(first.similarity(to: second, by: .russellRao(bitCount: 128)) == 0.25)
    #expect(first.similarity(to: first, by: .russellRao(bitCount: 128)) == 40.0 / 128)
  }

  @Test func `an empty query is like nothing, and its nearest rows are the first`() {
    let table = adversarialFingerprints(bitCount: 64, count: 50, seed: 2)
    let index = ColumnIndex(of: FingerprintArena(bitCount: 64, table))
    let empty = Fingerprint(bitCount: 64)
    for metric in SearchTests.metrics + [.russellRao(bitCount: 64)] {
      let nearest = index.nearest(to: empty, count: 3, by: metric)
      #expect(nearest == (0..<3).map { Neighbour(row: $0, similarity: 0) })
      #expect(index.neighbours(of: empty, threshold: 1e-9, by: metric).isEmpty)
    }
  }
}
