import Biobank
public import Entities
import Foundation
public import Governance
import Provenance
import TargetEvidence

/// From the files of a cohort with rare diseases to evidence, under the people's consents.
public struct RareDiseaseCampaign: Sendable {
  /// Why the people may be read.
  public enum Permission: Sendable {
    /// They were published; nobody's consent is asked for again.
    case published
    /// As their consents say, for a purpose.
    case consents(file: String, purpose: Purpose)
  }

  /// The tables.
  public var individuals: String, variants: String, phenotypes: String?
  /// What publications showed of mechanisms.
  public var mechanisms: String?
  /// Why the people may be read.
  public var permission: Permission
  /// Genes with fewer unrelated families are left out.
  public var minimumFamilies: Int
  /// Of the groups that are drawn for comparison.
  public var seed: UInt64

  /// Describes the work.
  public init(
    individuals: String, variants: String, phenotypes: String?, mechanisms: String?,
    permission: Permission, minimumFamilies: Int = 2, seed: UInt64 = 0
  ) {
    self.individuals = individuals
    self.variants = variants
    self.phenotypes = phenotypes
    self.mechanisms = mechanisms
    self.permission = permission
    self.minimumFamilies = minimumFamilies
    self.seed = seed
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The evidence.
    public let records: [EvidenceRecord]
    /// People read, diseases and genes found.
    public let cases: Int, genes: Int
    /// Rows that were not taken, by reason.
    public let refused: [String: Int]
    /// The snapshot of consents; nil for published people.
    public let snapshot: ConsentSnapshot?
  }

  /// Does it; who may be read is decided, and fixed, before the first row of the tables.
  public func run() throws -> Outcome {
    var snapshot: ConsentSnapshot?
    if case .consents(let file, let purpose) = permission {
      let register = try ConsentRegister(path: file)
      snapshot = ConsentSnapshot(of: register, for: purpose, people: register.consents.keys)
    }
    let asserted = try mechanisms.map(MechanismAssertion.read) ?? []
    let tables = try RareCaseTables(
      individuals: individuals, variants: variants, phenotypes: phenotypes,
      allowed: snapshot.map { Set($0.allowed) })
    let study = RareDiseaseStudy(tables, seed: seed)
    let isPublished = snapshot == nil
    let records = study.evidence(
      mechanisms: asserted, platform: isPublished ? .literature : .nationalBio,
      consent: snapshot?.id.hex ?? "published",
      minimumFamilies: isPublished ? minimumFamilies : max(minimumFamilies, 5))
    return Outcome(
      // Literature must cite; a case without a publication cannot.
      records: records.filter(\.faults.isEmpty), cases: tables.cases.count,
      genes: study.genes.count, refused: tables.refused, snapshot: snapshot)
  }
}
