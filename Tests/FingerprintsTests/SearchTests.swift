import Fingerprints
import Parallelism
import Testing

@Suite struct SearchTests {
  static let metrics: [SimilarityMetric] = [
    .tanimoto, .dice, .cosine, .tversky(alpha: 1, beta: 0), .tversky(alpha: 0.3, beta: 0.9),
  ]

  @Test(
    "a search equals the plain reference at every width",
    arguments: [
      1, 63, 64, 65, 167, 192, 320, 512, 576, 1024, 1088, 2048, 2112, 4096,
    ])
  func searchEqualsReference(bitCount: Int) {
    let table = adversarialFingerprints(bitCount: bitCount, count: 120, seed: UInt64(bitCount))
    let arena = FingerprintArena(bitCount: bitCount, table)
    let searched: [any SimilaritySearchable] = [arena, ColumnIndex(of: arena)]
    for (number, query) in table.enumerated() where number < 6 || number % 31 == 0 {
      // All metrics: see MetricTests.
      for metric in [SimilarityMetric.tanimoto, .tversky(alpha: 0.3, beta: 0.9)] {
        let reference = referenceNeighbours(of: query, in: table, by: metric)
        for (rows, kernel) in searched.flatMap({ rows in KernelKind.available.map { (rows, $0) } })
        {
          #expect(
            rows.nearest(to: query, count: 13, by: metric, kernel: kernel)
              == Array(reference.prefix(13)))
          for threshold in [0, 0.35, 0.7, 1] {
            #expect(
              rows.neighbours(of: query, threshold: threshold, by: metric, kernel: kernel)
                == reference.filter { $0.similarity >= threshold })
          }
        }
      }
    }
  }

  @Test func `a similarity just at the threshold is found and just below is not`() {
    let table = adversarialFingerprints(bitCount: 128, count: 300, seed: 3)
    let arena = FingerprintArena(bitCount: 128, table)
    let searched: [any SimilaritySearchable] = [arena, ColumnIndex(of: arena)]
    for query in table.prefix(40) {
      let reference = referenceNeighbours(of: query, in: table, by: .tanimoto)
      for value in Set(reference.map(\.similarity)) {
        for rows in searched {
          #expect(
            rows.neighbours(of: query, threshold: value)
              == reference.filter { $0.similarity >= value })
          #expect(
            rows.neighbours(of: query, threshold: value.nextUp)
              == reference.filter { $0.similarity > value })
        }
      }
    }
  }

  @Test func `seven of ten bits reach a threshold of 0.7`() {
    let query = Fingerprint(bitCount: 64, setBits: 0..<10)
    let arena = FingerprintArena(
      bitCount: 64, [Fingerprint(bitCount: 64, setBits: 0..<7)])
    #expect(
      arena.neighbours(of: query, threshold: 0.7) == [Neighbour(row: 0, similarity: 0.7)])
  }

  @Test func `more neighbours than rows gives all rows, none gives none`() {
    let table = adversarialFingerprints(bitCount: 64, count: 20, seed: 1)
    let arena = FingerprintArena(bitCount: 64, table)
    #expect(arena.nearest(to: table[9], count: 1000).map(\.row).sorted() == Array(0..<20))
    #expect(arena.nearest(to: table[9], count: 0).isEmpty)
    #expect(arena.neighbours(of: table[9], threshold: 1.01).isEmpty)
    #expect(arena.neighbours(of: table[9], threshold: -.infinity).count == 20)
  }

  @Test func `an empty table has no neighbours`() {
    let arena = FingerprintArena(bitCount: 2048)
    let query = Fingerprint(bitCount: 2048, setBits: [5])
    #expect(arena.nearest(to: query, count: 3).isEmpty)
    #expect(arena.neighbours(of: query, threshold: 0).isEmpty)
    #expect(arena.nearest(toEach: [], count: 3).isEmpty)
    let index = ColumnIndex(of: arena)
    #expect(index.nearest(to: query, count: 3).isEmpty)
    #expect(index.neighbours(of: query, threshold: 0).isEmpty)
  }

  @Test func `rows that do not count are left out and others take their place`() {
    let table = adversarialFingerprints(bitCount: 64, count: 200, seed: 8)
    let arena = FingerprintArena(bitCount: 64, table)
    let searched: [any SimilaritySearchable] = [arena, ColumnIndex(of: arena)]
    let reference = referenceNeighbours(of: table[50], in: table, by: .tanimoto)
      .filter { $0.row % 3 == 0 }
    for rows in searched {
      #expect(
        rows.nearest(to: table[50], count: 7, where: { $0 % 3 == 0 })
          == Array(reference.prefix(7)))
      #expect(
        rows.neighbours(of: table[50], threshold: 0.2, where: { $0 % 3 == 0 })
          == reference.filter { $0.similarity >= 0.2 })
    }
  }

  @Test func `two empty fingerprints have similarity 0 in every metric`() {
    let empty = Fingerprint(bitCount: 64)
    for metric in Self.metrics { #expect(empty.similarity(to: empty, by: metric) == 0) }
  }

  @Test func `a batch over several spans is the same with any number of threads`() {
    // More rows than one span of 2¹⁸, most of them alike, so that ties cross the spans.
    var generator = SeededGenerator(seed: 11)
    let patterns = (0..<64).map { _ in
      [generator.next() & generator.next(), generator.next() & generator.next()]
    }
    var arena = FingerprintArena(bitCount: 128)
    arena.reserveCapacity(300_000)
    for row in 0..<300_000 { arena.append(patterns[row * 31 % 61]) }
    let queries = patterns.prefix(18).map { Fingerprint(bitCount: 128, words: $0) }
    let one = WorkerPool(threads: 1)
    let nearest = arena.nearest(toEach: queries, count: 25, using: one)
    let close = arena.neighbours(ofEach: queries, threshold: 0.99, using: one)
    let index = ColumnIndex(of: arena, using: WorkerPool(threads: 2))
    for threads in [1, 2, 3] {
      let pool = WorkerPool(threads: threads)
      let searched: [any SimilaritySearchable] = [arena, index]
      for rows in searched {
        #expect(rows.nearest(toEach: queries, count: 25, using: pool) == nearest)
        #expect(rows.neighbours(ofEach: queries, threshold: 0.99, using: pool) == close)
        #expect(rows.nearest(to: queries[3], count: 25, using: pool) == nearest[3])
      }
    }
    for (number, query) in queries.enumerated() {
      #expect(Array(close[number].prefix(25)) == nearest[number])
      #expect(nearest[number].map(\.row) == nearest[number].map(\.row).sorted())
      #expect(arena[nearest[number][0].row] == query)
      #expect(close[number].count == (0..<300_000).count { $0 * 31 % 61 == number })
    }
  }
}
