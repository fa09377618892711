/// What is asked of a sample; a value that is missing leaves its row out.
public enum SurveyStatistic: Sendable {
  /// The sum over the population.
  case total([Double?])
  /// The mean over the population.
  case mean([Double?])
  /// The first sum by the second, over rows that have both.
  case ratio([Double?], over: [Double?])
  /// Means within groups, put together by fixed shares of the groups: direct standardisation.
  /// `groups` holds a row's group as its place in `shares`; nil leaves the row out.
  case standardised([Double?], groups: [Int?], shares: [Double])

  /// Its value by some weights, and each row's weighted share in its sampling error: the weight
  /// times the derivative of the value by the weight.
  func linearised(
    _ weights: [Double], _ domain: [Bool]?
  ) throws(SurveyError) -> (value: Double, scores: [Double], isUsed: [Bool]) {
    switch self {
    case .total(let values):
      let isUsed = Self.used(values, weights, domain)
      let scores = values.indices.map { isUsed[$0] ? weights[$0] * (values[$0] ?? 0) : 0 }
      return (Moments.sum(scores), scores, isUsed)
    case .mean(let values):
      return try Self.mean(values, weights, Self.used(values, weights, domain))
    case .ratio(let above, let below):
      let both = zip(above, below).map { $0 == nil ? nil : $1 }
      let isUsed = Self.used(both, weights, domain)
      let rows = above.indices.filter { isUsed[$0] }
      let sum = Moments.sum(rows.lazy.map { weights[$0] * (below[$0] ?? 0) })
      guard sum != 0 else { throw .undefined("a ratio over a sum of 0 is not defined") }
      let value = Moments.sum(rows.lazy.map { weights[$0] * (above[$0] ?? 0) }) / sum
      var scores = [Double](repeating: 0, count: above.count)
      for row in rows {
        scores[row] = weights[row] * ((above[row] ?? 0) - value * (below[row] ?? 0)) / sum
      }
      return (value, scores, isUsed)
    case .standardised(let values, let groups, let shares):
      return try Self.standardised(values, groups, shares, weights, domain)
    }
  }

  private static func standardised(
    _ values: [Double?], _ groups: [Int?], _ shares: [Double], _ weights: [Double],
    _ domain: [Bool]?
  ) throws(SurveyError) -> (value: Double, scores: [Double], isUsed: [Bool]) {
    let known = zip(values, groups).map { $1 == nil ? nil : $0 }
    let isUsed = used(known, weights, domain)
    let whole = Moments.sum(shares)
    var value = 0.0
    var scores = [Double](repeating: 0, count: values.count)
    for (group, share) in shares.enumerated() where share > 0 {
      let inside = groups.indices.map { isUsed[$0] && groups[$0] == group }
      guard inside.contains(true) else {
        throw .undefined(
          "group \(group + 1) of the standard population has nobody in the sample; merge groups")
      }
      let found = try mean(values, weights, inside)
      value += share / whole * found.value
      for row in inside.indices where inside[row] {
        scores[row] = share / whole * found.scores[row]
      }
    }
    return (value, scores, isUsed)
  }

  private static func mean(
    _ values: [Double?], _ weights: [Double], _ isUsed: [Bool]
  ) throws(SurveyError) -> (value: Double, scores: [Double], isUsed: [Bool]) {
    let rows = values.indices.filter { isUsed[$0] }
    let sum = Moments.sum(rows.lazy.map { weights[$0] })
    guard sum > 0 else { throw .undefined("nobody in the sample has a value") }
    let value = Moments.sum(rows.lazy.map { weights[$0] * (values[$0] ?? 0) }) / sum
    var scores = [Double](repeating: 0, count: values.count)
    for row in rows { scores[row] = weights[row] * ((values[row] ?? 0) - value) / sum }
    return (value, scores, isUsed)
  }

  /// Rows that count: in the domain, with a value, with a weight.
  static func used(_ values: [Double?], _ weights: [Double], _ domain: [Bool]?) -> [Bool] {
    values.indices.map { values[$0] != nil && weights[$0] > 0 && domain?[$0] ?? true }
  }

  /// How many values it holds.
  var count: Int {
    switch self {
    case .total(let values), .mean(let values), .ratio(let values, _),
      .standardised(let values, _, _):
      values.count
    }
  }
}
