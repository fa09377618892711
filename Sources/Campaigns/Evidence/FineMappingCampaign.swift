public import Biobank
public import Governance

/// From a cohort's genotypes and a trait to the variants of a region that probably act.
public struct FineMappingCampaign: Sendable {
  /// What is read.
  public var study: CohortStudy
  /// The region.
  public var region: GenomeRegion

  /// Describes the work.
  public init(_ study: CohortStudy, region: GenomeRegion) {
    self.study = study
    self.region = region
  }

  /// The header of the table.
  public static let header = [
    "chromosome", "position", "variant", "counted", "other", "frequency", "inclusion",
    "credible_set",
  ]

  /// A variant's row.
  public static func row(_ row: FineMapping.Row) -> [String] {
    [
      row.variant.chromosome, "\(row.variant.position)", row.variant.id, row.variant.counted,
      row.variant.other, "\(row.frequency)", "\(row.inclusion)",
      row.credibleSet.map { "\($0)" } ?? "",
    ]
  }

  /// Maps; who may be read is fixed before the first row.
  public func run() throws -> (people: Int, snapshot: ConsentSnapshot?, mapping: FineMapping) {
    let (allowed, snapshot) = try study.readers()
    let region = region
    let stream = try GenotypeStream(prefix: study.genotypes) { region.holds($0) }
    let (people, coding) = try study.people(among: stream.people, allowed: allowed)
    guard coding == .measured else {
      throw BiobankError.noEstimate(
        "\(study.trait) is \(coding.rawValue): fine mapping is for measured traits")
    }
    return (people.rows.count, snapshot, try FineMapping(stream, people: people))
  }
}
