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

  /// Where the people stand.
  public enum Source: Sendable {
    /// Three tables; that of signs may lack.
    case tables(individuals: String, variants: String, phenotypes: String?)
    /// Phenopackets: a file or a folder.
    case phenopackets(String)

    /// The file or folder that names the people.
    public var people: String {
      switch self {
      case .tables(let individuals, _, _): individuals
      case .phenopackets(let path): path
      }
    }
  }

  /// Where the people stand.
  public var source: Source
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
    source: Source, mechanisms: String?, permission: Permission, minimumFamilies: Int = 2,
    seed: UInt64 = 0
  ) {
    self.source = source
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

  /// Does it; who may be read is decided, and fixed, before the first person is read.
  public func run() throws -> Outcome {
    var snapshot: ConsentSnapshot?
    if case .consents(let file, let purpose) = permission {
      snapshot = try ConsentSnapshot.taken(file, for: purpose)
    }
    let asserted = try mechanisms.map(MechanismAssertion.read) ?? []
    let people = try read(allowed: snapshot.map { Set($0.allowed) })
    let study = RareDiseaseStudy(people, seed: seed)
    let isPublished = snapshot == nil
    let records = study.evidence(
      mechanisms: asserted, platform: isPublished ? .literature : .nationalBio,
      consent: snapshot?.id.hex ?? "published",
      minimumFamilies: isPublished ? minimumFamilies : max(minimumFamilies, 5))
    return Outcome(
      // Literature must cite; a case without a publication cannot.
      records: records.filter(\.faults.isEmpty), cases: people.cases.count,
      genes: study.genes.count, refused: people.refused, snapshot: snapshot)
  }

  private func read(allowed: Set<String>?) throws -> any RareCaseSource {
    switch source {
    case .tables(let individuals, let variants, let phenotypes):
      return try RareCaseTables(
        individuals: individuals, variants: variants, phenotypes: phenotypes, allowed: allowed)
    case .phenopackets(let path): return try Phenopackets(path: path, allowed: allowed)
    }
  }
}
