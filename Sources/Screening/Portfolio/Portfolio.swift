/// Which compounds to buy for several targets from one budget.
///
/// The worth of a choice is Σ over targets of weight × ((1 − d) × expected actives + d × expected
/// active series), where a series is a Murcko scaffold and d the wish for diversity. It grows with every
/// compound, and the less the more there are of its series: a submodular function, for which taking
/// the best next one each time reaches at least 1 − 1/e of the optimum at equal costs (Nemhauser,
/// Wolsey & Fisher 1978); with unequal costs the better of two such walks, by worth and by worth for
/// the money, reaches half of that (Leskovec et al. 2007). No compound is taken whose worth is 0: a
/// budget is not spent for its own sake.
public struct Portfolio: Hashable, Sendable {
  /// A compound that may be bought for a target.
  public struct Candidate: Hashable, Sendable {
    /// Its identifier, one compound under two targets is bought once and counts for both.
    public let id: String
    /// The target, by its place among the weights.
    public let target: Int
    /// How likely it is to be active there.
    public let chance: Double
    /// Its series; a compound without a scaffold is a series of its own.
    public let series: String
    /// What it costs, in the budget's unit.
    public let cost: Double

    /// Describes a candidate.
    public init(id: String, target: Int, chance: Double, series: String, cost: Double = 1) {
      precondition((0...1).contains(chance), "a chance of \(chance)")
      precondition(cost > 0, "a cost of \(cost)")
      self.id = id
      self.target = target
      self.chance = chance
      self.series = series.isEmpty ? "\u{0}\(id)" : series
      self.cost = cost
    }
  }

  /// What may be spent, and on what.
  public struct Rules: Hashable, Sendable {
    /// How much the targets matter against one another, by their place.
    public var weights: [Double]
    /// The most compounds, such as the wells of a plate.
    public var count: Int
    /// The most money; nil where only the count limits.
    public var budget: Double?
    /// 0 counts actives, 1 counts series with an active.
    public var diversity: Double

    /// Describes rules.
    public init(weights: [Double], count: Int, budget: Double? = nil, diversity: Double = 0.5) {
      precondition(weights.allSatisfy { $0 >= 0 }, "weights are not negative")
      precondition((0...1).contains(diversity), "diversity is 0 to 1")
      self.weights = weights
      self.count = count
      self.budget = budget
      self.diversity = diversity
    }
  }

  /// The compounds bought, in the order in which they were taken.
  public let chosen: [String]
  /// Their worth.
  public let worth: Double
  /// What they cost together.
  public let cost: Double

  /// Chooses; ties go to the identifier that sorts first, so that the order given does not matter.
  ///
  /// - Complexity: O(n × k) evaluations at worst for n compounds and k taken; few in practice, since a
  ///   gain computed earlier is an upper bound (Minoux 1978).
  public init(_ candidates: [Candidate], rules: Rules) {
    var best: Walk?
    for isByMoney in [false, true] {
      var walk = Walk(candidates, rules)
      walk.run(isByMoney: isByMoney)
      if best.map({ walk.worth > $0.worth }) ?? true { best = walk }
      if Set(candidates.map(\.cost)).count < 2 { break }
    }
    chosen = best?.chosen ?? []
    worth = best?.worth ?? 0
    cost = best?.spent ?? 0
  }

  /// The worth of any choice, for comparison.
  public static func worth(
    of ids: Set<String>, among candidates: [Candidate], rules: Rules
  ) -> Double {
    var walk = Walk(candidates, rules)
    for id in ids.sorted() where walk.compounds[id] != nil { walk.take(id) }
    return walk.worth
  }
}

/// One walk of the greedy choice.
private struct Walk {
  /// A series of one target.
  struct Series: Hashable {
    let target: Int, name: String
  }

  let compounds: [String: [Portfolio.Candidate]]
  let rules: Portfolio.Rules
  var chosen: [String] = []
  var worth = 0.0
  var spent = 0.0
  /// The chance that none of a series' compounds taken so far is active.
  var barren: [Series: Double] = [:]

  init(_ candidates: [Portfolio.Candidate], _ rules: Portfolio.Rules) {
    precondition(
      candidates.allSatisfy { rules.weights.indices.contains($0.target) },
      "a weight for every target")
    compounds = Dictionary(grouping: candidates, by: \.id)
    self.rules = rules
  }

  /// What a compound would add.
  func gain(_ id: String) -> Double {
    (compounds[id] ?? []).reduce(0) { sum, candidate in
      let empty = barren[Series(target: candidate.target, name: candidate.series), default: 1]
      let share = 1 - rules.diversity + rules.diversity * empty
      return sum + rules.weights[candidate.target] * candidate.chance * share
    }
  }

  func cost(_ id: String) -> Double { compounds[id]?.first?.cost ?? 0 }

  mutating func take(_ id: String) {
    worth += gain(id)
    spent += cost(id)
    chosen.append(id)
    for candidate in compounds[id] ?? [] {
      let series = Series(target: candidate.target, name: candidate.series)
      barren[series, default: 1] *= 1 - candidate.chance
    }
  }

  mutating func run(isByMoney: Bool) {
    func rate(_ gain: Double, _ id: String) -> Double { isByMoney ? gain / cost(id) : gain }
    // Worth first, then the name; stale gains are upper bounds.
    var waiting = compounds.keys.map { (id: $0, rate: rate(gain($0), $0)) }
    func isBefore(_ a: (id: String, rate: Double), _ b: (id: String, rate: Double)) -> Bool {
      a.rate == b.rate ? a.id < b.id : a.rate > b.rate
    }
    waiting.sort(by: isBefore)
    while chosen.count < rules.count, let top = waiting.first {
      waiting.removeFirst()
      if let budget = rules.budget, spent + cost(top.id) > budget * (1 + 1e-12) { continue }
      let fresh = (id: top.id, rate: rate(gain(top.id), top.id))
      guard fresh.rate > 0 else { continue }
      if let next = waiting.first, isBefore(next, fresh) {
        let place = waiting.firstIndex { !isBefore($0, fresh) } ?? waiting.endIndex
        waiting.insert(fresh, at: place)
      } else {
        take(top.id)
      }
    }
  }
}
