import Foundation
import Testing

@testable import Screening

@Suite struct PortfolioTests {
  /// Small choices of which every subset can be looked at.
  private struct Case {
    var candidates: [Portfolio.Candidate] = []
    var rules = Portfolio.Rules(weights: [1, 0.4], count: 3)

    init(seed: UInt64, costs: Bool) {
      var state = seed
      func draw(_ bound: UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % bound
      }
      for number in 0..<9 {
        let cost = costs ? Double(1 + draw(4)) : 1
        for target in 0..<2 where draw(4) > 0 {
          candidates.append(
            Portfolio.Candidate(
              id: "c\(number)", target: target, chance: Double(draw(1_000)) / 1_000,
              series: "s\(draw(3))", cost: cost))
        }
      }
      rules.diversity = Double(draw(11)) / 10
      if costs {
        rules.budget = 6
        rules.count = 9
      }
    }

    /// The best worth of all allowed subsets.
    var best: Double {
      let ids = Set(candidates.map(\.id)).sorted()
      let costs = Dictionary(
        candidates.map { ($0.id, $0.cost) }, uniquingKeysWith: { one, _ in one })
      return (0..<(1 << ids.count)).reduce(0) { best, bits in
        let chosen = ids.indices.filter { bits >> $0 & 1 == 1 }.map { ids[$0] }
        let cost = chosen.reduce(0) { $0 + costs[$1, default: 0] }
        guard chosen.count <= rules.count, cost <= rules.budget ?? .infinity else { return best }
        return max(best, Portfolio.worth(of: Set(chosen), among: candidates, rules: rules))
      }
    }
  }

  @Test("the choice is within its guarantee of the best of all", arguments: [false, true])
  func guarantee(costs: Bool) {
    var ratios: [Double] = []
    for seed in 1..<60 {
      let trial = Case(seed: UInt64(seed), costs: costs)
      let choice = Portfolio(trial.candidates, rules: trial.rules)
      let best = trial.best
      #expect(choice.worth <= best + 1e-12)
      #expect(choice.worth >= best * (costs ? 0.5 : 1) * (1 - exp(-1)) - 1e-12, "seed \(seed)")
      #expect(choice.chosen.count <= trial.rules.count && choice.cost <= trial.rules.budget ?? 9)
      #expect(Set(choice.chosen).count == choice.chosen.count)
      if best > 0 { ratios.append(choice.worth / best) }
    }
    // In practice it is far closer than the guarantee.
    #expect(ratios.reduce(0, +) / Double(ratios.count) > 0.97)
  }

  @Test func `the order in which candidates come does not matter`() {
    let trial = Case(seed: 7, costs: true)
    let forth = Portfolio(trial.candidates, rules: trial.rules)
    let back = Portfolio(trial.candidates.reversed(), rules: trial.rules)
    #expect(forth.chosen == back.chosen)
  }

  @Test func `diversity passes by the second of a series for a weaker one of another`() {
    let candidates = [("a", 0.9, "x"), ("b", 0.8, "x"), ("c", 0.3, "y")].map {
      Portfolio.Candidate(id: $0.0, target: 0, chance: $0.1, series: $0.2)
    }
    func chosen(_ diversity: Double) -> [String] {
      Portfolio(candidates, rules: .init(weights: [1], count: 2, diversity: diversity)).chosen
    }
    #expect(chosen(0) == ["a", "b"])
    #expect(chosen(1) == ["a", "c"])
  }

  @Test func `a compound without a scaffold is a series of its own`() {
    let candidates = ["a", "b"].map {
      Portfolio.Candidate(id: $0, target: 0, chance: 0.5, series: "")
    }
    let rules = Portfolio.Rules(weights: [1], count: 2, diversity: 1)
    #expect(Portfolio(candidates, rules: rules).worth == 1)
  }

  @Test func `money is not spent on what has no chance, nor for a target without weight`() {
    let candidates = [
      Portfolio.Candidate(id: "hopeless", target: 0, chance: 0, series: "x"),
      Portfolio.Candidate(id: "weightless", target: 1, chance: 0.9, series: "y"),
    ]
    let choice = Portfolio(candidates, rules: .init(weights: [1, 0], count: 5))
    #expect(choice.chosen.isEmpty && choice.worth == 0 && choice.cost == 0)
  }
}

@Suite struct ActiveCountTests {
  private func curve(_ covariance: [Double] = [0, 0, 0]) -> ChanceOfActivity {
    ChanceOfActivity(
      threshold: 7, goal: .maximise, intercept: -0.5, slope: 1.2, covariance: covariance)
  }

  @Test func `it is the sum over all outcomes`() {
    let distances = [-1.0, 0, 0.4, 2]
    let chances = distances.map { 1 / (1 + exp(0.5 - 1.2 * $0)) }
    var expected = [Double](repeating: 0, count: 5)
    for bits in 0..<16 {
      let probability = chances.enumerated().reduce(1.0) { product, item in
        product * (bits >> item.offset & 1 == 1 ? item.element : 1 - item.element)
      }
      expected[bits.nonzeroBitCount] += probability
    }
    let count = ActiveCount([(curve(), distances)])
    for (found, wanted) in zip(count.probabilities, expected) {
      #expect(abs(found - wanted) < 1e-14)
    }
    #expect(abs(count.expected - chances.reduce(0, +)) < 1e-14)
  }

  @Test func `a curve that is unsure widens the interval, whatever the number of compounds`() {
    let distances = [Double](repeating: 0, count: 400)
    let sure = ActiveCount([(curve(), distances)]).interval(0.9)
    let unsure = ActiveCount([(curve([0.25, 0, 0]), distances)]).interval(0.9)
    #expect(sure.count < 40)
    #expect(unsure.count > 120)
    #expect(unsure.lowerBound < sure.lowerBound && unsure.upperBound > sure.upperBound)
  }

  @Test func `counts of two targets add up, and of nothing there are none`() {
    let one = ActiveCount([(curve(), [0.3, 1])])
    let other = ActiveCount([(curve(), [-1])])
    let both = ActiveCount([(curve(), [0.3, 1]), (curve(), [-1])])
    #expect(abs(both.expected - one.expected - other.expected) < 1e-14)
    #expect(ActiveCount([]).expected == 0)
    #expect(ActiveCount([]).interval(0.9) == 0...0)
  }

  @Test func `the usual curve is nearly the normal distribution`() {
    let plain = ChanceOfActivity(threshold: 6, goal: .maximise)
    for step in -30...30 {
      let z = Double(step) / 10
      let normal = 0.5 * erfc(-z / 2.0.squareRoot())
      #expect(abs(plain.chance(atDistance: z) - normal) < 0.0096)
    }
  }
}
