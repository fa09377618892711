public import ArgumentParser
import Campaigns
import CompoundLibrary
import Entities
import Foundation
import Parallelism
import PropertyModels
import Provenance
public import Screening

struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "Rank a library by a model, filter, explain, report.",
    discussion: """
      Writes hits.csv, hits.sdf, refused.csv, report.html and run.json. Filters come from a plan \
      file (JSON) and from options, which win. A screen that was killed goes on when the same \
      command runs again.

      With --disease in place of --model it begins with a disease: targets by evidence, a model for \
      each, their screens, and one shortlist over all of them, with a dossier for each compound:

        osong screen moses.olib --disease EFO:0001645 --evidence ldl.evidence \
          --modulation inhibit --top 100 -o coronary/
      """)
  @Argument(help: "The library.") var library: String
  @Option(help: "The model folder.") var model: String?
  @Option(help: "The task of the model that ranks, where it has several (default: the first).")
  var task: String?
  @Option(help: "How many compounds to name (default 100).") var top: Int?
  @Option(name: .shortAndLong, help: "The result folder to write.") var output: String
  @Option(help: "A plan file.") var plan: String?
  @Option(help: "predicted-value, cautious-bound or optimistic-bound.") var rank: RankingRule?
  @Option(help: "A property range, such as MW=200:500, logP=:5 or QED=0.4: (repeatable).")
  var range: [PropertyRange] = []
  @Option(help: "Leave out compounds with alerts of pains, brenk or nih (repeatable).")
  var exclude: [AlertCatalogName] = []
  @Option(help: "A SMARTS pattern that must be present (repeatable).") var require: [String] = []
  @Option(help: "A SMARTS pattern that must be absent (repeatable).") var forbid: [String] = []
  @Option(help: "The most compounds of one Murcko scaffold.") var maxPerScaffold: Int?
  @Option(help: "Leave out compounds more similar than this to a measured one.")
  var maxSimilarity: Double?
  @Flag(help: "Leave out compounds outside the model's applicability domain.")
  var onlyInDomain = false
  @Option(help: "The target's name for the report.") var target: String?
  @Option(
    help: """
      A folder of scores to share with other screens: what anyone has scored is not scored again. \
      Without it the scores are removed when the result stands.
      """)
  var scores: String?
  @OptionGroup(title: "From a disease") var disease: DiseaseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (model == nil) != (disease.disease == nil) else {
      throw ValidationError("a screen begins with --model or with --disease, one of the two")
    }
    if let top, top < 1 { throw ValidationError("--top is at least 1") }
    if let maxPerScaffold, maxPerScaffold < 1 {
      throw ValidationError("--max-per-scaffold is at least 1")
    }
    if let maxSimilarity, !(0...1).contains(maxSimilarity) {
      throw ValidationError("--max-similarity is 0 to 1")
    }
  }

  func run() throws {
    var timing = RunTiming(
      commandLine: CommandLine.arguments, startedAt: Date(), threads: common.threads)
    let plan = try screeningPlan()
    let stop = StopSignal()
    let terminal = common.terminal
    let opened = try timing.measure("open library") {
      try Library(at: URL(filePath: library))
    }
    if let id = disease.disease {
      var whole = disease.plan(id, count: top)
      whole.rules = plan
      whole.rules.count = disease.candidates
      whole.rules.onlyInDomain = !disease.outsideDomain
      return try DiseaseScreenRun(
        libraryPath: library, library: opened, options: disease, plan: whole,
        output: URL(filePath: output), scores: scores.map { URL(filePath: $0) }, common: common
      ).run(&timing)
    }
    guard let model else { preconditionFailure("a screen without a model and without a disease") }
    let folder = try timing.measure("open model") {
      try ModelFolder(at: URL(filePath: model), using: common.pool)
    }
    let task = try folder.model.number(ofTask: task)
    let output = URL(filePath: output)
    let staged = try AtomicFolder(at: output, replacing: .ifItHolds(RunRecord.fileName))
    let work = output.deletingLastPathComponent()
      .appending(path: ".\(output.lastPathComponent).work")
    let campaign = try ScreenCampaign(
      library: opened, model: folder.model, task: task, modelDigest: folder.digest, plan: plan,
      pool: common.pool, store: ScoreStore(at: scores.map { URL(filePath: $0) } ?? work))
    let outcome = try timing.measure("score, rank, filter, explain") {
      try campaign.run(shouldStop: { stop.isRequested }) { share in
        terminal.show("scoring", share: share)
      }
    }
    terminal.clear()
    let result = ScreenResult(
      target: target ?? folder.card.name, libraryName: URL(filePath: library).lastPathComponent,
      library: opened, modelName: URL(filePath: model).lastPathComponent, folder: folder,
      task: task, plan: plan, outcome: outcome, pool: common.pool)
    let staging = staged.staging
    try timing.measure("write result") { try result.write(into: staging) }
    try timing.write(into: staging)
    try staged.commit()
    if scores == nil { try? FileManager.default.removeItem(at: work) }
    try summarise(outcome, folder, folder.model.tasks[task].name, timing)
  }

  private func screeningPlan() throws -> ScreeningPlan {
    var result = ScreeningPlan()
    if let plan {
      do {
        result = try JSONDecoder().decode(
          ScreeningPlan.self, from: Data(contentsOf: URL(filePath: plan)))
      } catch let error as PlanError { throw error } catch {
        throw ValidationError("the plan \(plan) cannot be read: \(error.localizedDescription)")
      }
    }
    if let top { result.count = top }
    if let rank { result.ranking = rank }
    for item in range { result.properties[item.property] = item.interval }
    result.excludedAlerts.formUnion(exclude)
    result.required += require
    result.forbidden += forbid
    if let maxPerScaffold { result.maximumPerScaffold = maxPerScaffold }
    if let maxSimilarity { result.maximumSimilarityToMeasured = maxSimilarity }
    if onlyInDomain { result.onlyInDomain = true }
    try result.validate()
    return result
  }

  private func summarise(
    _ outcome: ScreenOutcome, _ folder: ModelFolder, _ endpoint: String, _ timing: RunTiming
  ) throws {
    var lines = ["\(output): \(outcome.hits.count) of \(outcome.screened.grouped) compounds"]
    lines += ModelText.lines(of: folder.card)
    for hit in outcome.hits.prefix(10) {
      let value = hit.prediction
      lines.append(
        "  \(hit.rank). \(hit.id)  \(endpoint) \(value.value.fixed(2))"
          + " [\(value.lower.fixed(2))–\(value.upper.fixed(2))]  nearest"
          + " \(hit.nearest.similarity.fixed(2))\(hit.inDomain ? "" : "  outside domain")"
          + "  \(hit.smiles)")
    }
    for stage in timing.stages { lines.append("  \(stage.name): \(stage.seconds.fixed(1)) s") }
    lines.append("report: \(output)/report.html")
    try common.summarise(
      lines, json: ["hits": "\(outcome.hits.count)", "screened": "\(outcome.screened)"])
  }
}

extension RankingRule: ExpressibleByArgument {}
extension AlertCatalogName: ExpressibleByArgument {}

/// A property range on the command line.
struct PropertyRange: ExpressibleByArgument {
  let property: CompoundProperty
  let interval: ClosedInterval

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let property = CompoundProperty(rawValue: parts[0]) else { return nil }
    let ends = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2 else { return nil }
    let numbers = ends.map { Double($0) }
    guard zip(ends, numbers).allSatisfy({ $0.isEmpty || $1 != nil }) else { return nil }
    self.property = property
    interval = ClosedInterval(minimum: numbers[0], maximum: numbers[1])
  }
}
