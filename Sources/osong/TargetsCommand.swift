public import ArgumentParser
import Campaigns
public import Entities
import Foundation
import Provenance
import Records
import Reporting
import Screening
import TargetEvidence

struct TargetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "targets", abstract: "Targets of a disease, ranked by evidence.",
    subcommands: [TargetsRankCommand.self, TargetsDiseasesCommand.self])
}

struct TargetsRankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank", abstract: "Rank a disease's targets: go, hold or no-go, with reasons.",
    discussion: """
      The direction matters as much as the strength: a target whose loss of function brings the \
      disease is never offered to a screen for inhibitors.

        osong targets rank --evidence rare.evidence --disease OMIM:163950 --modulation inhibit \\
          -o noonan/

      Writes targets.csv, report.html, evidence.jsonl and run.json.
      """)
  @Option(help: "A file of evidence; may be given again.") var evidence: [String]
  @Option(help: "The disease's identifier, as `osong evidence list` tells it.") var disease: String
  @Option(help: "What the screen looks for: inhibit or activate.") var modulation: Modulation?
  @Option(help: "Targets for which small molecules are feasible, one symbol a line.")
  var tractable: String?
  @Option(help: "Cited effects: source, target, effect (activates, inhibits), citation.")
  var pathways: String?
  @Option(name: .shortAndLong, help: "The folder for the report.") var output: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !evidence.isEmpty else { throw ValidationError("--evidence names a file of evidence") }
    guard modulation != .unknown else {
      throw ValidationError("--modulation is inhibit or activate")
    }
  }

  func run() throws {
    let outcome = try TargetCampaign(
      evidence: evidence.map { URL(filePath: $0) }, disease: disease, wanted: modulation,
      tractable: tractable.map { URL(filePath: $0) }, pathways: pathways.map { URL(filePath: $0) }
    ).run()
    if let output {
      let staged = try AtomicFolder(
        at: URL(filePath: output), replacing: .ifItHolds(RunRecord.fileName))
      try write(outcome, into: staged.staging)
      try staged.commit()
    }
    let width = outcome.targets.prefix(20).map(\.target.symbol.count).max() ?? 0
    var lines = ["\(outcome.disease.name) (\(outcome.disease.id))"]
    for (place, target) in outcome.targets.prefix(20).enumerated() {
      let symbol = target.target.symbol.padding(toLength: width, withPad: " ", startingAt: 0)
      lines.append(
        "  \(place + 1). \(symbol)  \(target.decision.rawValue), \(target.modulation.rawValue), "
          + "score \(target.score.fixed(3)): \(target.reasons.first ?? "")")
    }
    if outcome.targets.count > 20 { lines.append("  and \(outcome.targets.count - 20) more") }
    if outcome.refused > 0 { lines.append("\(outcome.refused) lines of evidence were refused") }
    if outcome.retracted > 0 { lines.append("\(outcome.retracted) records are withdrawn") }
    if let output { lines.append("report: \(output)/report.html") }
    func count(_ decision: TargetDecision) -> String {
      "\(outcome.targets.count { $0.decision == decision })"
    }
    try common.summarise(
      lines,
      json: [
        "targets": "\(outcome.targets.count)", "go": count(.go), "hold": count(.hold),
        "no_go": count(.noGo),
        "first": outcome.targets.first?.target.symbol ?? "",
      ])
  }

  private func write(_ outcome: TargetCampaign.Outcome, into folder: URL) throws {
    var options = ["disease": disease]
    if let modulation { options["modulation"] = modulation.rawValue }
    let report = TargetReport(
      disease: outcome.disease, wanted: modulation, targets: outcome.targets,
      provenance: [("code", CodeVersion.current)] + outcome.inputs.map { ($0.name, $0.digest) }
        + [("command", "osong targets rank --disease \(disease)")])
    let table = try DelimitedWriter(
      to: .file(folder.appending(path: "targets.csv").path), header: TargetReport.columns)
    for row in report.rows { try table.write(row) }
    try table.finish()
    try AtomicFile.write(report.html(), to: folder.appending(path: "report.html"))
    let evidence = folder.appending(path: "evidence.jsonl")
    try EvidenceFile(at: evidence).append(outcome.targets.flatMap { $0.evidence.map(\.record) })
    try? FileManager.default.removeItem(at: evidence.appendingPathExtension("lock"))
    let outputs = try ["targets.csv", "report.html", "evidence.jsonl"].map {
      try Artifact(fileAt: folder.appending(path: $0))
    }
    try RunRecord(
      verb: "targets rank", options: options,
      inputs: outcome.inputs.compactMap { name, digest in
        Digest(hex: digest).map { Artifact(name: name, digest: $0) }
      }, outputs: outputs,
      counts: ["targets": outcome.targets.count, "refused": outcome.refused]
    ).write(into: folder)
  }
}

extension Modulation: ExpressibleByArgument {}
