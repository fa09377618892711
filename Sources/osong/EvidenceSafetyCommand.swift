import ArgumentParser
import Campaigns
import Entities
import Foundation
import TargetEvidence

struct EvidenceSafetyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "safety",
    abstract: "What drugs did to people, as evidence for the drugs' targets.",
    discussion: """
      An estimate becomes evidence only after calibration against negative controls: --estimates \
      names a table with the columns drug, disease_id, disease, calibrated_beta, calibrated_se, \
      effect_scale, calibrated_p, negative_controls, method; where known p, n, cases. Signals of \
      `osong hospital signals` are no such estimates. An inhibitor whose users fall ill says that \
      inhibiting its target harms (a safety signal), one whose users are spared that it may help \
      (a repurposing hint); what the drug does to the target stands in each record.

        osong evidence safety --estimates calibrated.tsv --targets drugcentral/targets.tsv \\
          --symbols symbols-human.tsv.gz --snapshot 3f9a… -o safety.evidence
      """)
  @Option(help: "The table of calibrated estimates.") var estimates: String?
  @Option(
    help: "Drugs and targets: DrugCentral's or DrugBank's table, or drug, target, action; again.")
  var targets: [String]
  @Option(help: "GeneID, type, symbol: needed by DrugCentral's and DrugBank's tables.")
  var symbols: String?
  @Option(help: "drugbank_id, name: needed by DrugBank's table.") var drugNames: String?
  @Option(help: "The snapshot of consents under which the people's records were read.")
  var snapshot: String?
  @Flag(help: "The people's records were published.") var published = false
  @Option(name: .shortAndLong, help: "The file of evidence to add to.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard published != (snapshot != nil) else {
      throw ValidationError("name the consents with --snapshot, or say --published; not both")
    }
    guard !targets.isEmpty else { throw ValidationError("name a table with --targets") }
  }

  func run() throws {
    let outcome = try DrugEffectCampaign(
      estimates: estimates, targets: targets, symbols: symbols, drugNames: drugNames,
      snapshot: snapshot ?? "published"
    ).run()
    let evidence = outcome.evidence
    let new = try EvidenceFile(at: URL(filePath: output)).append(evidence.records)
    var lines = [
      "\(outcome.effects) calibrated estimates, \(evidence.records.count) records, "
        + "\(new) of them new in \(output)"
    ]
    if evidence.unclear > 0 {
      lines.append("  \(evidence.unclear) estimates that systematic error explains")
    }
    if evidence.unknownDrugs > 0 {
      lines.append("  \(evidence.unknownDrugs) estimates of drugs that no table of targets names")
    }
    lines += outcome.refused.prefix(20).map { file, record in
      "  \(file), line \(record.line): \(record.reason)"
    }
    if outcome.refused.count > 20 { lines.append("  and \(outcome.refused.count - 20) lines more") }
    try common.summarise(
      lines,
      json: [
        "estimates": "\(outcome.effects)", "records": "\(evidence.records.count)", "new": "\(new)",
        "unclear": "\(evidence.unclear)", "unknown_drugs": "\(evidence.unknownDrugs)",
        "refused": "\(outcome.refused.count)",
      ])
  }
}
