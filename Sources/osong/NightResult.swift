import Campaigns
import CompoundLibrary
import Evaluation
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Records
import Reporting
import Screening

/// The files of one list of a night: those of a screen, and what moved.
struct NightResult: ~Copyable {
  let number: Int
  let day: String
  let before: (number: Int, day: String)?
  let screen: NightCampaign.Screen
  let outcome: NightCampaign.Outcome
  let pool: WorkerPool

  init(
    night: borrowing NightCampaign, screen: NightCampaign.Screen, outcome: NightCampaign.Outcome,
    pool: WorkerPool
  ) {
    number = night.number
    day = night.day
    before = night.before
    self.screen = screen
    self.outcome = outcome
    self.pool = pool
  }

  func write(into folder: URL) throws {
    let report = report
    try AtomicFile.write(report.html(), to: folder.appending(path: "delta.html"))
    let table = try DelimitedWriter(
      to: .file(folder.appending(path: "delta.csv").path),
      header: DeltaReport.columns(endpoint: endpoint.name))
    for row in report.rows { try table.write(row) }
    try table.finish()
    var others = ["delta.html", "delta.csv", "delta.json"]
    if let measured = outcome.measured {
      others.append("measured.csv")
      try write(measured, to: folder.appending(path: "measured.csv"))
    }
    try StableJSON.write(outcome.comparison, to: folder.appending(path: "delta.json"))
    try ScreenResult(
      target: screen.target, libraryName: screen.plan.library.lastPathComponent,
      library: screen.library, modelName: screen.plan.model.lastPathComponent,
      folder: screen.model, task: screen.task, plan: screen.plan.rules, outcome: outcome.screen,
      pool: pool, others: others, evidence: screen.evidence
    ).write(into: folder)
  }

  private func write(_ check: MeasurementCheck, to url: URL) throws {
    let name = endpoint.name
    let table = try DelimitedWriter(
      to: .file(url.path),
      header: ["id", "measured", name, name + "_lo", name + "_hi", "inside"])
    for row in check.rows {
      let numbers = [row.measured, row.predicted, row.lower, row.upper].map { $0.fixed(4) }
      try table.write([row.id] + numbers + ["\(row.isHeld)"])
    }
    try table.finish()
  }

  private var endpoint: LearningTask { screen.model.model.tasks[screen.task] }

  private var report: DeltaReport {
    let shown = outcome.comparison.map { DeltaReport.shown(of: $0) } ?? []
    let texts = pool.map(shown.count) { index in
      try? Structure(parsing: shown[index].smiles).drawing(width: 240, height: 172)
    }
    var drawings: [String: String] = [:]
    for (change, text) in zip(shown, texts) { drawings[change.id] = text }
    let nights =
      before.map { "Night \($0.number) (\($0.day)) and night \(number) (\(day))" }
      ?? "Night \(number) (\(day))"
    return DeltaReport(
      title: screen.target, nights: nights,
      endpoint: ReportEndpoint(
        name: endpoint.name, unit: endpoint.unit, higherIsBetter: endpoint.higherIsBetter),
      withheld: screen.evidence.flatMap { $0.isWithholding ? $0.sentence : nil },
      comparison: outcome.comparison, causes: causes, measured: outcome.measured,
      drawings: drawings,
      newRows: screen.newRows, knownRows: screen.library.count - screen.newRows,
      provenance: [
        Fact("made by", CodeVersion.current),
        Fact(
          "library", "\(screen.plan.library.lastPathComponent), digest \(screen.library.digest.hex)"
        ),
        Fact("model", "\(screen.plan.model.lastPathComponent), digest \(screen.model.digest.hex)"),
      ])
  }

  private var causes: [DeltaReport.Cause] {
    guard let before = screen.before, let comparison = outcome.comparison else { return [] }
    return comparison.factors.map { factor in
      let sentence =
        switch factor {
        case .library:
          "\(before.library.name) had \(before.screened.grouped) compounds, "
            + "\(screen.plan.library.lastPathComponent) has \(outcome.screen.screened.grouped)."
        case .model: models(before)
        case .plan: rules(before.rules)
        case .evidence: verdicts(before.evidence)
        }
      return DeltaReport.Cause(factor: factor, sentence: sentence)
    }
  }

  private func models(_ before: NightRecord.Screen) -> String {
    let new = screen.model.card.training
    var text =
      "\(before.model.name) \(before.model.digest.short) → "
      + "\(screen.plan.model.lastPathComponent) \(screen.model.digest.short)"
    guard let old = outcome.cardBefore?.training else { return text + "." }
    var reasons: [String] = []
    if old.data.digest != new.data.digest {
      let rows = (old.rows.values.reduce(0, +), new.rows.values.reduce(0, +))
      reasons.append("other measurements (\(rows.0.grouped) → \(rows.1.grouped) rows)")
    }
    if outcome.cardBefore?.architecture != screen.model.card.architecture
      || old.settings != new.settings
    {
      reasons.append("another recipe")
    }
    if old.seeds != new.seeds { reasons.append("other seeds") }
    if outcome.cardBefore?.createdBy != screen.model.card.createdBy {
      reasons.append("another version of the code")
    }
    if before.task != endpoint.name { reasons.append("another task") }
    if !reasons.isEmpty { text += ": trained with " + reasons.joined(separator: ", ") }
    return text + "."
  }

  private func verdicts(_ before: TargetVerdict?) -> String {
    let was = before.map { "Was: \($0.sentence)." } ?? "Evidence was not asked for."
    let now = screen.evidence.map { "Is: \($0.sentence)." } ?? "Evidence is no longer asked for."
    return was + " " + now
  }

  private func rules(_ before: ScreeningPlan) -> String {
    let (old, new) = (
      PlanText.sentences(of: before), PlanText.sentences(of: screen.plan.rules)
    )
    let gone = old.filter { !new.contains($0) }.map { "Was: \($0)" }
    let come = new.filter { !old.contains($0) }.map { "Is: \($0)" }
    return (gone + come).joined(separator: " ")
  }
}
