import ArgumentParser
import BioactivityStore
import Campaigns
import CompoundLibrary
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Records
import Reporting
import Screening
import TargetEvidence

/// A screen that begins with a disease: runs it, writes its folder, says what came of it.
struct DiseaseScreenRun {
  let libraryPath: String
  let library: Library
  let options: DiseaseOptions
  let plan: DiseaseScreen.Plan
  let output: URL
  let scores: URL?
  let common: CommonOptions

  func run(_ timing: inout RunTiming) throws {
    let stop = StopSignal()
    let terminal = common.terminal
    let staged = try AtomicFolder(at: output, replacing: .ifItHolds(RunRecord.fileName))
    let work = output.deletingLastPathComponent()
      .appending(path: ".\(output.lastPathComponent).work")
    let campaign = try DiseaseScreen(
      plan, library: library,
      shelf: ModelShelf(
        at: URL(filePath: options.shelf), models: options.family, seed: options.seed),
      activities: try options.activities.map {
        StoredActivities(in: try BioactivityStore(at: URL(filePath: $0), mayCreate: false))
      }, scores: ScoreStore(at: scores ?? work), pool: common.pool)
    let outcome = try timing.measure("targets, models, screens, portfolio") {
      try campaign.run(shouldStop: { stop.isRequested }) { terminal.show($0, share: $1) }
    }
    terminal.clear()
    let result = DiseaseScreenResult(
      plan: plan, libraryName: URL(filePath: libraryPath).lastPathComponent, library: library,
      options: options, outcome: outcome, pool: common.pool)
    try timing.measure("write result") { try result.write(into: staged.staging) }
    try timing.write(into: staged.staging)
    try staged.commit()
    if scores == nil { try? FileManager.default.removeItem(at: work) }
    try summarise(outcome, timing)
    if outcome.screens.isEmpty { throw ExitCode.badInput }
  }

  private func summarise(_ outcome: DiseaseScreen.Outcome, _ timing: RunTiming) throws {
    var lines = ["\(outcome.ranking.disease.name) (\(outcome.ranking.disease.id))"]
    for (number, screen) in outcome.screens.enumerated() {
      let count = outcome.shortlist.perTarget[number]
      let range = count.interval(0.9)
      lines.append(
        "  \(screen.target.target.symbol): \(screen.target.modulation.rawValue), by \(screen.modelName); "
          + "expect \(count.expected.fixed(1)) actives [\(range.lowerBound)–\(range.upperBound)]")
      if let related = screen.related { lines.append("    \(related)") }
    }
    for passed in outcome.passed {
      lines.append("  \(passed.symbol): not screened for: \(passed.reason)")
    }
    let list = outcome.shortlist
    let range = list.actives.interval(0.9)
    if list.entries.isEmpty {
      lines.append("nothing to buy: the report says why")
    } else {
      lines.append(
        "buy \(list.entries.count) compounds: expect \(list.actives.expected.fixed(1)) actives "
          + "[\(range.lowerBound)–\(range.upperBound)]")
    }
    for entry in list.entries.prefix(10) {
      guard let role = entry.roles.first else { continue }
      let symbol = outcome.screens[role.screen].target.target.symbol
      lines.append(
        "  \(entry.place). \(entry.id)  \(symbol) \(role.hit.prediction.value.fixed(2))  active "
          + "\((role.chance * 100).fixed(0)) %  \(entry.smiles)")
    }
    for stage in timing.stages { lines.append("  \(stage.name): \(stage.seconds.fixed(1)) s") }
    lines.append("report: \(output.relativePath)/index.html")
    var object = [
      "screened_for": outcome.screens.map(\.target.target.symbol).joined(separator: ","),
      "compounds": "\(list.entries.count)", "actives_expected": list.actives.expected.fixed(3),
      "actives_lo": "\(range.lowerBound)", "actives_hi": "\(range.upperBound)",
    ]
    for screen in outcome.screens {
      if let related = screen.related { object["\(screen.target.target.symbol)_model"] = related }
    }
    try common.summarise(lines, json: object)
  }
}
