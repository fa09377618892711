import Entities

/// Why a compound ranks where it does, in words a chemist can check.
public struct Explanation: Sendable {
  private let endpoint: String
  private let ranked: Int
  private let among: String
  private let ranking: RankingRule

  /// Explains ranks among `ranked` compounds.
  /// - Parameters:
  ///   - endpoint: the endpoint's name, such as `pKi`.
  ///   - onlyInDomain: whether these are the compounds inside the model's domain only.
  public init(endpoint: String, ranked: Int, onlyInDomain: Bool = false, ranking: RankingRule) {
    self.endpoint = endpoint
    self.ranked = ranked
    among = onlyInDomain ? " of those inside the domain" : ""
    self.ranking = ranking
  }

  /// The sentences for a candidate.
  /// - Parameter position: its place among the ranked compounds, from 1, before filters.
  public func reason(for candidate: Candidate, position: Int) -> String {
    let prediction = candidate.prediction
    let share = 100 * Double(position) / Double(max(ranked, 1))
    let decimals = share >= 1 ? 1 : share >= 0.01 ? 2 : 4
    let nearest = candidate.nearest
    let closeness =
      switch nearest.similarity {
      case 1...: "the same by its fingerprint,"
      case 0.7..<1: "its close analogue"
      case 0.4..<0.7: "its relative"
      default: "its nearest, no relative,"
      }
    // Of several tasks the compound may have been measured for others alone.
    let measured =
      nearest.value.isNaN
      ? "was not measured for \(endpoint)" : "has \(endpoint) \(nearest.value.fixed(2))"
    let place = "Place \(position.grouped) (top \(share.fixed(decimals)) %)\(among)"
    var sentences: [String] = []
    switch ranking {
    case .predictedValue:
      sentences.append("\(place) by its value.")
    case .cautiousBound:
      let bound = prediction.lower.fixed(2)
      sentences.append(
        "\(place): likely above \(bound).")
    case .optimisticBound:
      let bound = prediction.upper.fixed(2)
      sentences.append(
        "\(place): may reach \(bound).")
    }
    sentences.append(
      "\(nearest.id), \(closeness) \(measured) (Tanimoto \(nearest.similarity.fixed(2))).")
    if !candidate.inDomain { sentences.append("Outside the domain: a guess.") }
    return sentences.joined(separator: " ")
  }
}
