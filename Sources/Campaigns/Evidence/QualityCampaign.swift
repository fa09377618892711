public import Biobank
public import Foundation
public import Governance
public import Parallelism
import Provenance
import Records

/// From a cohort's genotypes to the variants and people that later work can build on.
public struct QualityCampaign: Sendable {
  /// PLINK's prefix.
  public var genotypes: String
  /// What variants and people must reach.
  public var thresholds: QualityThresholds
  /// Of the components of large cohorts.
  public var seed: UInt64
  /// Why the people may be read; nil for people who are made up.
  public var permission: (consents: String, purpose: Purpose)?

  /// Describes the work.
  public init(
    genotypes: String, thresholds: QualityThresholds, seed: UInt64,
    permission: (consents: String, purpose: Purpose)?
  ) {
    self.genotypes = genotypes
    self.thresholds = thresholds
    self.seed = seed
    self.permission = permission
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// Tables and sentences.
    public let tables: QualityTables
    /// What was found.
    public let quality: CohortQuality
    /// Who was read; nil for people who are made up.
    public let snapshot: ConsentSnapshot?

    /// What was found, in sentences that name no person.
    public var summary: [String] {
      tables.summary + (snapshot.map { ["consents: snapshot \($0.id.hex)"] } ?? [])
        + [
          "people.tsv, kinship.tsv, components.tsv and keep.txt hold numbers of single people: "
            + "working files of the analyst, not to be passed on"
        ]
    }
  }

  /// Does it; who may be read is fixed before the first genotype.
  public func run(_ pool: WorkerPool) throws -> Outcome {
    var snapshot: ConsentSnapshot?
    if let permission {
      let register = try ConsentRegister(path: permission.consents)
      snapshot = ConsentSnapshot(
        of: register, for: permission.purpose, people: register.consents.keys)
    }
    let files = try PlinkFiles(prefix: genotypes)
    let quality = try CohortQuality(
      files, allowed: snapshot.map { Set($0.allowed) }, thresholds: thresholds, seed: seed,
      pool: pool)
    return Outcome(
      tables: QualityTables(quality, of: files), quality: quality, snapshot: snapshot)
  }

  /// Writes the folder, whole or not at all; an older one of the same kind is replaced.
  public func write(_ outcome: Outcome, to folder: URL) throws {
    let staged = try AtomicFolder(at: folder, replacing: .ifItHolds(RunRecord.fileName))
    let place = staged.staging
    let tables = [
      ("variants.tsv", outcome.tables.variants), ("people.tsv", outcome.tables.people),
      ("kinship.tsv", outcome.tables.kinship), ("components.tsv", outcome.tables.components),
    ]
    for (name, table) in tables {
      let writer = try DelimitedWriter(
        to: .file(place.appending(path: name).path), format: .tsv, header: table.header)
      for row in table.rows { try writer.write(row) }
      try writer.finish()
    }
    try AtomicFile.write(outcome.tables.keep, to: place.appending(path: "keep.txt"))
    try AtomicFile.write(
      outcome.summary.map { $0 + "\n" }.joined(), to: place.appending(path: "summary.txt"))
    let outputs = try (tables.map(\.0) + ["keep.txt", "summary.txt"]).map {
      try Artifact(fileAt: place.appending(path: $0))
    }
    try RunRecord(
      verb: "cohort qc", options: options, seed: seed,
      inputs: [".bed", ".bim", ".fam"].map { try Artifact(fileAt: URL(filePath: genotypes + $0)) },
      outputs: outputs,
      counts: [
        "people": outcome.quality.people.count, "people kept": outcome.quality.kept.count,
        "variants": outcome.quality.variants.count,
        "variants kept": outcome.quality.passing.count,
        "pairs of relatives": outcome.quality.relatives.count,
      ]
    ).write(into: place)
    try staged.commit()
  }

  private var options: [String: String] {
    [
      "variant-call-rate": "\(thresholds.variantCallRate)",
      "person-call-rate": "\(thresholds.personCallRate)",
      "hardy-weinberg": "\(thresholds.hardyWeinberg)", "inbreeding": "\(thresholds.inbreeding)",
      "kinship": "\(thresholds.kinship)", "components": "\(thresholds.components)",
      "component-frequency": "\(thresholds.componentFrequency)",
    ]
  }
}
