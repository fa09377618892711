/// A quantile of the population with Woodruff's interval.
public struct SurveyQuantile: Hashable, Sendable {
  /// The smallest value that at least this share of the population does not exceed.
  public let value: Double
  /// The values at the ends of the interval of the share.
  ///
  /// Woodruff, J. Am. Stat. Assoc. 1952; nil where it reaches below 0 or above 1, or no degree of
  /// freedom is left.
  public let interval: Interval?
  /// How many rows count.
  public let rows: Int
}

extension SurveyDesign {
  /// A quantile of the population.
  ///
  /// - Parameter share: above 0 and below 1; 0.5 is the median.
  /// - Complexity: O(rows log rows)
  public func quantile(
    _ share: Double, of values: [Double?], among domain: [Bool]? = nil, confidence: Double = 0.95
  ) throws(SurveyError) -> SurveyQuantile {
    precondition(share > 0 && share < 1, "a quantile lies between 0 and 1, not at \(share)")
    try check(.mean(values), domain)
    let isUsed = SurveyStatistic.used(values, weights, domain)
    let order = values.indices.filter { isUsed[$0] }
      .map { (value: values[$0] ?? 0, weight: weights[$0]) }
      .sorted { $0.value < $1.value }
    guard !order.isEmpty else { throw .undefined("nobody in the sample has a value") }
    let found = Self.point(share, order)
    let below = try estimate(.mean(values.map { $0.map { $0 <= found ? 1 : 0 } }), among: isUsed)
    var ends: Interval?
    if let reach = below.interval(confidence: confidence, by: .t), reach.lower >= 0,
      reach.upper <= 1
    {
      ends = Interval(
        lower: Self.point(reach.lower, order), upper: Self.point(reach.upper, order),
        confidence: confidence)
    }
    return SurveyQuantile(value: found, interval: ends, rows: order.count)
  }

  private static func point(_ share: Double, _ order: [(value: Double, weight: Double)]) -> Double {
    let whole = Moments.sum(order.lazy.map(\.weight))
    var sum = 0.0
    for row in order {
      sum += row.weight
      // A rounding in the last digit must not move the quantile to the next value.
      if sum >= share * whole * (1 - 1e-12) { return row.value }
    }
    return order[order.count - 1].value
  }
}
