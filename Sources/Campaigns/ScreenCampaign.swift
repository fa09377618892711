public import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
public import Parallelism
public import PropertyModels
public import Provenance
public import Screening

/// A screen from the library to the explained hits.
///
/// The pipeline: score every compound → keep the best in a total order → walk down, filter, explain.
/// Scores are stored shard by shard, so that a killed screen goes on.
public struct ScreenCampaign: Sendable {
  /// Which compounds a model is asked for.
  public enum Scope: Sendable {
    /// All of them: other plans, and the next night, will find their scores.
    case everything
    /// Those that the plan lets in, where these are known before: a thousandth of the work where it
    /// asks for the model's domain alone.
    case eligible
  }

  let scores: LibraryScores
  private let scope: Scope
  let plan: ScreeningPlan
  let profiler: StructureProfiler

  var library: Library { scores.library }
  var model: CalibratedModel { scores.model }
  /// Which of the model's tasks ranks.
  var task: Int { scores.task }
  var pool: WorkerPool { scores.pool }

  /// Prepares a screen.
  /// - Parameters:
  ///   - task: which of the model's tasks ranks.
  ///   - modelDigest: stands for the model among the scores.
  ///   - store: where scores are found and kept.
  ///   - scope: which compounds are scored.
  public init(
    library: Library, model: CalibratedModel, task: Int = 0, modelDigest: Digest,
    plan: ScreeningPlan, pool: WorkerPool, store: ScoreStore, scope: Scope = .everything
  ) throws {
    precondition(model.tasks.indices.contains(task), "no task \(task)")
    self.scope = scope
    self.plan = plan
    // A plan that cannot be followed is refused before anything is written.
    profiler = try StructureProfiler(plan: plan)
    scores = LibraryScores(
      of: library, by: model, digest: modelDigest, task: task, ranking: plan.ranking, pool: pool,
      store: store)
  }

  /// Runs the screen.
  /// - Parameters:
  ///   - shouldStop: asked between pieces of work; when true the screen stops and can go on later.
  ///   - progress: told the share of compounds scored.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws -> ScreenOutcome {
    let inside = try inside(shouldStop)
    let asked = scope == .eligible ? inside : nil
    let scores = scores.limited(to: asked)
    let work = try scores.complete(shouldStop: shouldStop, progress: progress)
    let unreadable = try unreadable(scores)
    let examiner = try walked(inside, shouldStop)
    return ScreenOutcome(
      hits: explained(examiner.hits), refused: examiner.refused + unreadable,
      screened: library.count - unreadable.count,
      scored: (asked?.count ?? library.count) - unreadable.count,
      outsideDomain: inside.map { library.count - $0.count } ?? 0,
      histogram: try histogram(scores), sample: try librarySample(), work: work)
  }

  /// The hits and the refused, from scores that are all there.
  func walked(_ shouldStop: () -> Bool) throws -> Examiner {
    try walked(try inside(shouldStop), shouldStop)
  }

  private func walked(_ inside: DomainRows?, _ shouldStop: () -> Bool) throws -> Examiner {
    let scores = scores.limited(to: inside)
    var examiner = Examiner(campaign: self, profiler: profiler, inside: inside)
    let eligible = inside?.count ?? library.count
    var capacity = max(1_000, min(plan.count, library.count) * 20)
    while true {
      let best = try scores.ranking(capacity).best
      try examiner.walk(best, shouldStop)
      if examiner.isComplete || capacity >= eligible { return examiner }
      // The filters refuse nearly everything: look further down.
      capacity = min(capacity * 8, max(eligible, 1))
    }
  }

  /// The only rows that may be taken, where they can be known before the walk; nil where any row may.
  private func inside(_ shouldStop: () -> Bool) throws -> DomainRows? {
    guard plan.onlyInDomain, library.options.fingerprint == .ecfp4 else { return nil }
    let rows = model.domain.rows(
      of: library.columns, where: { [library] in !library.isDeleted($0) }, using: pool,
      while: { !shouldStop() })
    guard let rows else { throw Interruption(of: "the screen") }
    return rows
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

  /// Compounds whose stored structure could not be read again, and so have no score.
  private func unreadable(_ scores: LibraryScores) throws -> [RefusedRecord] {
    var refused: [RefusedRecord] = []
    try scores.forEach { row, score in
      guard score.score.isNaN else { return }
      let (segment, local) = library.locate(row)
      refused.append(
        RefusedRecord(
          line: segment.line(local), id: library.id(row),
          reason: .unreadable("the stored structure gives no features")))
    }
    return refused
  }

  private func histogram(_ scores: LibraryScores) throws -> ScoreHistogram {
    var histogram = ScoreHistogram()
    for pass in ScoreHistogram.Pass.allCases {
      try scores.forEach { histogram.take(Double($1.value), pass) }
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
