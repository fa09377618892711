import Campaigns
import Entities
import Foundation
import Screening
import Statistics

/// One plate to be filled from offers within a number of wells and, where there are prices, a budget.
struct Plate {
  /// What decides.
  enum Way: String, CaseIterable {
    /// The portfolio asked for actives alone.
    case portfolio
    /// The portfolio as it is unless somebody asks for something else.
    case diverse
    /// The highest predictions.
    case greedy
    /// Each target's highest predictions in turn; of one target the same.
    case turns
    /// The highest predictions for the money.
    case bargain
    /// The cheapest.
    case cheapest
    /// Chance; the mean of many.
    case random
  }

  let offers: [Offer]
  let curves: [ChanceOfActivity]
  let wells: Int
  let isPriced: Bool
  let budget: Double?
  let draw: Int

  /// How many were chosen, their cost, actives, series with an active; of portfolios what was expected.
  func cells(_ way: Way) -> [String] {
    switch way {
    case .portfolio: portfolio(diversity: 0)
    case .diverse: portfolio(diversity: Portfolio.Rules(weights: [], count: 0).diversity)
    case .greedy: cells(walk(sorted { $0.value }))
    case .turns: cells(walk(turns))
    case .bargain: cells(walk(sorted { $0.value / price($0) }))
    case .cheapest: cells(walk(sorted { -price($0) }))
    case .random: random(times: 20)
    }
  }

  private func price(_ offer: Offer) -> Double { isPriced ? offer.price : 1 }

  /// The best first; ties by identifier, in whose order the offers stand.
  private func sorted(_ score: (Offer) -> Double) -> [Int] {
    let scores = offers.map(score)
    return offers.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
  }

  private var turns: [Int] {
    var ranks = [Int](repeating: 0, count: curves.count)
    let order = sorted { $0.value }.map { place in
      ranks[offers[place].target] += 1
      return (place: place, rank: ranks[offers[place].target])
    }
    return order.sorted { ($0.rank, offers[$0.place].target) < ($1.rank, offers[$1.place].target) }
      .map(\.place)
  }

  /// Takes in order what can still be paid.
  private func walk(_ order: [Int]) -> [Int] {
    var (chosen, spent) = ([Int](), 0.0)
    for place in order where chosen.count < wells {
      let cost = price(offers[place])
      if let budget, spent + cost > budget { continue }
      chosen.append(place)
      spent += cost
    }
    return chosen
  }

  private func portfolio(diversity: Double) -> [String] {
    let candidates = offers.map { offer in
      Portfolio.Candidate(
        id: offer.id, target: offer.target,
        chance: offer.curve.chance(of: offer.compound.tested.prediction),
        series: offer.compound.scaffold, cost: price(offer))
    }
    let rules = Portfolio.Rules(
      weights: curves.map { _ in 1 }, count: wells, budget: budget, diversity: diversity)
    let names = Set(Portfolio(candidates, rules: rules).chosen)
    let chosen = offers.indices.filter { names.contains(offers[$0].id) }
    let count = ActiveCount(
      curves.enumerated().map { number, curve in
        (
          curve: curve,
          distances: chosen.filter { offers[$0].target == number }
            .map { curve.distance(of: offers[$0].compound.tested.prediction) }
        )
      })
    let interval = count.interval(0.9)
    return cells(
      chosen, [count.expected, Double(interval.lowerBound), Double(interval.upperBound)])
  }

  private func random(times: Int) -> [String] {
    var random = Xoshiro256(seed: UInt64(draw))
    var sums = [Double](repeating: 0, count: 4)
    for _ in 0..<times {
      let chosen = walk(Array(offers.indices).shuffled(using: &random))
      for (number, value) in numbers(chosen).enumerated() { sums[number] += value }
    }
    return sums.map { "\($0 / Double(times))" } + ["", "", ""]
  }

  private func cells(_ chosen: [Int], _ expected: [Double] = []) -> [String] {
    numbers(chosen).map { "\($0)" }
      + (expected.isEmpty ? ["", "", ""] : expected.map { "\($0)" })
  }

  private func numbers(_ chosen: [Int]) -> [Double] {
    let active = chosen.filter { offers[$0].isActive }
    // As in the portfolio, a compound without a scaffold is a series of its own.
    let series = Set(
      active.map { place in
        let scaffold = offers[place].compound.scaffold
        return "\(offers[place].target) \(scaffold.isEmpty ? offers[place].id : scaffold)"
      })
    return [
      Double(chosen.count), chosen.reduce(0) { $0 + price(offers[$1]) }, Double(active.count),
      Double(series.count),
    ]
  }
}
