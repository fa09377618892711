/// A rule that carries a yearly series on.
public enum ForecastMethod: String, Codable, CaseIterable, Hashable, Sendable {
  /// The last value, for every year to come; what all others must beat.
  case lastValue = "last-value"
  /// The last value and the mean yearly change since the first.
  case drift
  /// A level and a trend that fades; see ``DampedTrend``.
  case dampedTrend = "damped-trend"
  /// Growth by a constant factor over all years; see ``NegativeBinomialTrend``.
  case negativeBinomial = "negative-binomial"
  /// The same over the last ten years.
  case recentNegativeBinomial = "negative-binomial-10"
  /// An S-curve of all that was counted so far; see ``LogisticCurve``.
  case logistic

  /// The fewest values it can be fitted to.
  public var minimumCount: Int {
    switch self {
    case .lastValue: 1
    case .drift: 2
    case .negativeBinomial: 4
    case .dampedTrend, .logistic: 6
    case .recentNegativeBinomial: 10
    }
  }

  /// The values of the next years, never below 0; nil where it cannot be fitted.
  ///
  /// - Parameter values: one for each year, the oldest first, not negative.
  public func forecast(_ values: [Double], horizon: Int) -> [Double]? {
    precondition(horizon >= 1, "a horizon of \(horizon)")
    precondition(values.allSatisfy { $0 >= 0 && $0.isFinite }, "counts are not negative")
    guard values.count >= minimumCount, let first = values.first, let last = values.last else {
      return nil
    }
    let steps = (1...horizon).map(Double.init)
    switch self {
    case .lastValue: return steps.map { _ in last }
    case .drift:
      let slope = (last - first) / Double(values.count - 1)
      return steps.map { max(0, last + slope * $0) }
    case .dampedTrend: return DampedTrend(values)?.forecast(horizon)
    case .negativeBinomial: return NegativeBinomialTrend(values)?.forecast(horizon)
    case .recentNegativeBinomial:
      return NegativeBinomialTrend(Array(values.suffix(10)))?.forecast(horizon)
    case .logistic: return LogisticCurve(values)?.forecast(horizon)
    }
  }
}
