public import CompoundLibrary
public import Entities
public import Foundation
public import Parallelism
public import Patents
import PropertyModels
public import Screening
public import TargetEvidence

/// From a disease to compounds to buy: targets by evidence, a model for each, a screen of one library
/// with each model, and one portfolio over all of them.
///
/// Models come from the shelf, scores from the store: what was made on an earlier run is not made
/// again, and a run that was killed goes on.
public struct DiseaseScreen: Sendable {
  /// What is asked for.
  public struct Plan: Sendable {
    /// The ranking of the targets.
    public var targets: TargetCampaign
    /// The most targets that are screened for.
    public var mostTargets = 3
    /// Models that somebody chose for a target, by its symbol.
    public var models: [String: URL] = [:]
    /// Two towers and the targets' chains, for targets with too few ligands; nil for none.
    public var related: (towers: URL, sequences: URL)?
    /// The rules of each screen; how many it names are the portfolio's candidates.
    public var rules = ScreeningPlan(count: 300)
    /// From which potency a compound counts as active, in −log₁₀(mol/L).
    public var activeFrom = 7.0
    /// The most compounds to buy.
    public var count = 100
    /// The most money; nil where only the count limits.
    public var budget: Double?
    /// What a compound costs, in the budget's unit.
    public var price = 1.0
    /// 0 counts actives, 1 counts series with an active.
    public var diversity = 0.5
    /// Models whose predictions are told beside, such as of absorption or toxicity.
    public var panel: [URL] = []
    /// Structures of drugs to compare those predictions with.
    public var drugs: URL?
    /// An index of compounds in patents, to say what of the choice stands in it; nil for none.
    public var patents: URL?
    /// The least similarity that counts as near a patent's compound.
    public var patentSimilarity = 0.85

    /// The usual plan.
    public init(targets: TargetCampaign) { self.targets = targets }
  }

  /// A screen for one target.
  public struct TargetScreen: Sendable {
    /// The target with its evidence.
    public let target: RankedTarget
    /// The model.
    public let model: ModelFolder
    /// The name of the model's folder.
    public let modelName: String
    /// Which of its tasks ranks.
    public let task: Int
    /// How likely predictions make a compound active.
    public let curve: ChanceOfActivity
    /// From whom was learned, where it was not from the target's own ligands, and what validation
    /// says; nil for a model of its own.
    public let related: String?
    /// What the screen found.
    public let outcome: ScreenOutcome
  }

  /// A target that was not screened for, and why.
  public struct Passed: Hashable, Sendable {
    /// Its symbol.
    public let symbol: String
    /// Why, in a sentence.
    public let reason: String
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The ranking of all targets.
    public let ranking: TargetCampaign.Outcome
    /// The screens, the best target first.
    public let screens: [TargetScreen]
    /// The targets that were passed by.
    public let passed: [Passed]
    /// The choice.
    public let shortlist: Shortlist
    /// What the other models say of each compound of the choice.
    public let readings: [[PropertyPanel.Reading]]
    /// What stands in patents, for each compound of the choice; empty where nobody looked.
    public let patents: [PatentFinding]
  }

  private let plan: Plan
  private let library: Library
  private let shelf: ModelShelf
  private let activities: (any ActivitySource)?
  private let scores: ScoreStore
  private let pool: WorkerPool

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - activities: where measured activities are found for targets without a chosen model.
  public init(
    _ plan: Plan, library: Library, shelf: ModelShelf, activities: (any ActivitySource)?,
    scores: ScoreStore, pool: WorkerPool
  ) {
    self.plan = plan
    self.library = library
    self.shelf = shelf
    self.activities = activities
    self.scores = scores
    self.pool = pool
  }

