import Entities
import Foundation
public import Provenance
import TargetEvidence

/// What the evidence says on a night of the target that a list is for.
public struct TargetVerdict: Codable, Hashable, Sendable {
  /// The target's symbol.
  public let gene: String
  /// The disease's identifier.
  public let disease: String
  /// What the list's compounds do to the target.
  public let modulation: String
  /// Go, hold or no-go.
  public let decision: String
  /// Why, in sentences.
  public let reasons: [String]
  /// The files of evidence.
  public let inputs: [Artifact]

  /// Whether the list is kept back: its target must not be moved this way.
  public var isWithholding: Bool { decision == TargetDecision.noGo.rawValue }

  /// The verdict in a sentence, such as "LDLR is no-go for EFO:0004611: it must not be inhibited".
  public var sentence: String {
    "\(gene) is \(decision) for \(disease)"
      + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
  }

  /// Whether it says the same; files may have other bytes and say it still.
  func says(theSameAs other: TargetVerdict) -> Bool {
    (gene, disease, modulation, decision) == (
      other.gene, other.disease, other.modulation, other.decision
    ) && reasons == other.reasons
  }

  /// Reads the evidence and ranks the disease's targets.
  ///
  /// A target that no evidence speaks of is held, since what spoke of it may have been withdrawn.
  /// A disease that no evidence speaks of and never did is an error of the plan.
  init(_ asked: NightPlan.Evidence, before: TargetVerdict?) throws {
    let campaign = TargetCampaign(
      evidence: asked.files, disease: asked.disease, wanted: asked.modulation)
    var target: RankedTarget?
    do {
      target = try campaign.run().targets.first { $0.target.symbol == asked.gene }
    } catch EvidenceError.unknownDisease where before?.disease == asked.disease {}
    gene = asked.gene
    disease = asked.disease
    modulation = asked.modulation.rawValue
    decision = (target?.decision ?? .hold).rawValue
    reasons = target?.reasons ?? ["no evidence speaks of it"]
    inputs = try asked.files.map { try Artifact(fileAt: $0) }
  }
}
