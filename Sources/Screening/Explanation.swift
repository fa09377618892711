import Entities

/// Why a compound ranks where it does, in words a chemist can check.
public struct Explanation: Sendable {
  private let endpoint: String
  private let unit: String
  private let screened: Int
  private let ranking: RankingRule

  /// Explains ranks in a library of `screened` compounds.
  /// - Parameters:
  ///   - endpoint: the endpoint's name, such as `pKi`.
  ///   - unit: its unit; empty for a dimensionless number.
  public init(endpoint: String, unit: String, screened: Int, ranking: RankingRule) {
    self.endpoint = endpoint
    self.unit = unit
    self.screened = screened
    self.ranking = ranking
  }

  /// The sentences for a candidate.
  /// - Parameters:
  ///   - position: its place among all screened compounds, from 1, before filters.
  ///   - groups: the parts of the structure that raise and lower the prediction most, as text.
  public func reason(for candidate: Candidate, position: Int, groups: String?) -> String {
    let prediction = candidate.prediction
    let share = 100 * Double(position) / Double(max(screened, 1))
    let by = ranking == .cautiousBound ? " by the cautious end of its interval" : ""
    let decimals = share >= 1 ? 1 : share >= 0.01 ? 3 : 5
    var sentences = [
      "Predicted \(endpoint) \(prediction.value.fixed(2)) (90 % \(prediction.lower.fixed(2))"
        + " to \(prediction.upper.fixed(2))), place \(position.grouped) of \(screened.grouped)"
        + " (top \(share.fixed(decimals)) %)\(by)."
    ]
    let nearest = candidate.nearest
    let closeness =
      switch nearest.similarity {
      case 0.7...: "a close analogue"
      case 0.4..<0.7: "a relative"
      default: "no close relative"
      }
    sentences.append(
      "Nearest measured: \(nearest.id) (\(closeness), Tanimoto \(nearest.similarity.fixed(2)))"
        + " with \(endpoint) \(nearest.value.fixed(2)).")
    if let groups { sentences.append(groups) }
    if !candidate.inDomain {
      sentences.append("Outside the model's applicability domain: treat the value as a guess.")
    }
    return sentences.joined(separator: " ")
  }
}
