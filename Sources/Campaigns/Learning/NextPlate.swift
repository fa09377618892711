public import CompoundLibrary
import Entities
public import Evaluation
public import Foundation
public import Parallelism
import PropertyModels
import Provenance
public import Screening
import Statistics

/// The compounds to measure next: a model of all that was measured ranks the library, and a rule
/// chooses a plate.
///
/// Before the new results teach, they test: what the model of the earlier tables predicted of them is
/// held against what was measured, the one test that no choice of a split can flatter.
public struct NextPlate: Sendable {
  /// What is asked for.
  public struct Plan: Sendable {
    /// Tables that were known before.
    public var data: [URL]
    /// Tables of new results.
    public var results: [URL] = []
    /// The column of values, in all tables.
    public var endpoint: String
    /// How many compounds the plate holds.
    public var count = 96
    /// What decides.
    public var acquisition = Acquisition.diverse
    /// From which value a compound counts as active; nil for the highest tenth of what was measured.
    public var activeFrom: Double?
    /// Filters; the count and the ranking are the plate's.
    public var rules = ScreeningPlan()
    /// Draws of the rule.
    public var seed: UInt64 = 0

    /// The usual plan.
    public init(data: [URL], endpoint: String) {
      self.data = data
      self.endpoint = endpoint
    }
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The model, and the name of its folder.
    public let model: ModelFolder, modelName: String
    /// The screen with the plate as its hits, in the order of choice.
    public let screen: ScreenOutcome
    /// The rules that were followed.
    public let rules: ScreeningPlan
    /// From which value a compound counts as active.
    public let curve: ChanceOfActivity
    /// How many values were known before, and how many are new.
    public let known: Int, new: Int
    /// The best value before and now; nil where there was none.
    public let bestBefore: Double?, best: Double?
    /// How many of all values are of actives.
    public let actives: Int
    /// The earlier model held against the new results; nil without any.
    public let test: MeasurementCheck?
    /// Rows of the tables that were not taken.
    public let refused: Int
  }

  private let plan: Plan
  private let library: Library
  private let shelf: ModelShelf
  private let scores: ScoreStore
  private let pool: WorkerPool

  /// Prepares a choice.
  public init(
    _ plan: Plan, library: Library, shelf: ModelShelf, scores: ScoreStore, pool: WorkerPool
  ) {
    self.plan = plan
    self.library = library
    self.shelf = shelf
    self.scores = scores
    self.pool = pool
  }

  /// Tests, learns and chooses.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ stage: String, _ share: Double) -> Void = { _, _ in }
  ) throws -> Outcome {
    let folder = shelf.folder.appending(path: "data")
    let before = try MeasuredTables(plan.data, endpoint: plan.endpoint, into: folder)
    let all = try MeasuredTables(
      plan.data + plan.results, endpoint: plan.endpoint, into: folder)
    func trained(_ tables: MeasuredTables, _ stage: String) throws -> URL {
      // All that was measured teaches; the test is the next plate.
      try shelf.model(
        of: TargetTable(
          gene: "plate", endpoint: plan.endpoint, table: tables.url, compounds: tables.count,
          license: "the user's own"),
        testShare: 0, pool: pool, shouldStop: shouldStop
      ) { progress("\(stage): \($0)", $1) }
    }
    let test = try check(plan.results.isEmpty ? nil : trained(before, "the model before"))
    let url = try trained(all, "the model now")
    let model = try ModelFolder(at: url, using: pool)
    let curve = ChanceOfActivity(
      threshold: plan.activeFrom ?? QuantileRule.linear.quantile(0.9, of: all.values) ?? 0,
      goal: model.model.tasks[0].goal)
    var rules = plan.rules
    rules.ranking = plan.acquisition.ranking
    rules.count = plan.count * plan.acquisition.candidates
    // What was measured is not measured again.
    rules.maximumSimilarityToMeasured = min(rules.maximumSimilarityToMeasured ?? 1, 0.9999)
    let screen = try ScreenCampaign(
      library: library, model: model.model, modelDigest: model.digest, plan: rules, pool: pool,
      store: scores
    ).run(shouldStop: shouldStop) { progress("scoring", $0) }
    let chosen = plan.acquisition.choose(plan.count, of: screen.hits, curve: curve) { id in
      // Another draw for each plate, or a compound that was lucky once would be lucky always.
      let key = ContentKey(of: "\(plan.seed) \(all.count) \(id)")
      return Normal.point(ofShare: (Double(key.high >> 11) + 0.5) * 0x1p-53)
    }
    return Outcome(
      model: model, modelName: url.lastPathComponent, screen: screen.naming(chosen), rules: rules,
      curve: curve, known: before.count, new: all.count - before.count,
      bestBefore: before.best, best: all.best, actives: all.values.count { curve.isActive($0) },
      test: test, refused: all.refused.count)
  }

  /// The new results as a test of the model before.
  private func check(_ model: URL?) throws -> MeasurementCheck? {
    guard let model else { return nil }
    let folder = try ModelFolder(at: model, using: pool)
    var rows: [MeasurementCheck.Row] = []
    var leftOut: [String: Int] = [:]
    for results in plan.results {
      let part = try MeasuredResults(at: results, model: folder.model, task: 0, pool: pool).check
      rows += part.rows
      leftOut.merge(part.leftOut, uniquingKeysWith: +)
    }
    return MeasurementCheck(rows: rows, leftOut: leftOut)
  }
}

extension ScreenOutcome {
  /// The same screen with these hits, ranked in their order.
  func naming(_ hits: [Hit]) -> ScreenOutcome {
    let ranked = hits.enumerated().map { place, hit in
      Hit(
        rank: place + 1, id: hit.id, smiles: hit.smiles, prediction: hit.prediction,
        nearest: hit.nearest, inDomain: hit.inDomain, properties: hit.properties,
        alerts: hit.alerts, scaffold: hit.scaffold, atomContributions: hit.atomContributions,
        reason: hit.reason)
    }
    return ScreenOutcome(
      hits: ranked, refused: refused, screened: screened, scored: scored,
      outsideDomain: outsideDomain, histogram: histogram, sample: sample, work: work)
  }
}
