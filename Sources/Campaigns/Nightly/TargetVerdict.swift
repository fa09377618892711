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
  /// Lines of evidence that could not be read.
  public let unread: Int
  /// The files of evidence.
  public let inputs: [Artifact]

  /// Whether the list is kept back: its target must not be moved this way, or what could say so
  /// cannot be read.
  public var isWithholding: Bool { decision == TargetDecision.noGo.rawValue || unread > 0 }

  /// The verdict in a sentence, such as "LDLR is no-go for EFO:0004611: it must not be inhibited".
  public var sentence: String {
    "\(gene) is \(decision) for \(disease)"
      + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
  }

  /// Whether it says the same; files may have other bytes and say it still.
  func says(theSameAs other: TargetVerdict) -> Bool {
    (gene, disease, modulation, decision) == (
      other.gene, other.disease, other.modulation, other.decision
    ) && (reasons, isWithholding) == (other.reasons, other.isWithholding)
  }

  /// Reads the evidence and ranks the disease's targets.
  ///
  /// A target that no evidence speaks of is held where some did the night before, since that may
  /// have been withdrawn; where none ever did, it is an error of the plan.
  init(_ asked: NightPlan.Evidence, before: TargetVerdict?) throws {
    let campaign = TargetCampaign(
      evidence: asked.files, disease: asked.disease, wanted: asked.modulation)
    let wasKnown = (before?.gene, before?.disease) == (asked.gene, asked.disease)
    var found: TargetCampaign.Outcome?
    do { found = try campaign.run() } catch EvidenceError.unknownDisease where wasKnown {}
    let target = found?.targets.first { $0.target.symbol == asked.gene }
    guard target != nil || wasKnown else {
      let known = (found?.targets ?? []).map(\.target.symbol).sorted()
      throw NightError.missing(
        "no evidence on \(asked.disease) speaks of \(asked.gene)"
          + Suggestion.among(known, for: asked.gene))
    }
    gene = asked.gene
    disease = asked.disease
    modulation = asked.modulation.rawValue
    decision = (target?.decision ?? .hold).rawValue
    // Counted apart where nothing is found: the line that cannot be read may be the only one.
    unread =
      try found?.refused
      ?? asked.files.reduce(0) {
        try $0 + EvidenceFile(at: $1).read().refused.count
      }
    reasons =
      (unread > 0 ? ["lines of evidence that cannot be read: \(unread)"] : [])
      + (target?.reasons ?? ["no evidence speaks of it"])
    inputs = try asked.files.map { try Artifact(fileAt: $0) }
  }
}
