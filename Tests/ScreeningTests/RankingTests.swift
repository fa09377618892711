import Testing

@testable import Screening

@Suite struct RankingTests {
  /// A small generator of our own: the rows must be the same on every machine.
  private static func scores(_ count: Int, seed: UInt64, distinct: UInt64) -> [ScoredRow] {
    var state = seed
    return (0..<count).map { row in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return ScoredRow(row: row, score: Float((state >> 33) % distinct))
    }
  }

  @Test("the kept rows are the head of the full order", arguments: [1, 7, 50, 500])
  func headOfFullOrder(capacity: Int) {
    let rows = Self.scores(400, seed: 5, distinct: 40)
    let id = { (row: Int) in "id-\((row * 7919) % 400)" }
    var ranking = Ranking(capacity: capacity, identifier: id)
    for row in rows { ranking.offer(row) }
    let full = rows.sorted {
      $0.score != $1.score ? $0.score > $1.score : id($0.row) < id($1.row)
    }
    #expect(ranking.best == Array(full.prefix(capacity)))
  }

  @Test func `the order of arrival does not matter`() {
    let rows = Self.scores(300, seed: 9, distinct: 12)
    var forwards = Ranking(capacity: 25) { "c\($0)" }
    var backwards = Ranking(capacity: 25) { "c\($0)" }
    for row in rows { forwards.offer(row) }
    for row in rows.reversed() { backwards.offer(row) }
    #expect(forwards.best == backwards.best)
  }

  @Test func `equal scores stand in the order of their identifiers`() {
    var ranking = Ranking(capacity: 2) { ["zinc", "aspirin", "morphine"][$0] }
    for row in 0..<3 { ranking.offer(ScoredRow(row: row, score: 1)) }
    #expect(ranking.best.map(\.row) == [1, 2])
  }

  @Test func `a score that is no number never enters`() {
    var ranking = Ranking(capacity: 2) { "\($0)" }
    ranking.offer(ScoredRow(row: 0, score: .nan))
    ranking.offer(ScoredRow(row: 1, score: -1))
    #expect(ranking.best.map(\.row) == [1])
  }
}
