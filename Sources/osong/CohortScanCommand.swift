public import ArgumentParser
public import Biobank
import Campaigns
import Foundation
import Governance
import Provenance
import Records
import Reporting
import Screening

struct CohortScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Each variant of the genome against a trait.",
    discussion: """
      A measured trait is held against each variant by linear regression beside the covariates \
      (the numbers of R's lm and plink2), cases and controls by the score test, whose small \
      p-values are found anew by a saddle point or by Firth's likelihood. Memory does not grow \
      with the variants. People are read only where a consent allows the purpose, or with \
      --synthetic where they are made up. Variants with fewer than 5 carriers are not told.

        osong cohort scan --genotypes cohort --phenotypes traits.txt --trait LDL \\
          --covariates c.txt --consent consent.csv --purpose health --day 2026-11-25 -o scan/

      Where people are related, predict first (`osong cohort predict`) and name --predictions.

      Writes associations.tsv, leads.tsv, report.html (Manhattan and quantile plot) and run.json.
      """)
  @OptionGroup var study: CohortOptions
  @Option(help: "What the other chromosomes say of the trait, from `osong cohort predict`.")
  var predictions: String?
  @Option(
    help: "The test of a measured trait: t (R, plink2) or score (regenie, beside predictions).")
  var test: VariantFinding.Test?
  @Option(help: "How small p-values of cases are found anew: saddle-point, firth or none.")
  var correction: GenomeScan.Correction = .saddlePoint
  @Option(help: "The score's p below which they are.") var correctBelow = 0.05
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard test == nil || test == .t || test == .score else {
      throw ValidationError("--test is t or score")
    }
    guard correctBelow > 0, correctBelow <= 1 else {
      throw ValidationError("--correct-below is above 0 and at most 1")
    }
  }

  func run() throws {
    var campaign = ScanCampaign(try study.study())
    campaign.test = test
    campaign.predictions = predictions
    campaign.correction = correction
    campaign.limit = correctBelow
    let staged = try AtomicFolder(
      at: URL(filePath: output), replacing: .ifItHolds(RunRecord.fileName))
    let table = try DelimitedWriter(
      to: .file(staged.file("associations.tsv").path), format: .tsv,
      header: ScanCampaign.header)
    let terminal = common.terminal
    let outcome = try campaign.run(
      pool: common.pool, progress: { terminal.show("scanning", share: Double($0) / Double($1)) },
      each: { try table.write(ScanCampaign.row($0)) })
    terminal.clear()
    try table.finish()
    try write(outcome, into: staged.staging)
    try staged.commit()
    let summary = outcome.summary
    let lambda = summary.lambda.map { $0.fixed(3) } ?? "none"
    var lines = [people(outcome), "\(summary.tested) variants tested, λ \(lambda)"]
    for (reason, count) in summary.untested.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(count) without a result: \(reason)")
    }
    lines.append("\(summary.leads.count) leads with p ≤ 1e-5")
    if let snapshot = outcome.snapshot { lines.append("consents: snapshot \(snapshot.id.hex)") }
    lines.append("report: \(output)/report.html")
    try common.summarise(
      lines,
      json: [
        "people": "\(outcome.people)", "tested": "\(summary.tested)", "lambda": lambda,
        "leads": "\(summary.leads.count)",
      ])
  }

  private func people(_ outcome: ScanCampaign.Outcome) -> String {
    let cases = outcome.cases.map { ", \($0) of them cases" } ?? ""
    return "\(outcome.people) people\(cases) (the trait: \(outcome.coding.rawValue))"
  }

  private func write(_ outcome: ScanCampaign.Outcome, into folder: URL) throws {
    let summary = outcome.summary
    let leads = try DelimitedWriter(
      to: .file(folder.appending(path: "leads.tsv").path), format: .tsv,
      header: ScanCampaign.header)
    for finding in summary.leads { try leads.write(ScanCampaign.row(finding)) }
    try leads.finish()
    try AtomicFile.write(report(outcome).html(), to: folder.appending(path: "report.html"))
    var options = ["genotypes": study.genotypes, "trait": study.trait, "minimum_carriers": "5"]
    options["test"] = outcome.coding == .measured ? outcome.test.rawValue : "score"
    if outcome.coding != .measured {
      options["correction"] = correction.rawValue
      options["correct_below"] = "\(correctBelow)"
    }
    if let snapshot = outcome.snapshot { options["consent_snapshot"] = snapshot.id.hex }
    try RunRecord(
      verb: "cohort scan", options: options,
      inputs: outcome.inputs.map { Artifact(name: $0.name, digest: $0.digest) },
      outputs: ["associations.tsv", "leads.tsv", "report.html"].map {
        try Artifact(fileAt: folder.appending(path: $0))
      },
      counts: ["people": outcome.people, "tested": summary.tested, "leads": summary.leads.count]
    ).write(into: folder)
  }
}

extension VariantFinding.Test: ExpressibleByArgument {}
extension GenomeScan.Correction: ExpressibleByArgument {}
