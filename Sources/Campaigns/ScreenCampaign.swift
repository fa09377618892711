public import CompoundLibrary
import Entities
import Fingerprints
public import Foundation
import Molecules
public import Parallelism
public import PropertyModels
public import Provenance
public import Screening

/// A screen from the library to the explained hits.
///
/// The pipeline: score every compound → keep the best in a total order → walk down, filter, explain.
/// Scores are stored segment by segment in a work folder, so that a killed screen goes on.
public struct ScreenCampaign: Sendable {
  let library: Library
  let model: CalibratedModel
  /// Which of the model's tasks ranks.
  let task: Int
  let plan: ScreeningPlan
  let pool: WorkerPool
  private let profiler: StructureProfiler
  private let scores: ScoreStore

  /// Prepares a screen.
  /// - Parameters:
  ///   - task: which of the model's tasks ranks.
  ///   - modelDigest: stands for the model among the scores.
  ///   - workFolder: where finished scores are kept until the screen is done.
  public init(
    library: Library, model: CalibratedModel, task: Int = 0, modelDigest: Digest,
    plan: ScreeningPlan,
    pool: WorkerPool, workFolder: URL
  ) throws {
    self.library = library
    precondition(model.tasks.indices.contains(task), "no task \(task)")
    self.model = model
    self.task = task
    self.plan = plan
    self.pool = pool
    // A plan that cannot be followed is refused before anything is written.
    profiler = try StructureProfiler(plan: plan)
    scores = try ScoreStore(
      in: workFolder,
      key: Digest(of: "\(library.digest) \(modelDigest) \(task) \(plan.ranking.rawValue)"))
  }

  /// Runs the screen.
  /// - Parameters:
  ///   - shouldStop: asked between pieces of work; when true the screen stops and can go on later.
  ///   - progress: told the share of compounds scored.
  public func run(
    shouldStop: @Sendable () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws -> ScreenOutcome {
    for index in library.segments.indices {
      try score(index, shouldStop)
      progress(Double(index + 1) / Double(library.segments.count))
    }
    let unreadable = try unreadable()
    var examiner = Examiner(campaign: self, profiler: profiler)
    var capacity = max(1_000, min(plan.count, library.count) * 20)
    while true {
      let best = try ranking(capacity).best
      try examiner.walk(best, shouldStop)
      if examiner.isComplete || capacity >= library.count { break }
      // The filters refuse nearly everything: look further down.
      capacity = min(capacity * 8, max(library.count, 1))
    }
    return ScreenOutcome(
      hits: explained(examiner.hits), refused: examiner.refused + unreadable,
      screened: library.count - unreadable.count, histogram: try histogram(),
      sample: try librarySample())
  }

  /// The hits with what each of their atoms contributes.
  private func explained(_ hits: [Hit]) -> [Hit] {
    pool.map(hits.count) { index in
      guard let structure = try? Structure(parsing: hits[index].smiles),
        let contributions = try? model.atomContributions(of: structure, task: task)
      else { return hits[index] }
      return hits[index].withAtomContributions(contributions)
    }
  }

  /// Removes the stored scores, once the result stands.
  public func discardWork() { scores.discard() }

  private func score(_ index: Int, _ shouldStop: @Sendable () -> Bool) throws {
    if scores.has(index, rows: library.segments[index].rows) { return }
    let scorer = SegmentScorer(
      model: model, task: task, library: library, plan: plan, pool: pool)
    let values = try scorer.scores(of: library.segments[index], shouldStop)
    try scores.save(values, index)
  }

  /// Calls `body` for every compound that counts, in the order of the rows.
  private func forEachScore(_ body: (Int, RowScore) -> Void) throws {
    for (index, start) in library.starts.enumerated() {
      for (local, score) in try scores.load(index).enumerated()
      where !library.isDeleted(start + local) {
        body(start + local, score)
      }
    }
  }

  private func ranking(_ capacity: Int) throws -> Ranking {
    var ranking = Ranking(capacity: capacity) { library.id($0) }
    try forEachScore { ranking.offer(ScoredRow(row: $0, score: $1.score)) }
    return ranking
  }

  /// Compounds whose stored structure could not be read again, and so have no score.
  private func unreadable() throws -> [RefusedRecord] {
    var refused: [RefusedRecord] = []
    try forEachScore { row, score in
      guard score.score.isNaN else { return }
      let (segment, local) = library.locate(row)
      refused.append(
        RefusedRecord(
          line: segment.line(local), id: library.id(row),
          reason: .unreadable("the stored structure gives no features")))
    }
    return refused
  }

  private func histogram() throws -> ScoreHistogram {
    var histogram = ScoreHistogram()
    for pass in ScoreHistogram.Pass.allCases {
      try forEachScore { histogram.take(Double($1.value), pass) }
    }
    return histogram
  }

  /// Properties of evenly spaced compounds: a sample that needs no dice.
  private func librarySample() throws -> [CompoundProperties] {
    let wanted = 2_000
    let step = max(1, library.rows / wanted)
    let rows = stride(from: 0, to: library.rows, by: step).filter { !library.isDeleted($0) }
    return pool.map(rows.count) { index -> CompoundProperties? in
      guard let structure = try? Structure(parsing: library.smiles(rows[index])) else { return nil }
      return try? CompoundProperties(of: structure)
    }.compactMap { $0 }
  }
}
