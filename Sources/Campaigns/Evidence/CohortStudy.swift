import Biobank
import Foundation
public import Governance
import Provenance

/// What a study of a cohort reads, and who may be read.
public struct CohortStudy: Sendable {
  /// The files: PLINK's prefix and the tables of people.
  public var genotypes: String, phenotypes: String, covariates: String?
  /// The trait's column.
  public var trait: String
  /// A list of the people to look at (FID IID, or IID alone); nil for all who may be read.
  public var keep: String?
  /// Why the people may be read; nil for people who are made up.
  public var permission: (consents: String, purpose: Purpose)?

  /// Describes a study.
  public init(
    genotypes: String, phenotypes: String, covariates: String?, trait: String, keep: String? = nil,
    permission: (consents: String, purpose: Purpose)?
  ) {
    self.genotypes = genotypes
    self.phenotypes = phenotypes
    self.covariates = covariates
    self.trait = trait
    self.keep = keep
    self.permission = permission
  }

  /// Who is read: by consents, fixed before any row, and by the list; nil for everybody.
  func readers() throws -> (allowed: Set<String>?, snapshot: ConsentSnapshot?) {
    let snapshot = try permission.map { try ConsentSnapshot.taken($0.consents, for: $0.purpose) }
    let kept = try keep.map { path in
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw BiobankError.table(path, "cannot be read")
      }
      return Set(
        text.split(whereSeparator: \.isNewline).compactMap { line -> String? in
          let fields = line.split { $0 == " " || $0 == "\t" }.map(String.init)
          return fields.first?.hasPrefix("#") ?? true ? nil : fields.prefix(2).last
        })
    }
    let permitted = snapshot.map { Set($0.allowed) }
    return (kept.map { permitted?.intersection($0) ?? $0 } ?? permitted, snapshot)
  }

  /// The people of the study and how their trait was written.
  func people(
    among people: [PlinkFiles.Person], allowed: Set<String>?
  ) throws -> (people: StudyPeople, coding: PersonTable.Coding) {
    let (coding, values) = PersonTable.decoded(
      try PersonTable(path: phenotypes).column(trait))
    let others = try covariates.map { try PersonTable(path: $0) }
    let chosen = try StudyPeople(
      among: people, trait: values, covariates: others?.values ?? [:], names: others?.names ?? [],
      allowed: allowed)
    return (chosen, coding)
  }

  /// The digests of what was read, by name.
  func inputs(and more: [String] = []) throws -> [(name: String, digest: Digest)] {
    let files =
      ["bed", "bim", "fam"].map { "\(genotypes).\($0)" } + [phenotypes]
      + [covariates, keep].compactMap { $0 } + more
    return try files.map { path in
      let url = URL(filePath: path)
      return (name: url.lastPathComponent, digest: try Digest(ofFileAt: url))
    }
  }
}

extension ConsentSnapshot {
  /// Who may be read for a purpose, by a file of consents.
  static func taken(_ consents: String, for purpose: Purpose) throws -> ConsentSnapshot {
    let register = try ConsentRegister(path: consents)
    return ConsentSnapshot(of: register, for: purpose, people: register.consents.keys)
  }
}
