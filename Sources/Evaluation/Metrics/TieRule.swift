/// In which order compounds with the same score count, where a metric asks who stands first.
///
/// The order of equal scores says nothing about the model, yet it can move an enrichment factor of
/// a coarse score by half its value. So the rule is part of the metric.
public enum TieRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// The exact mean over all orders inside the ties; the rule when nothing is said.
  case mean
  /// The order of the input, as RDKit's `ML.Scoring` does.
  case inputOrder
  /// Actives first: the best that luck could do.
  case activesFirst
  /// Actives last: the worst.
  case activesLast
}
