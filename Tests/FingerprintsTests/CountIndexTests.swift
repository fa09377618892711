import Fingerprints
import Parallelism
import Testing

@Suite struct CountIndexTests {
  static let metrics: [SimilarityMetric] = [
    .tanimoto, .dice, .cosine, .tversky(alpha: 0.3, beta: 0.9), .tversky(alpha: 1, beta: 0),
  ]

  /// Counts meant to break a search: empty, single, huge, duplicates of each other, of features that
  /// everything has and of ones that nothing else has.
  static func adversarial(_ count: Int, seed: UInt64) -> [CountFingerprint] {
    var generator = SeededGenerator(seed: seed)
    var rows: [CountFingerprint] = [
      CountFingerprint([]), CountFingerprint([(7, 1)]), CountFingerprint([(7, .max), (8, .max)]),
      CountFingerprint([(.max, 3), (0, 2)]), CountFingerprint([(7, 70_000)]),
      CountFingerprint((0..<700).map { (UInt32($0), 2) }),
    ]
    while rows.count < count {
      if Int.random(in: 0..<8, using: &generator) == 0 {
        rows.append(rows[Int.random(in: 0..<rows.count, using: &generator)])
        continue
      }
      let features = Int.random(in: 0..<30, using: &generator)
      rows.append(
        CountFingerprint(
          (0..<features).map { _ in
            // Few features are common and most are rare.
            let rank = Int.random(in: 1...1_000, using: &generator)
            let feature = UInt32(1_000 / rank + Int.random(in: 0..<rank, using: &generator) / 200)
            return (feature, UInt32(1 + 5 / Int.random(in: 1...6, using: &generator)))
          }))
    }
    return rows
  }

  /// The plainest search there is.
  static func reference(
    _ rows: [CountFingerprint], _ request: CountRequest
  ) -> [[Neighbour]] {
    request.queries.map { query in
      let all = rows.indices.filter { request.isIncluded?($0) ?? true }
        .map { Neighbour(row: $0, similarity: query.similarity(to: rows[$0], by: request.metric)) }
        .sorted { $0.precedes($1) }
      switch request.goal {
      case .nearest(let count): return Array(all.prefix(count))
      case .atLeast(let threshold): return all.filter { $0.similarity >= threshold }
      }
    }
  }

  static let goals: [SimilarityRequest.Goal] = [
    .nearest(0), .nearest(1), .nearest(7), .nearest(5_000), .atLeast(-1), .atLeast(0),
    .atLeast(0.2), .atLeast(0.5), .atLeast(1), .atLeast(1.01),
  ]

  @Test("index and table answer as the definition does", arguments: [2, 20, 100_000])
  func agreement(rarity: Int) {
    let rows = Self.adversarial(320, seed: 11)
    let table = CountTable(rows)
    let index = CountIndex(of: table, rarity: rarity)
    let strangers =
      Self.adversarial(12, seed: 12) + [
        CountFingerprint([(123_456_789, 5), (7, 3)]), CountFingerprint([(123_456_789, 70_000)]),
        CountFingerprint((0..<900).map { (UInt32(5_000_000 + $0), 1) }),
      ]
    for metric in Self.metrics {
      for goal in Self.goals {
        let request = CountRequest(
          queries: Array(rows.prefix(10)) + strangers, goal: goal, metric: metric)
        let expected = Self.reference(rows, request)
        #expect(table.search(request) == expected, "\(metric) \(goal)")
        #expect(index.search(request) == expected, "\(metric) \(goal)")
      }
    }
  }

  @Test func `threads and left-out rows change nothing else`() {
    let rows = Self.adversarial(1_500, seed: 13)
    let pool = WorkerPool(threads: 4)
    let index = CountIndex(of: CountTable(rows), rarity: 50, using: pool)
    for goal in [SimilarityRequest.Goal.nearest(9), .atLeast(0.4)] {
      let request = CountRequest(
        queries: Array(rows.suffix(20)), goal: goal, isIncluded: { $0 % 3 != 0 })
      let expected = Self.reference(rows, request)
      #expect(index.search(request) == expected)
      #expect(index.search(request, using: pool) == expected)
      #expect(index.table.search(request, using: pool) == expected)
    }
  }

  @Test("a table of no or one row is searched", arguments: [0, 1])
  func small(count: Int) {
    let rows = [CountFingerprint([(5, 2)])].prefix(count)
    let index = CountIndex(of: CountTable(rows))
    let request = CountRequest(queries: [CountFingerprint([(5, 3)])], goal: .nearest(4))
    #expect(index.search(request) == [rows.map { _ in Neighbour(row: 0, similarity: 2.0 / 3) }])
  }

  @Test func `a row comes back as it was`() {
    let rows = Self.adversarial(50, seed: 14)
    let table = CountTable(rows)
    #expect((0..<50).map { table[$0] } == rows)
  }

  @Test func `the sample for the columns is bounded, the answers are not`() {
    // More rows than the sample has: every second one chooses.
    let rows = (0..<140_000).map { (row: Int) -> CountFingerprint in
      let pairs: [(UInt32, UInt32)] = [(UInt32(row % 2), 2), (UInt32(row / 1_000), 1)]
      return CountFingerprint(pairs)
    }
    let index = CountIndex(of: CountTable(rows))
    let request = CountRequest(queries: [rows[139_999], rows[5]], goal: .nearest(3))
    #expect(index.search(request) == index.table.search(request))
  }
}
