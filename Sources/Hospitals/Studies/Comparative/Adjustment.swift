import Foundation
import Statistics

/// How people are made comparable by their propensity score.
public enum Adjustment: Hashable, Sendable {
  /// Each treated person with up to `ratio` of the nearest others, on the log odds and no farther
  /// than `caliper` of its standard deviations (Austin 2011: .2).
  case matching(ratio: Int, caliper: Double)
  /// Groups of the score with as many treated people each.
  case strata(Int)
  /// As they are; for what it is worth.
  case none
}

/// Which people are left out before.
public enum Trimming: Hashable, Sendable {
  /// None.
  case none
  /// Those whose preference score lies outside .3 to .7.
  case equipoise
  /// Those whose score no one of the other arm reaches.
  case commonSupport
}

/// People put into comparable sets.
public struct ComparableSets: Hashable, Sendable {
  /// Each row's set; nil for a row that is left out.
  public let sets: [Int?]
  /// How many rows are left out by trimming.
  public let trimmed: Int
  /// How many sets there are.
  public let count: Int
  /// Whether the sets are matches, each of a treated person and few others.
  public let isMatched: Bool

  /// Trims and groups.
  public init(
    _ model: PropensityModel, trimming: Trimming = .none, by adjustment: Adjustment
  ) throws(HospitalError) {
    let inside = Self.inside(model, trimming)
    trimmed = inside.count { !$0 }
    let rows = inside.indices.filter { inside[$0] }
    guard rows.contains(where: { model.isTreated[$0] }),
      rows.contains(where: { !model.isTreated[$0] })
    else { throw HospitalError("after trimming an arm is empty") }
    var sets = [Int?](repeating: nil, count: inside.count)
    if case .matching = adjustment { isMatched = true } else { isMatched = false }
    switch adjustment {
    case .none:
      for row in rows { sets[row] = 0 }
      count = 1
    case .strata(let number):
      guard (2...100).contains(number) else { throw HospitalError("strata are 2 to 100") }
      let scores = rows.filter { model.isTreated[$0] }.map { model.logits[$0] }.sorted()
      let cuts = (1..<number).compactMap {
        QuantileRule.linear.quantile(Double($0) / Double(number), ofSorted: scores)
      }
      for row in rows { sets[row] = cuts.count { $0 < model.logits[row] } }
      count = number
    case .matching(let ratio, let caliper):
      guard (1...100).contains(ratio), caliper > 0 else {
        throw HospitalError("matching takes 1 to 100 others and a caliper above 0")
      }
      let logits = rows.map { model.logits[$0] }
      let spread = (Moments.sampleVariance(logits) ?? 0).squareRoot()
      let pairs = GreedyMatching(
        treated: rows.filter { model.isTreated[$0] }.map { ($0, model.logits[$0]) },
        others: rows.filter { !model.isTreated[$0] }.map { ($0, model.logits[$0]) },
        caliper: caliper * spread, ratio: ratio)
      for (number, set) in pairs.sets.enumerated() {
        for row in set { sets[row] = number }
      }
      count = pairs.sets.count
      guard count > 0 else { throw HospitalError("no one has a match within the caliper") }
    }
    self.sets = sets
  }

  private static func inside(_ model: PropensityModel, _ trimming: Trimming) -> [Bool] {
    switch trimming {
    case .none: return model.logits.map { _ in true }
    case .equipoise: return model.preferences.map { (0.3...0.7).contains($0) }
    case .commonSupport:
      var bounds = (low: -Double.infinity, high: Double.infinity)
      for arm in [true, false] {
        let logits = zip(model.logits, model.isTreated).filter { $0.1 == arm }.map(\.0)
        bounds.low = max(bounds.low, logits.min() ?? 0)
        bounds.high = min(bounds.high, logits.max() ?? 0)
      }
      return model.logits.map { $0 >= bounds.low && $0 <= bounds.high }
    }
  }

  /// Each row's weight when covariates are compared: others count so that each set has as many of
  /// them as it has treated people; 0 for rows that are left out.
  public func weights(_ isTreated: [Bool]) -> [Double] {
    var sizes = [(treated: Double, others: Double)](repeating: (0, 0), count: count)
    for (row, set) in sets.enumerated() {
      guard let set else { continue }
      if isTreated[row] { sizes[set].treated += 1 } else { sizes[set].others += 1 }
    }
    return sets.enumerated().map { row, set in
      guard let set, sizes[set].treated > 0, sizes[set].others > 0 else { return 0 }
      return isTreated[row] ? 1 : sizes[set].treated / sizes[set].others
    }
  }
}
