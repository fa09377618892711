/// What decides a list of hits, and can be another one the next time.
public enum ChangeFactor: String, Codable, CaseIterable, Comparable, Sendable {
  /// The compounds and their stored structures.
  case library
  /// The predictor, with the measurements it learned from.
  case model
  /// The filters, the ranking rule and how many compounds are named.
  case plan
  /// What is known of the target: whether the list is offered at all.
  case evidence

  /// Orders by declaration.
  public static func < (left: Self, right: Self) -> Bool {
    let all = allCases
    return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
  }
}

/// A whole change, split into what each factor did.
///
/// With several factors changed at once the share of one depends on which of the others is thought
/// to have changed before it. Averaged over all orders this is Shapley's value (Shapley, A value for
/// n-person games, 1953): the parts add up to the whole change, and equal roles get equal parts.
public enum Attribution {
  /// The part of each factor in `value(all) − value(none)`.
  ///
  /// - Parameters:
  ///   - factors: those that changed.
  ///   - value: the quantity where the factors of the set are the new ones and the rest the old.
  /// - Complexity: 2ⁿ values for n factors.
  public static func parts(
    of factors: [ChangeFactor], _ value: (Set<ChangeFactor>) -> Double
  ) -> [ChangeFactor: Double] {
    let factors = Set(factors).sorted()
    let worlds = subsets(of: factors)
    let values = Dictionary(uniqueKeysWithValues: worlds.map { ($0, value($0)) })
    var parts: [ChangeFactor: Double] = [:]
    for factor in factors {
      var part = 0.0
      for world in worlds where !world.contains(factor) {
        let before = world.count
        let weight =
          factorial(before) * factorial(factors.count - before - 1) / factorial(factors.count)
        part += weight * ((values[world.union([factor])] ?? 0) - (values[world] ?? 0))
      }
      parts[factor] = part
    }
    return parts
  }

  /// Every set of factors, the empty one first.
  public static func subsets(of factors: [ChangeFactor]) -> [Set<ChangeFactor>] {
    var all: [Set<ChangeFactor>] = [[]]
    for factor in factors { all += all.map { $0.union([factor]) } }
    return all
  }

  private static func factorial(_ number: Int) -> Double {
    number < 2 ? 1 : (2...number).reduce(1.0) { $0 * Double($1) }
  }
}
