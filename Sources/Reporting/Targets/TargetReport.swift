public import Entities
import Statistics
public import TargetEvidence

/// The targets of a disease, for a reader who must choose one.
public struct TargetReport: Sendable {
  /// The disease.
  public var disease: EvidenceDisease
  /// What the screen looks for; nil for any direction.
  public var wanted: Modulation?
  /// The targets, in their order.
  public var targets: [RankedTarget]
  /// Names and digests of what was read, and how to repeat it.
  public var provenance: [(name: String, value: String)]

  /// Describes a report.
  public init(
    disease: EvidenceDisease, wanted: Modulation?, targets: [RankedTarget],
    provenance: [(name: String, value: String)]
  ) {
    self.disease = disease
    self.wanted = wanted
    self.targets = targets
    self.provenance = provenance
  }

  /// The header of the table.
  public static let columns = [
    "rank", "target", "decision", "required_modulation", "score", "relative_success",
    "relative_success_lo", "relative_success_hi", "support_inhibit", "support_activate",
    "support_unknown", "evidence", "provenance", "reasons", "detours",
  ]

  /// The table, one row a target.
  public var rows: [[String]] {
    targets.enumerated().map { place, target in
      func number(_ value: Double?) -> String {
        value.map { NumberText.plain($0, decimals: 4) } ?? ""
      }
      let success = target.relativeSuccess
      return [
        "\(place + 1)", target.target.symbol, target.decision.rawValue, target.modulation.rawValue,
        number(target.score), number(success?.value), number(success?.interval.lower),
        number(success?.interval.upper), number(target.support[.inhibit]),
        number(target.support[.activate]), number(target.support[.unknown]),
        "\(target.evidence.count)", target.reality, target.reasons.joined(separator: "; "),
        target.detours.map { "\($0.modulation.rawValue) \($0.target) (\($0.edge.citation))" }
          .joined(separator: "; "),
      ]
    }
  }

  /// The report as one self-contained HTML page; every text of it is escaped.
  public func html() -> String { TargetPage(report: self).markup().html }
}
