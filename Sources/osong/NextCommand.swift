public import ArgumentParser
import Campaigns
import CompoundLibrary
import Entities
import Evaluation
import Foundation
import PropertyModels
import Provenance
public import Screening
import Statistics

struct NextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next",
    abstract: "Choose the compounds to measure next, after some were measured.",
    discussion: """
      Trains on all that was measured, scores the library and chooses a plate of compounds that were \
      not. The new results first test the model that did not know them.

        osong next moses.olib --data start.csv --endpoint pIC50 --count 96 -o plate-1/
        osong next moses.olib --data start.csv --results plate-1-measured.csv --endpoint pIC50 \\
          --count 96 -o plate-2/

      Rules: greedy (highest predictions), optimistic (highest ends of intervals), thompson (highest \
      draws), diverse (most series with a likely active). Writes hits.csv, hits.sdf, report.html, \
      run.json.
      """)
  @Argument(help: "The library.") var library: String
  @Option(help: "A table that was known before (repeatable).") var data: [String]
  @Option(help: "A table of new results (repeatable).") var results: [String] = []
  @Option(help: "The column of values; more is better.") var endpoint = "pIC50"
  @Option(help: "How many compounds to choose.") var count = 96
  @Option(help: "greedy, optimistic, thompson or diverse.") var rule = Acquisition.diverse
  @Option(help: "From which value a compound counts as active (default: the best tenth).")
  var activeFrom: Double?
  @Option(help: "The family that is trained (repeatable).") var family: [StandardModel] = [.network]
  @Option(help: "A folder of models to take from, and to put newly trained ones on.")
  var shelf = "models.shelf"
  @Option(help: "A plan file with filters.") var plan: String?
  @Option(help: "Decides every random number.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The folder to write.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !data.isEmpty else { throw ValidationError("--data names a table of measured compounds") }
    guard (1...100_000).contains(count) else { throw ValidationError("--count is 1 to 100000") }
  }

  func run() throws {
    var timing = RunTiming(
      commandLine: CommandLine.arguments, startedAt: Date(), threads: common.threads)
    var plan = NextPlate.Plan(data: data.map { URL(filePath: $0) }, endpoint: endpoint)
    plan.results = results.map { URL(filePath: $0) }
    plan.count = count
    plan.acquisition = rule
    plan.activeFrom = activeFrom
    plan.seed = seed
    if let path = self.plan {
      plan.rules = try JSONDecoder().decode(
        ScreeningPlan.self, from: Data(contentsOf: URL(filePath: path)))
    }
    let stop = StopSignal()
    let terminal = common.terminal
    let opened = try Library(at: URL(filePath: library))
    let target = URL(filePath: output)
    let staged = try AtomicFolder(at: target, replacing: .ifItHolds(RunRecord.fileName))
    let work = target.deletingLastPathComponent().appending(
      path: ".\(target.lastPathComponent).work")
    let choice = try NextPlate(
      plan, library: opened,
      shelf: ModelShelf(at: URL(filePath: shelf), models: family, seed: seed),
      scores: ScoreStore(at: work), pool: common.pool)
    let outcome = try timing.measure("test, train, score, choose") {
      try choice.run(shouldStop: { stop.isRequested }) { terminal.show($0, share: $1) }
    }
    terminal.clear()
    try timing.measure("write result") {
      try ScreenResult(
        target: "Next plate by \(rule.rawValue)",
        libraryName: URL(filePath: library).lastPathComponent, library: opened,
        modelName: outcome.modelName, folder: outcome.model, task: 0, plan: outcome.rules,
        outcome: outcome.screen, pool: common.pool
      ).write(into: staged.staging)
    }
    try timing.write(into: staged.staging)
    try staged.commit()
    try? FileManager.default.removeItem(at: work)
    try summarise(outcome)
  }

  private func summarise(_ outcome: NextPlate.Outcome) throws {
    var lines = [
      "\(outcome.known.grouped) values known, \(outcome.new.grouped) new; active from "
        + "\(outcome.curve.threshold.fixed(2)): \(outcome.actives.grouped)"
    ]
    if let best = outcome.best {
      let before = outcome.bestBefore.map { ", \($0.fixed(2)) before" } ?? ""
      lines.append("best \(best.fixed(2))\(outcome.new > 0 ? before : "")")
    }
    if let test = outcome.test, !test.rows.isEmpty {
      let held = test.rows.count { $0.isHeld }
      lines.append(
        "the model before, on the \(test.rows.count.grouped) new ones: mean absolute error "
          + "\(test.meanAbsoluteError?.fixed(2) ?? "–"), 90 % intervals held \(held.grouped)")
    }
    if outcome.refused > 0 { lines.append("\(outcome.refused.grouped) rows were refused") }
    lines.append("\(output): \(outcome.screen.hits.count.grouped) compounds by \(rule.rawValue)")
    for hit in outcome.screen.hits.prefix(10) {
      lines.append(
        "  \(hit.rank). \(hit.id)  \(hit.prediction.value.fixed(2)) ± "
          + "\(hit.prediction.uncertainty.fixed(2))  \(hit.smiles)")
    }
    try common.summarise(
      lines,
      json: [
        "known": "\(outcome.known)", "new": "\(outcome.new)", "actives": "\(outcome.actives)",
        "best": outcome.best?.fixed(4) ?? "", "compounds": "\(outcome.screen.hits.count)",
      ])
  }
}

extension Acquisition: ExpressibleByArgument {}