  /// Runs all of it.
  ///
  /// - Parameter progress: told what is being done, and how much of it is.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ stage: String, _ share: Double) -> Void = { _, _ in }
  ) throws -> Outcome {
    let ranking = try plan.targets.run()
    // What cannot be read is told before hours are spent.
    let patents = try plan.patents.map { try PatentCheck(index: $0, pool: pool) }
    let related = try plan.related.map {
      try RelatedProteins(model: $0.towers, sequences: $0.sequences, pool: pool)
    }
    let panel =
      plan.panel.isEmpty
      ? nil : try PropertyPanel(models: plan.panel, drugs: plan.drugs, pool: pool)
    var screens: [TargetScreen] = []
    var passed: [Passed] = []
    for target in ranking.targets {
      let symbol = target.target.symbol
      do throws(Passing) {
        guard target.decision == .go else { throw Passing(Self.reason(against: target)) }
        guard screens.count < plan.mostTargets else {
          throw Passing("\(plan.mostTargets) targets with stronger evidence were screened for")
        }
        screens.append(try screen(target, related, shouldStop, progress))
      } catch {
        if let fault = error.fault { throw fault }
        passed.append(Passed(symbol: symbol, reason: error.reason))
      }
    }
    let shortlist = Shortlist(of: screens, plan)
    let readings =
      try panel?.readings(of: shortlist.entries.map(\.smiles))
      ?? shortlist.entries.map { _ in [] }
    return Outcome(
      ranking: ranking, screens: screens, passed: passed, shortlist: shortlist,
      readings: readings,
      patents: try patents?.findings(
        for: shortlist.entries.map(\.smiles), threshold: plan.patentSimilarity) ?? [])
  }

  /// Why a target is passed by; a fault where it is none of the target's doing.
  private struct Passing: Error {
    let reason: String
    var fault: (any Error)?

    init(_ reason: String) { self.reason = reason }

    init(fault: any Error) {
      reason = ""
      self.fault = fault
    }
  }

  private static func reason(against target: RankedTarget) -> String {
    let ways = target.detours.map {
      "\($0.modulation.rawValue) \($0.target) instead (\($0.edge.citation))"
    }
    return
      (["\(target.decision.rawValue): \(target.reasons.first ?? "no reason was given")"] + ways)
      .joined(separator: "; ")
  }

  private func screen(
    _ target: RankedTarget, _ related: RelatedProteins?,
    _ shouldStop: @escaping @Sendable () -> Bool,
    _ progress: @escaping @Sendable (String, Double) -> Void
  ) throws(Passing) -> TargetScreen {
    let symbol = target.target.symbol
    do {
      let chosen = try model(of: target, related, shouldStop) { progress("\(symbol): \($0)", $1) }
      let folder = chosen.folder
      let task = 0
      let objections = ModelGate().objections(to: folder, task: task)
      guard objections.isEmpty else {
        throw Passing("its model may not rank: \(objections.joined(separator: "; "))")
      }
      let campaign = try ScreenCampaign(
        library: library, model: folder.model, task: task, modelDigest: folder.digest,
        plan: plan.rules, pool: pool, store: scores, scope: .eligible)
      let outcome = try campaign.run(shouldStop: shouldStop) { progress("\(symbol): scoring", $0) }
      let name = folder.model.tasks[task].name
      let curve = ChanceOfActivity(
        threshold: plan.activeFrom, goal: .maximise,
        test: folder.test.filter { $0.task == name })
      return TargetScreen(
        target: target, model: folder, modelName: chosen.name, task: task, curve: curve,
        related: chosen.related, outcome: outcome)
    } catch let passing as Passing { throw passing } catch { throw Passing(fault: error) }
  }

  private typealias ChosenModel = (folder: ModelFolder, name: String, related: String?)

  /// The model for a target: the chosen one, one trained on what is measured, or where that is too
  /// little one that was learned from related proteins.
  private func model(
    of target: RankedTarget, _ related: RelatedProteins?,
    _ shouldStop: @escaping @Sendable () -> Bool,
    _ progress: @escaping @Sendable (String, Double) -> Void
  ) throws -> ChosenModel {
    let url: URL
    do { url = try ownModel(of: target, shouldStop, progress) } catch let passing as Passing {
      guard let related else { throw passing }
      do {
        let found = try related.model(for: target.target, to: target.modulation)
        return (found.folder, found.name, found.reason)
      } catch let refusal as RelatedProteins.Refusal {
        throw Passing("\(passing.reason); \(refusal.reason)")
      }
    }
    return (try ModelFolder(at: url, using: pool), url.lastPathComponent, nil)
  }

  private func ownModel(
    of target: RankedTarget, _ shouldStop: @escaping @Sendable () -> Bool,
    _ progress: @escaping @Sendable (String, Double) -> Void
  ) throws -> URL {
    let symbol = target.target.symbol
    if let chosen = plan.models[symbol] { return chosen }
    guard let activities else {
      throw Passing(
        "there is no model for it: --target-model \(symbol)=MODEL names one, --activities a store "
          + "of measurements to train on")
    }
    let least = ModelGate().fewestTrained
    guard
      let table = try activities.table(
        of: target.target, to: target.modulation, least: least, in: shelf.folder)
    else {
      // Ki and IC50 tell that a compound binds or inhibits; none of them tells an activator.
      let what =
        target.modulation == .activate ? "an EC50 that is of activation" : "a Ki, Kd or IC50"
      throw Passing(
        "fewer than \(least) compounds with \(what) are in the store: too few for a model")
    }
    do {
      return try shelf.model(of: table, pool: pool, shouldStop: shouldStop, progress: progress)
    } catch let error as TrainingError { throw Passing("no model could be trained: \(error)") }
  }
}

/// Where measured activities on targets are found.
public protocol ActivitySource: Sendable {
  /// Writes what moves a target as a table into a folder; nil where fewer compounds are known.
  func table(
    of target: EvidenceTarget, to modulation: Modulation, least: Int, in folder: URL
  ) throws -> TargetTable?
}
