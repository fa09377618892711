public import CompoundLibrary
import Entities
import Foundation
public import Parallelism
public import PropertyModels
public import Provenance
public import Screening

/// How much of a scoring was computed and how much was known before.
public struct ScoringWork: Codable, Hashable, Sendable {
  /// Rows that a model was asked for.
  public var computed = 0
  /// Rows whose scores were found.
  public var known = 0

  /// No work.
  public init() {}

  /// Both together.
  public static func + (left: ScoringWork, right: ScoringWork) -> ScoringWork {
    var sum = left
    sum.computed += right.computed
    sum.known += right.known
    return sum
  }
}

/// The scores of all compounds of a library by one model: computed where nobody has yet.
public struct LibraryScores: Sendable {
  /// The compounds.
  public let library: Library
  /// The predictor.
  public let model: CalibratedModel
  /// Which of the model's tasks is predicted.
  public let task: Int
  let ranking: RankingRule
  let pool: WorkerPool
  let store: ScoreStore
  let shards: [Shard]
  /// The only rows that count; nil for all.
  private var limit: DomainRows?

  /// Names the scores; nothing is computed yet.
  public init(
    of library: Library, by model: CalibratedModel, digest: Digest, task: Int,
    ranking: RankingRule, pool: WorkerPool, store: ScoreStore
  ) {
    self.library = library
    self.model = model
    self.task = task
    self.ranking = ranking
    self.pool = pool
    self.store = store
    shards = Shard.all(of: library, model: digest, task: task, ranking: ranking)
  }

  /// Computes what is missing.
  ///
  /// Other processes may do the same at the same time: each shard is made by one of them.
  ///
  /// - Parameter progress: told the share of compounds whose scores are known.
  @discardableResult
  public func complete(
    shouldStop: @escaping @Sendable () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws -> ScoringWork {
    var work = ScoringWork()
    var open = shards
    let all = Double(max(1, limit?.count ?? library.count))
    while !open.isEmpty {
      let before = open.count
      var left: [Shard] = []
      for shard in open {
        if shouldStop() { throw Interruption(of: "the screen") }
        let live = live(in: shard)
        if isWhole(shard, live) {
          work.known += live.count
        } else if let claim = try store.claim(shard) {
          // Another process may have made it just now.
          let found = store.load(shard.key, rows: shard.rows.count)
          let missing = live.filter { !(found?[$0 - shard.rows.lowerBound].isAsked ?? false) }
          if !missing.isEmpty { try compute(shard, missing, found, shouldStop) }
          work.computed += missing.count
          work.known += live.count - missing.count
          store.release(shard, claim)
        } else {
          left.append(shard)
          continue
        }
        progress(Double(work.known + work.computed) / all)
      }
      open = left
      if open.count == before { Thread.sleep(forTimeInterval: 0.1) }
    }
    return work
  }

  /// The rows of a shard that count, as places in the segment.
  func live(in shard: Shard) -> [Int] {
    let start = library.starts[shard.segment]
    return shard.rows.filter {
      !library.isDeleted(start + $0) && limit?.contains(start + $0) ?? true
    }
  }

  /// The same of some rows only; the scores of both are the same.
  func limited(to rows: DomainRows?) -> LibraryScores {
    var result = self
    result.limit = rows
    return result
  }

  private func isWhole(_ shard: Shard, _ live: [Int]) -> Bool {
    if live.isEmpty { return true }
    guard let found = store.load(shard.key, rows: shard.rows.count) else { return false }
    return live.allSatisfy { found[$0 - shard.rows.lowerBound].isAsked }
  }

  @discardableResult
  private func compute(
    _ shard: Shard, _ rows: [Int], _ known: [RowScore]?,
    _ shouldStop: @escaping @Sendable () -> Bool
  ) throws -> [RowScore] {
    let scorer = SegmentScorer(
      model: model, task: task, library: library, ranking: ranking, pool: pool)
    let made = try scorer.scores(of: library.segments[shard.segment], rows, shouldStop)
    var scores = known ?? [RowScore](repeating: .unasked, count: shard.rows.count)
    for (row, score) in zip(rows, made) { scores[row - shard.rows.lowerBound] = score }
    try store.save(scores, shard)
    return scores
  }

  /// The scores of a shard, made again where the stored ones are not what was written.
  private func scores(of shard: Shard, _ live: [Int]) throws -> [RowScore] {
    if let found = store.load(shard.key, rows: shard.rows.count) { return found }
    store.discard(shard.key)
    return try compute(shard, live, nil) { false }
  }

  /// Calls `body` for every compound that counts, in the order of the rows.
  func forEach(_ body: (Int, RowScore) -> Void) throws {
    for shard in shards {
      let live = live(in: shard)
      if live.isEmpty { continue }
      let start = library.starts[shard.segment]
      let scores = try scores(of: shard, live)
      for row in live { body(start + row, scores[row - shard.rows.lowerBound]) }
    }
  }

  /// The score of one row.
  func score(ofRow row: Int) throws -> RowScore? {
    for shard in shards {
      let start = library.starts[shard.segment] + shard.rows.lowerBound
      guard (start..<start + shard.rows.count).contains(row) else { continue }
      return store.load(shard.key, rows: shard.rows.count)?[row - start]
    }
    return nil
  }

  /// The best rows in a total order.
  func ranking(_ capacity: Int) throws -> Ranking {
    var ranking = Ranking(capacity: capacity) { library.id($0) }
    try forEach { ranking.offer(ScoredRow(row: $0, score: $1.score)) }
    return ranking
  }
}
