import ArgumentParser
import Campaigns
import CompoundLibrary
import Entities
import Foundation
import Parallelism
import Provenance
import Screening

struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: "Score what is new of a collection, and say what moved in each list, and why.",
    discussion: """
      The plan (YAML) names libraries, models and lists of hits. Compounds that a model has scored \
      are not scored again, on whatever night: only new compounds and new models cost time. Every \
      night's results stand in a folder of their own in the plan's store, with what entered, left \
      and moved (delta.html, delta.csv, delta.json). A night that was stopped, by its hour or by a \
      kill, goes on when the same command runs again.

        osong nightly collection.yaml
        osong schedule install collection.yaml --at 22:00
      """)
  @Argument(help: "The plan.") var plan: String
  @Option(help: "The day of the night, such as 2026-11-25 (default: today in the plan's zone).")
  var day: String?
  @Flag(help: "Look at the plan and say what would be scored; nothing is computed.")
  var dryRun = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let day, (try? Date(day, strategy: .iso8601.year().month().day())) == nil {
      throw ValidationError("--day is a day such as 2026-11-25, not \(day)")
    }
  }

  func run() throws {
    let plan = try Self.read(plan)
    let now = Date()
    let day =
      day ?? now.formatted(Date.ISO8601FormatStyle(timeZone: plan.zone).year().month().day())
    var timing = RunTiming(
      commandLine: CommandLine.arguments, startedAt: now, threads: common.threads)
    let night = try NightCampaign(plan, day: day, pool: common.pool)
    if dryRun { return try announce(night) }
    let stop = StopSignal()
    let end = plan.until?.next(after: now, in: plan.zone)
    let terminal = common.terminal
    var outcomes: [NightCampaign.Outcome] = []
    for screen in night.screens {
      outcomes.append(
        try timing.measure(screen.plan.name) {
          try night.run(
            screen, shouldStop: { stop.isRequested || end.map { Date() >= $0 } ?? false }
          ) { terminal.show(screen.plan.name, share: $0) }
        })
    }
    terminal.clear()
    let made = try timing.measure("write result") {
      try night.record(outcomes) { index, folder in
        try NightResult(
          night: night, screen: night.screens[index], outcome: outcomes[index], pool: common.pool
        ).write(into: folder)
      }
    }
    try summarise(night, outcomes, made, timing)
  }

  static func read(_ path: String) throws -> NightPlan {
    let url = URL(filePath: path)
    return try NightPlan(
      yaml: String(contentsOf: url, encoding: .utf8),
      name: url.deletingPathExtension().lastPathComponent,
      folder: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory))
  }

  private func announce(_ night: borrowing NightCampaign) throws {
    let rows = night.screens.map { screen in
      "\(screen.plan.name): \(screen.newRows.grouped) of \(screen.library.count.grouped) to score"
        + (screen.evidence.map { "; \($0.sentence)" } ?? "")
    }
    try common.summarise(
      ["night \(night.number)"] + rows,
      json: ["night": "\(night.number)", "new": "\(night.screens.reduce(0) { $0 + $1.newRows })"])
  }

  private func summarise(
    _ night: borrowing NightCampaign, _ outcomes: [NightCampaign.Outcome],
    _ made: (record: NightRecord, digest: Digest), _ timing: RunTiming
  ) throws {
    var lines = ["night \(night.number), \(night.day): \(night.store.night(night.number).path)"]
    for (screen, outcome) in zip(night.screens, outcomes) {
      lines.append("  \(screen.plan.name): \(NightText.summary(outcome.comparison))")
      if let verdict = screen.evidence, verdict.isWithholding {
        lines.append("    kept back: \(verdict.sentence)")
      }
    }
    let new = night.screens.reduce(0) { $0 + $1.newRows }
    let known = night.screens.reduce(0) { $0 + $1.library.count } - new
    lines.append("  scored: \(new.grouped) new, \(known.grouped) known")
    for stage in timing.stages { lines.append("  \(stage.name): \(stage.seconds.fixed(1)) s") }
    lines.append("  record \(made.digest.hex)")
    func count(_ kind: ListChange.Kind) -> String {
      "\(outcomes.reduce(0) { $0 + ($1.comparison?.count(kind) ?? 0) })"
    }
    try common.summarise(
      lines,
      json: [
        "night": "\(night.number)", "new": "\(new)", "known": "\(known)",
        "entered": count(.entered), "left": count(.left), "moved": count(.moved),
        "computed": "\(outcomes.reduce(0) { $0 + $1.screen.work.computed })",
        "record": made.digest.hex,
      ])
  }
}

/// A comparison in a line.
enum NightText {
  static func summary(_ comparison: ListComparison?) -> String {
    guard let comparison else { return "the first night" }
    if comparison.factors.isEmpty { return "nothing changed" }
    if comparison.changes.isEmpty { return "no compound moved" }
    return "\(comparison.count(.entered)) entered, \(comparison.count(.left)) left, "
      + "\(comparison.count(.moved)) moved, \(comparison.unmoved) as before"
  }
}
