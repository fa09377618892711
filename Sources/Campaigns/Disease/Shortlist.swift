public import Screening
import TargetEvidence

/// The compounds to buy for a disease, and what may be expected of them.
public struct Shortlist: Sendable {
  /// A compound, with what is known of it for each target that it was chosen for.
  public struct Entry: Sendable {
    /// Its place in the order of choice, from 1.
    public let place: Int
    /// The compound's identifier and structure.
    public let id: String, smiles: String
    /// Its roles, by the targets' places among the screens; the likeliest first.
    public let roles: [Role]
  }

  /// What a compound is for a target.
  public struct Role: Sendable {
    /// The screen, by its place.
    public let screen: Int
    /// The hit of that screen.
    public let hit: Hit
    /// How likely it is to be active.
    public let chance: Double
  }

  /// The compounds, in the order in which they were chosen.
  public let entries: [Entry]
  /// How many pairs of compound and target will be active.
  public let actives: ActiveCount
  /// The same for each screen.
  public let perTarget: [ActiveCount]
  /// How many the best by the predicted value alone would bring, with the same money.
  public let greedyExpected: Double
  /// What the compounds cost.
  public let cost: Double

  init(of screens: [DiseaseScreen.TargetScreen], _ plan: DiseaseScreen.Plan) {
    var roles: [String: [Role]] = [:]
    var candidates: [Portfolio.Candidate] = []
    for (number, screen) in screens.enumerated() {
      for hit in screen.outcome.hits {
        let chance = screen.curve.chance(of: hit.prediction)
        roles[hit.id, default: []].append(Role(screen: number, hit: hit, chance: chance))
        candidates.append(
          Portfolio.Candidate(
            id: hit.id, target: number, chance: chance, series: hit.scaffold, cost: plan.price))
      }
    }
    let strongest = screens.map(\.target.score).max() ?? 1
    let rules = Portfolio.Rules(
      weights: screens.map { $0.target.score / max(strongest, 1e-9) }, count: plan.count,
      budget: plan.budget, diversity: plan.diversity)
    let choice = Portfolio(candidates, rules: rules)
    entries = choice.chosen.enumerated().map { place, id in
      let own = (roles[id] ?? []).sorted { ($1.chance, $0.screen) < ($0.chance, $1.screen) }
      return Entry(place: place + 1, id: id, smiles: own.first?.hit.smiles ?? "", roles: own)
    }
    cost = choice.cost
    let chosen = Set(choice.chosen)
    let groups = screens.map { screen in
      (
        curve: screen.curve,
        distances: screen.outcome.hits.filter { chosen.contains($0.id) }
          .map { screen.curve.distance(of: $0.prediction) }
      )
    }
    actives = ActiveCount(groups)
    perTarget = groups.map { ActiveCount([$0]) }
    greedyExpected = Self.greedy(screens, choice.chosen.count)
  }

  /// What the same number of compounds would bring if each target gave its best by value in turn.
  private static func greedy(_ screens: [DiseaseScreen.TargetScreen], _ count: Int) -> Double {
    guard !screens.isEmpty else { return 0 }
    return screens.enumerated().reduce(0) { sum, entry in
      let (number, screen) = entry
      let share = count / screens.count + (number < count % screens.count ? 1 : 0)
      return sum
        + screen.outcome.hits.prefix(share).reduce(0) {
          $0 + screen.curve.chance(of: $1.prediction)
        }
    }
  }
}
