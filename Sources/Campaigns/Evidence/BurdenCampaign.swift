public import Biobank
public import Entities
import Foundation
public import Governance
import Provenance
import TargetEvidence

/// From a cohort's genotypes and a trait to the genes whose rare variants go with it.
public struct BurdenCampaign: Sendable {
  /// What is read of people.
  public var study: CohortStudy
  /// The sets' files.
  public var annotations: String, sets: String, masks: String
  /// The trait as a disease, for the evidence.
  public var disease: EvidenceDisease?
  /// Whether more of a measured trait is worse.
  public var moreIsWorse: Bool
  /// The highest frequency of a rare variant.
  public var frequency: Double
  /// Whether the people are made up.
  public var isSynthetic: Bool
  /// What the people have in common, such as an ancestry or a sex, for the evidence; nil for nothing.
  public var stratum: String?

  /// Describes the work.
  public init(
    _ study: CohortStudy, annotations: String, sets: String, masks: String,
    disease: EvidenceDisease? = nil, moreIsWorse: Bool = true, frequency: Double = 0.01,
    isSynthetic: Bool
  ) {
    self.study = study
    self.annotations = annotations
    self.sets = sets
    self.masks = masks
    self.disease = disease
    self.moreIsWorse = moreIsWorse
    self.frequency = frequency
    self.isSynthetic = isSynthetic
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The study.
    public let study: BurdenStudy
    /// How the trait was written.
    public let coding: PersonTable.Coding
    /// Who was read; nil for people who are made up.
    public let snapshot: ConsentSnapshot?
    /// Evidence for each gene's best mask; none without a disease.
    public let records: [EvidenceRecord]

    /// The header of the table.
    public static let header = [
      "gene", "mask", "chromosome", "position", "variants", "carriers", "beta", "se", "p_burden",
      "p_skat", "p_skato", "p_acatv", "p_acato",
    ]

    /// The table, one row for each gene and mask.
    public var rows: [[String]] {
      study.findings.map { finding in
        let (mask, result) = (finding.mask, finding.result)
        return [
          mask.set, mask.mask, mask.chromosome, "\(mask.position)", "\(finding.variants)",
          "\(finding.carriers)", finding.effect.map { "\($0.beta)" } ?? "",
          finding.effect.map { "\($0.standardError)" } ?? "", "\(result.burden)",
          "\(result.skat)", "\(result.optimal)", result.single.map { "\($0)" } ?? "",
          result.omnibus.map { "\($0)" } ?? "",
        ]
      }
    }

    /// What was read and tested, in sentences that name no person.
    public var summary: [String] {
      let cases = study.cases.map { ", \($0) of them cases" } ?? ""
      var lines = [
        "\(study.people) people\(cases) (the trait: \(coding.rawValue)), "
          + "\(study.findings.count) tests"
      ]
      if study.unknownVariants > 0 {
        lines.append("\(study.unknownVariants) variants of the sets are not among the genotypes")
      }
      if let snapshot { lines.append("consents: snapshot \(snapshot.id.hex)") }
      return lines + study.refused.map { "  not tested: \($0.set), \($0.reason)" }
    }
  }

  /// Does it; who may be read is fixed before the first row.
  public func run() throws -> Outcome {
    let (allowed, snapshot) = try study.readers()
    let (coding, values) = PersonTable.decoded(
      try PersonTable(path: study.phenotypes).column(study.trait))
    let found = try BurdenStudy(
      PlinkFiles(prefix: study.genotypes), trait: values, isBinary: coding != .measured,
      covariates: try study.covariates.map { try PersonTable(path: $0).values } ?? [:],
      sets: VariantSets(annotations: annotations, sets: sets, masks: masks), allowed: allowed,
      frequency: frequency)
    return Outcome(
      study: found, coding: coding, snapshot: snapshot,
      records: disease == nil ? [] : try records(found, snapshot))
  }

  /// One record for each gene.
  ///
  /// Loss of function is what truncating masks test; of others the direction on the target is not known.
  /// The trait's direction is the burden's, where the burden itself is beyond chance: SKAT alone sees
  /// variants of both directions.
  private func records(
    _ found: BurdenStudy, _ snapshot: ConsentSnapshot?
  ) throws -> [EvidenceRecord] {
    guard let disease else { return [] }
    var inputs: [String: String] = [:]
    for (name, digest) in try study.inputs(and: [annotations, sets, masks]) {
      inputs[name] = digest.hex
    }
    let reality = try reality(inputs)
    let best = Dictionary(grouping: found.findings, by: \.mask.set).compactMapValues { findings in
      findings.min { ($0.result.optimal, $0.mask.mask) < ($1.result.optimal, $1.mask.mask) }
    }
    return best.values.sorted { $0.mask.set < $1.mask.set }.map { finding in
      let isTruncating = ["plof", "lof", "ptv"].contains {
        finding.mask.mask.lowercased().hasPrefix($0)
      }
      let trait: DirectionOnTrait =
        finding.effect.flatMap { effect in
          finding.result.burden < 0.05
            ? (effect.beta > 0) == moreIsWorse ? .risk : .protective : nil
        } ?? .unknown
      return EvidenceRecord(
        source: EvidenceSource(
          platform: .nationalBio, datasource: "gene_burden", datatype: "genetic_association"),
        target: EvidenceTarget(symbol: finding.mask.set), disease: disease,
        statistic: EvidenceStatistic(
          method: "burden, SKAT and SKAT-O under mask \(finding.mask.mask)",
          statistic: "SKAT-O", beta: finding.effect?.beta,
          standardError: finding.effect?.standardError,
          effectScale: finding.effect == nil ? nil : "units of \(study.trait) a copy",
          pValue: finding.result.optimal, count: found.people, cases: found.cases,
          carriers: finding.carriers),
        directionOnTarget: isTruncating ? .lossOfFunction : .unknown, directionOnTrait: trait,
        score: PublishedScore.score(pValue: finding.result.optimal), scoreRule: PublishedScore.rule,
        protection: EvidenceProtection(
          ancestry: stratum, consentSnapshot: snapshot?.id.hex),
        reality: reality, inputs: inputs,
        codeVersion: CodeVersion.current)
    }
  }

  /// Where the record of a simulation stands beside the genotypes, the people are simulated, whatever
  /// was said of them.
  private func reality(_ inputs: [String: String]) throws -> EvidenceReality {
    let name = URL(filePath: study.genotypes + ".bed").lastPathComponent
    if let digest = inputs[name].flatMap({ Digest(hex: $0) }),
      let record = try SimulationRecord.read(besides: study.genotypes, of: digest)
    {
      return .simulated(seed: record.seed, citations: record.citations)
    }
    return isSynthetic ? .synthetic : .real
  }
}
