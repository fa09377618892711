import CompoundLibrary
import Entities
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Screening

/// The lists that would have been, had only some of the factors changed.
struct NightWorlds {
  private let now: NightCampaign.Screen
  private let before: NightRecord.Screen
  private let oldLibrary: Library
  let oldModel: ModelFolder
  private let oldTask: Int
  private let scores: ScoreStore
  private let pool: WorkerPool
  private let factors: [ChangeFactor]
  private let depth: Int

  /// Opens what the night before stood on; nil where that is no longer kept, or there was none.
  init?(_ screen: NightCampaign.Screen, store: NightStore, scores: ScoreStore, pool: WorkerPool)
    throws
  {
    guard let before = screen.before else { return nil }
    var factors: [ChangeFactor] = []
    let isSameLibrary = before.library.digest == screen.library.digest
    let isSameModel = before.model.digest == screen.model.digest
    let task = screen.model.model.tasks[screen.task].name
    if !isSameLibrary { factors.append(.library) }
    if !isSameModel || before.task != task { factors.append(.model) }
    if before.rules != screen.plan.rules { factors.append(.plan) }
    if !Self.same(before.evidence, screen.evidence) { factors.append(.evidence) }
    let kept = FileManager.default
    let library = store.library(before.library.digest)
    let model = store.model(before.model.digest)
    guard kept.fileExists(atPath: library.path), kept.fileExists(atPath: model.path) else {
      return nil
    }
    oldLibrary = isSameLibrary ? screen.library : try Library(at: library)
    oldModel = isSameModel ? screen.model : try ModelFolder(at: model, using: pool)
    guard let oldTask = oldModel.model.tasks.firstIndex(where: { $0.name == before.task }) else {
      throw NightError.damaged("\(screen.plan.name): the model of the night before lacks its task")
    }
    self.oldTask = oldTask
    self.before = before
    self.factors = factors
    self.scores = scores
    self.pool = pool
    now = screen
    depth = Self.doubled(max(before.rules.count, screen.plan.rules.count))
  }

  private static func same(_ old: TargetVerdict?, _ new: TargetVerdict?) -> Bool {
    guard let old, let new else { return old == nil && new == nil }
    return old.says(theSameAs: new)
  }

  /// Twice as many as are named: who falls off the list is followed for a while.
  private static func doubled(_ count: Int) -> Int { count > 100_000 ? count : 2 * count }

  func comparison(_ shouldStop: @escaping @Sendable () -> Bool) throws -> ListComparison {
    var lists: [Set<ChangeFactor>: RankedList] = [:]
    let worlds = Attribution.subsets(of: factors)
    var insides: [Set<ChangeFactor>: DomainRows] = [:]
    for world in worlds {
      let (list, inside) = try list(world, shouldStop)
      lists[world] = list
      insides[world] = inside
    }
    // Who is named in one world may lie outside the domain in another, where nobody looked at it.
    let named = Set(lists.values.flatMap { $0.entries.map(\.id) }).sorted()
    for (world, inside) in insides {
      let rows = try campaign(world).library.rows(of: named)
      let outside = zip(named, rows).filter { $1.map { !inside.contains($0) } ?? false }
      lists[world]?.refuse(outside.map(\.0), "outside the model's applicability domain")
    }
    let (old, new) = (try campaign([]), try campaign(Set(factors)))
    return try ListComparison(
      countBefore: before.rules.count, countAfter: now.plan.rules.count, depth: depth,
      factors: factors, lists: lists
    ) { id in
      CompoundFacts(before: try Self.entry(id, in: old), after: try Self.entry(id, in: new))
    }
  }

  private func campaign(_ world: Set<ChangeFactor>) throws -> ScreenCampaign {
    let isNewModel = world.contains(.model)
    var plan = world.contains(.plan) ? now.plan.rules : before.rules
    plan.count = depth
    return try ScreenCampaign(
      library: world.contains(.library) ? now.library : oldLibrary,
      model: (isNewModel ? now.model : oldModel).model, task: isNewModel ? now.task : oldTask,
      modelDigest: (isNewModel ? now.model : oldModel).digest, plan: plan, pool: pool,
      store: scores)
  }

  private func list(
    _ world: Set<ChangeFactor>, _ shouldStop: @escaping @Sendable () -> Bool
  ) throws -> (list: RankedList, inside: DomainRows?) {
    let campaign = try campaign(world)
    try campaign.scores.complete(shouldStop: shouldStop)
    let examiner = try campaign.walked(shouldStop)
    if let verdict = world.contains(.evidence) ? now.evidence : before.evidence,
      verdict.isWithholding
    {
      let list = RankedList(
        entries: [],
        refused: Dictionary(
          examiner.hits.map { ($0.id, verdict.sentence) }, uniquingKeysWith: { first, _ in first }))
      return (list, nil)
    }
    let list = RankedList(
      entries: examiner.hits.map {
        .init(id: $0.id, smiles: $0.smiles, value: $0.prediction.value)
      },
      refused: Dictionary(
        examiner.refused.map { ($0.id, "\($0.reason)") }, uniquingKeysWith: { first, _ in first }))
    return (list, examiner.inside)
  }

  private static func entry(
    _ id: String, in campaign: ScreenCampaign
  ) throws -> RankedList.Entry? {
    let library = campaign.library
    guard let row = library.rows(of: [id])[0] else { return nil }
    guard let value = try campaign.scores.score(ofRow: row)?.value else { return nil }
    return .init(id: id, smiles: library.smiles(row), value: Double(value))
  }
}
