public import Biobank
import Foundation
public import Governance
public import Parallelism

/// From a cohort's genotypes and a trait to what each chromosome's absence leaves of its prediction.
public struct GenomePredictionCampaign: Sendable {
  /// The files: PLINK's prefix and the tables of people.
  public var genotypes: String, phenotypes: String, covariates: String?
  /// The trait's column.
  public var trait: String
  /// Variants of a block.
  public var blockSize = 1000
  /// A file of the variants that are used, one name a line; nil for all.
  public var variants: String?
  /// Why the people may be read; nil for people who are made up.
  public var permission: (consents: String, purpose: Purpose)?

  /// Describes the work.
  public init(
    genotypes: String, phenotypes: String, covariates: String?, trait: String,
    permission: (consents: String, purpose: Purpose)?
  ) {
    self.genotypes = genotypes
    self.phenotypes = phenotypes
    self.covariates = covariates
    self.trait = trait
    self.permission = permission
  }

  /// Fits; who may be read is fixed before the first row.
  public func run(
    pool: WorkerPool
  ) throws -> (people: Int, snapshot: ConsentSnapshot?, regression: WholeGenomeRegression) {
    let snapshot = try permission.map { try ConsentSnapshot.taken($0.consents, for: $0.purpose) }
    let used = try variants.map { path in
      Set(
        try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map {
          $0.trimmingCharacters(in: .whitespaces)
        })
    }
    let stream = try GenotypeStream(prefix: genotypes) { used?.contains($0.id) ?? true }
    let (people, coding) = try StudyPeople.reading(
      among: stream.people, phenotypes: phenotypes, trait: trait, covariates: covariates,
      allowed: snapshot.map { Set($0.allowed) })
    let regression = try WholeGenomeRegression(
      stream, people: people, isBinary: coding != .measured, blockSize: blockSize, pool: pool)
    return (people.rows.count, snapshot, regression)
  }
}

extension ConsentSnapshot {
  /// Who may be read for a purpose, by a file of consents.
  static func taken(_ consents: String, for purpose: Purpose) throws -> ConsentSnapshot {
    let register = try ConsentRegister(path: consents)
    return ConsentSnapshot(of: register, for: purpose, people: register.consents.keys)
  }
}

extension StudyPeople {
  /// The people of a study by the tables that tell of them, and how the trait was written.
  static func reading(
    among people: [PlinkFiles.Person], phenotypes: String, trait: String, covariates: String?,
    allowed: Set<String>?
  ) throws -> (StudyPeople, PersonTable.Coding) {
    let (coding, values) = PersonTable.decoded(
      try PersonTable(path: phenotypes).column(trait))
    let others = try covariates.map { try PersonTable(path: $0) }
    let chosen = try StudyPeople(
      among: people, trait: values, covariates: others?.values ?? [:], names: others?.names ?? [],
      allowed: allowed)
    return (chosen, coding)
  }
}
