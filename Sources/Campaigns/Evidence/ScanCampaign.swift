public import Biobank
import Foundation
public import Governance
public import Parallelism
public import Provenance

/// From a cohort's genotypes and a trait to each variant's association, as a stream.
public struct ScanCampaign: Sendable {
  /// What is read.
  public var study: CohortStudy
  /// Which test a measured trait gets; nil for t, and for the score beside predictions.
  public var test: VariantFinding.Test?
  /// How small p-values of cases and controls are found anew, and below which p.
  public var correction: GenomeScan.Correction = .saddlePoint, limit = 0.05
  /// A file of what the other chromosomes say of the trait; nil for none.
  public var predictions: String?

  /// Describes the work.
  public init(_ study: CohortStudy) { self.study = study }

  /// What came of it, beside the rows.
  public struct Outcome: Sendable {
    /// The scan at a glance.
    public let summary: ScanSummary
    /// People who were read, and cases among them; nil for a measured trait.
    public let people: Int, cases: Int?
    /// How the trait was written.
    public let coding: PersonTable.Coding
    /// Who was read; nil for people who are made up.
    public let snapshot: ConsentSnapshot?
    /// The test of a measured trait.
    public let test: VariantFinding.Test
    /// The digests of what was read, by name.
    public let inputs: [(name: String, digest: Digest)]
  }

  /// The header of the table of variants.
  public static let header = [
    "chromosome", "position", "variant", "counted", "other", "frequency", "n", "beta", "se", "test",
    "statistic", "p", "minus_log10_p", "error",
  ]

  /// A variant's row; a variant without an estimate has empty values and a reason.
  public static func row(_ finding: VariantFinding) -> [String] {
    let (variant, estimate) = (finding.variant, finding.estimate)
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    return [
      variant.chromosome, "\(variant.position)", variant.id, variant.counted, variant.other,
      text(finding.frequency), "\(finding.people)", text(estimate?.beta),
      text(estimate?.standardError), estimate?.test.rawValue ?? "", text(estimate?.statistic),
      text(estimate.map { pow(10, -$0.minusLog10P) }), text(estimate?.minusLog10P), finding.note,
    ]
  }

  /// Scans; who may be read is fixed before the first row.
  ///
  /// - Parameters:
  ///   - progress: told how many variants of how many are done.
  ///   - each: takes a finding; called in the order of the file.
  public func run(
    pool: WorkerPool, progress: (Int, Int) -> Void = { _, _ in },
    each: (VariantFinding) throws -> Void
  ) throws -> Outcome {
    let (allowed, snapshot) = try study.readers()
    let stream = try GenotypeStream(prefix: study.genotypes)
    let (people, coding) = try study.people(among: stream.people, allowed: allowed)
    let others = try predictions.map { try ChromosomePredictions(path: $0) }
    if let snapshot, let others {
      let permitted = Set(snapshot.allowed)
      let left = others.people(beside: stream.people.filter { permitted.contains($0.id) })
      guard left == 0 else {
        throw BiobankError.noEstimate(
          "the predictions were learned from \(left) people who may not be read; predict again")
      }
    }
    let test = self.test ?? (others == nil ? .t : .score)
    let scan =
      try coding == .measured
      ? GenomeScan(measured: people, test: test, predictions: others)
      : GenomeScan(cases: people, correction: correction, below: limit, predictions: others)
    let total = stream.variants
    var summary = ScanSummary(stream.chromosomes)
    var done = 0
    try scan.run(stream, pool: pool) { finding in
      summary.add(finding)
      try each(finding)
      done += 1
      if done % 1000 == 0 || done == total { progress(done, total) }
    }
    let inputs = try study.inputs(and: predictions.map { [$0] } ?? [])
    return Outcome(
      summary: summary, people: people.rows.count, cases: people.cases(in: coding), coding: coding,
      snapshot: snapshot, test: test, inputs: inputs)
  }
}
