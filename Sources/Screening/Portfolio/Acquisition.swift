import Entities
import Foundation

/// What decides which compounds are measured next.
public enum Acquisition: String, Codable, CaseIterable, Sendable {
  /// The highest predictions: the most is found now.
  case greedy
  /// The highest far end of the 90 % interval: what may be best, and teaches (Auer 2002).
  case optimistic
  /// A draw from each prediction, the highest draws: each is taken as often as it is thought to be the
  /// best (Thompson 1933).
  case thompson
  /// The most series with a compound likely to be active, as a portfolio.
  case diverse

  /// The order in which a library is walked for candidates.
  public var ranking: RankingRule { self == .greedy ? .predictedValue : .optimisticBound }

  /// How many candidates are looked at for each compound that is chosen.
  public var candidates: Int { self == .greedy || self == .optimistic ? 1 : 20 }

  /// The chosen hits, in their order, of candidates in theirs.
  ///
  /// - Parameters:
  ///   - curve: how likely a compound is to be active.
  ///   - noise: a draw from the standard normal distribution for an identifier, the same each time.
  public func choose(
    _ count: Int, of hits: [Hit], curve: ChanceOfActivity, noise: (String) -> Double
  ) -> [Hit] {
    switch self {
    case .greedy, .optimistic: return Array(hits.prefix(count))
    case .thompson:
      let sign = curve.goal == .maximise ? 1.0 : -1
      let drawn = hits.map { hit in
        (hit, sign * hit.prediction.value + hit.prediction.uncertainty * noise(hit.id))
      }
      return drawn.sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }.prefix(count).map(\.0)
    case .diverse:
      let candidates = hits.map {
        Portfolio.Candidate(
          id: $0.id, target: 0, chance: curve.chance(of: $0.prediction), series: $0.scaffold)
      }
      let rules = Portfolio.Rules(weights: [1], count: count, diversity: 1)
      let known = Dictionary(hits.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
      return Portfolio(candidates, rules: rules).chosen.compactMap { known[$0] }
    }
  }
}
