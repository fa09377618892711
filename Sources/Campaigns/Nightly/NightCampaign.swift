public import CompoundLibrary
import Entities
public import Evaluation
public import Foundation
public import Parallelism
import PropertyModels
public import Provenance
public import Screening

/// One night: what is new is scored, the lists are made, and each is held against the night before.
///
/// Nothing counts until ``record(_:writing:)`` has put the whole night under its name. A night that
/// was stopped finds its scores again and goes on.
public struct NightCampaign: ~Copyable {
  /// A list of the plan with everything opened, as it was kept.
  public struct Screen: Sendable {
    /// The screen of the plan.
    public let plan: NightPlan.Screen
    /// The library as it is now.
    public let library: Library
    /// The model as it is now.
    public let model: ModelFolder
    /// Which of the model's tasks ranks.
    public let task: Int
    /// The same list in the night before; nil where there was none.
    public let before: NightRecord.Screen?
    /// What the evidence says of the target now; nil where the plan does not ask.
    public let evidence: TargetVerdict?
    let campaign: ScreenCampaign
    /// Rows that no night before has scored.
    public let newRows: Int

    /// The target's name.
    public var target: String { plan.target ?? model.card.name }
  }

  /// What became of a list.
  public struct Outcome: Sendable {
    /// The hits and all that a report shows; no hit where the evidence keeps the list back.
    public let screen: ScreenOutcome
    /// What moved since the night before; nil where nothing can be compared.
    public let comparison: ListComparison?
    /// The card of the model of the night before; nil where nothing can be compared.
    public let cardBefore: ModelCard?
    /// What was measured since, beside what is predicted; nil where the plan names no results.
    public let measured: MeasurementCheck?
  }

  /// The night's number, from 1.
  public let number: Int
  /// The day, such as `2026-11-25`.
  public let day: String
  /// The night before; nil for the first.
  public let before: (number: Int, day: String)?
  /// The lists.
  public let screens: [Screen]
  /// Where everything is kept.
  public let store: NightStore
  private let plan: NightPlan
  private let pool: WorkerPool
  private let scores: ScoreStore
  private let previous: Digest?
  private let lock: FileLock

  /// Opens everything a plan names and keeps it as it is now.
  public init(_ plan: NightPlan, day: String, pool: WorkerPool) throws {
    let store = NightStore(at: plan.store)
    try FileManager.default.createDirectory(at: store.folder, withIntermediateDirectories: true)
    let place = store.folder.appending(path: ".lock")
    guard let lock = try FileLock(at: place, for: "scoring a night") else {
      throw NightError.locked(LockHolder(ofLockAt: place).map { "\($0)" } ?? "unknown")
    }
    let nights = try store.numbers.map { try store.record($0) }
    let previous = try nights.last.map { try store.digest(ofRecord: $0.number) }
    let scores = try store.scores()
    // Scored rows are looked up in all nights that are kept: an old model may come back.
    let known = Set(nights.flatMap { $0.screens.flatMap { $0.shards.map(\.key) } })
    var models: [URL: ModelFolder] = [:]
    var libraries: [URL: Library] = [:]
    var screens: [Screen] = []
    for item in plan.screens {
      let model = try models[item.model] ?? store.keep(item.model, using: pool)
      models[item.model] = model
      let library = try libraries[item.library] ?? store.keep(Library(at: item.library))
      libraries[item.library] = library
      let names = model.model.tasks.map(\.name)
      guard let task = item.task.map({ names.firstIndex(of: $0) }) ?? 0 else {
        throw NightError.noTask(screen: item.name, task: item.task ?? "", known: names)
      }
      let campaign = try ScreenCampaign(
        library: library, model: model.model, task: task, modelDigest: model.digest,
        plan: item.rules, pool: pool, store: scores)
      let before = nights.last?.screens.first { $0.name == item.name }
      screens.append(
        Screen(
          plan: item, library: library, model: model, task: task, before: before,
          evidence: try item.evidence.map { try TargetVerdict($0, before: before?.evidence) },
          campaign: campaign,
          newRows: campaign.scores.shards.reduce(0) {
            $0 + (known.contains($1.key) ? 0 : campaign.scores.live(in: $1).count)
          }))
    }
    self.plan = plan
    self.day = day
    self.pool = pool
    self.store = store
    self.scores = scores
    self.screens = screens
    number = (nights.last?.number ?? 0) + 1
    before = nights.last.map { ($0.number, $0.day) }
    self.previous = previous
    self.lock = lock
  }

  /// Scores what is new, makes the list and compares it.
  /// - Parameter progress: told the share of the list's compounds scored.
  public func run(
    _ screen: Screen, shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws -> Outcome {
    // A list that is kept back is scored all the same: on the night it is offered again, it is there.
    var outcome = try screen.campaign.run(shouldStop: shouldStop, progress: progress)
    if screen.evidence?.isWithholding == true { outcome = outcome.withheld }
    let worlds = try NightWorlds(screen, store: store, scores: scores, pool: pool)
    return Outcome(
      screen: outcome, comparison: try worlds?.comparison(shouldStop),
      cardBefore: worlds?.oldModel.card,
      measured: try screen.plan.results.map {
        try MeasuredResults(at: $0, model: screen.model.model, task: screen.task, pool: pool).check
      })
  }

  /// Puts the night under its name, with a folder of results for each list.
  /// - Parameter write: writes the files of a list, `run.json` among them, into a folder.
  /// - Returns: the record, and the digest that proves the whole chain up to it.
  public func record(
    _ outcomes: [Outcome], writing write: (Int, URL) throws -> Void
  ) throws -> (record: NightRecord, digest: Digest) {
    let staged = try AtomicFolder(at: store.night(number), replacing: .never)
    var record = NightRecord(
      number: number, day: day, plan: plan.name, codeVersion: CodeVersion.current,
      previous: previous, screens: [])
    for (index, (screen, outcome)) in zip(screens, outcomes).enumerated() {
      let folder = staged.staging.appending(path: screen.plan.name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      try write(index, folder)
      record.screens.append(
        NightRecord.Screen(
          name: screen.plan.name, target: screen.target,
          library: Artifact(
            name: screen.plan.library.lastPathComponent, digest: screen.library.digest),
          model: Artifact(name: screen.plan.model.lastPathComponent, digest: screen.model.digest),
          task: screen.model.model.tasks[screen.task].name, rules: screen.plan.rules,
          shards: screen.campaign.scores.shards.map {
            .init(
              key: $0.key, rows: $0.rows.count, live: screen.campaign.scores.live(in: $0).count)
          },
          newRows: screen.newRows, knownRows: screen.library.count - screen.newRows,
          evidence: screen.evidence, screened: outcome.screen.screened,
          hits: outcome.screen.hits.map {
            .init(id: $0.id, smiles: $0.smiles, value: $0.prediction.value)
          },
          result: try Digest(ofFileAt: folder.appending(path: RunRecord.fileName))))
    }
    let digest = try StableJSON.write(record, to: staged.file(NightRecord.fileName))
    try staged.commit()
    return (record, digest)
  }
}
