import Biobank
import Campaigns
import Governance
import Provenance
import Reporting
import Screening

extension CohortScanCommand {
  /// Leads beyond these are in the table alone.
  private static let mostLeads = 50

  /// The scan for a reader.
  func report(_ outcome: ScanCampaign.Outcome) -> AssociationReport {
    let summary = outcome.summary
    let length = Double(max(1, summary.chromosomes.length))
    let chromosomes = zip(summary.chromosomes.stretches, summary.chromosomes.starts).map {
      AssociationReport.Chromosome(
        name: $0.name, start: Double($1) / length, end: Double($1 + $0.last) / length)
    }
    let cases = outcome.cases.map { ", \($0) of them cases" } ?? ""
    let consents = outcome.snapshot.map { [("consents, snapshot", $0.id.hex)] } ?? []
    return AssociationReport(
      trait: study.trait, people: "\(outcome.people) people\(cases).", method: method(outcome),
      tested: summary.tested, lambda: summary.lambda, chromosomes: chromosomes,
      points: summary.points.map {
        AssociationReport.Point(
          chromosome: $0.chromosome, place: $0.place, minusLog10P: $0.minusLog10P)
      },
      quantiles: summary.quantiles,
      leadCount: summary.leads.count,
      leadHeader: [
        "variant", "place", "allele", "frequency", "effect ± error", "−log₁₀ p", "test",
      ],
      leads: summary.leads.prefix(Self.mostLeads).map(lead),
      untested: summary.untested.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      provenance: [("code", CodeVersion.current)] + outcome.inputs.map { ($0.name, $0.digest.hex) }
        + consents + [("command", "osong cohort scan --trait \(study.trait)")])
  }

  private func lead(_ finding: VariantFinding) -> [String] {
    let (variant, estimate) = (finding.variant, finding.estimate)
    return [
      variant.id, "\(variant.chromosome):\(variant.position)",
      "\(variant.counted) (not \(variant.other))", finding.frequency?.fixed(4) ?? "",
      estimate.map { "\($0.beta.fixed(4)) ± \($0.standardError.fixed(4))" } ?? "",
      estimate?.minusLog10P.fixed(2) ?? "", estimate?.test.rawValue ?? "",
    ]
  }

  private func method(_ outcome: ScanCampaign.Outcome) -> String {
    let beside =
      predictions == nil ? "" : " Beside the prediction from all other chromosomes (LOCO)."
    return test(outcome) + beside
  }

  private func test(_ outcome: ScanCampaign.Outcome) -> String {
    switch (outcome.coding, outcome.test) {
    case (.measured, .score):
      "Linear regression, score test (χ² of one degree, the residual variance of the model without "
        + "the variant, as regenie's)."
    case (.measured, _):
      "Linear regression, Student's t of the variant (as R's lm and plink2's)."
    default:
      "Logistic regression, score test; p-values below \(correctBelow) found anew: "
        + "\(correction.rawValue)."
    }
  }
}
