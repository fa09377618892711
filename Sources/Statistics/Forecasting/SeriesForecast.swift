import Foundation

/// A forecast with its intervals and the reason why this method was taken.
public struct SeriesForecast: Hashable, Sendable {
  /// A year ahead.
  public struct Point: Hashable, Sendable {
    /// How many years after the last value.
    public let ahead: Int
    /// What is expected.
    public let value: Double
    /// Intervals of 80 and of 95 %; nil where too few errors are known (4 and 19 are needed).
    public let interval80: Interval?, interval95: Interval?
  }

  /// The method shown.
  public let method: ForecastMethod
  /// One point for each year.
  public let points: [Point]
  /// How every method did in the back-test.
  public let verdicts: [BackTest.Verdict]

  /// Forecasts as of an origin of a back-test, the end of its series by default; nil for no values.
  ///
  /// The intervals are ranks of the method's own earlier errors ((n + 1) · share, rounded up: Vovk et
  /// al., Algorithmic Learning in a Random World, 2005), as factors up and down. They hold where
  /// the next years err like the last.
  public init?(_ test: BackTest, asOf end: Int? = nil) {
    let origin = end ?? test.values.count
    guard origin > 0 else { return nil }
    let chosen = test.choice(asOf: origin)
    let said =
      test.forecast(chosen, from: origin)
      ?? ForecastMethod.lastValue.forecast(
        Array(test.values[..<origin]), horizon: test.horizon)
    guard let said else { return nil }
    let spread = test.spread(chosen, asOf: origin)
    func interval(_ share: Double, _ value: Double, _ ahead: Int) -> Interval? {
      let rank = Int((Double(spread.count + 1) * share).rounded(.up))
      guard rank <= spread.count else { return nil }
      let factor = exp(spread[rank - 1] * Double(ahead).squareRoot())
      return Interval(
        lower: value < 0.5 ? 0 : value / factor, upper: max(value, 0.5) * factor,
        confidence: share)
    }
    method = chosen
    points = said.enumerated().map { index, value in
      Point(
        ahead: index + 1, value: value, interval80: interval(0.8, value, index + 1),
        interval95: interval(0.95, value, index + 1))
    }
    verdicts = test.methods.map { test.verdict($0, asOf: origin) }
  }

  /// Why this method: one sentence.
  public var reason: String {
    guard let verdict = verdicts.first(where: { $0.method == method }) else { return "" }
    if method == .lastValue {
      return verdict.origins < 5
        ? "too short a series for a back-test: the last value"
        : "no method beat the last value in the back-test: the last value"
    }
    let error = Int((100 * (verdict.relativeError ?? 1)).rounded())
    return "\(method.rawValue) beat the last value in \(verdict.wins) of \(verdict.origins) "
      + "origins, with \(error) % of its error"
  }
}
