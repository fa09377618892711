/// Exponential smoothing with a trend that fades.
///
/// Gardner & McKenzie: Forecasting trends in time series. Manage. Sci. 1985, 31, 1237. With errors of
/// one variance the least squares are the likelihood's maximum. Level and trend before the first year
/// enter linearly, so they are solved for; smoothing α, β* = β/α and damping φ are searched for.
public struct DampedTrend: Hashable, Sendable {
  /// How much of an error moves the level, 0 to 1, and how much of that the trend.
  public let level: Double, trend: Double
  /// What is left of the trend after a year, .8 to .995: below it is gone at once, above it is
  /// no longer damped over such series.
  public let damping: Double
  /// The sum of squared one-year errors.
  public let squaredError: Double
  private let lastLevel: Double, lastTrend: Double

  private static let edge = 1e-4
  private static let search = PatternSearch(
    box: [edge...(1 - edge), edge...(1 - edge), 0.8...0.995], points: 5, starts: 2,
    tolerance: 1e-4)

  /// Fits a series; nil for fewer than six values.
  /// - Complexity: O(values), some 600 times.
  public init?(_ values: [Double]) {
    guard values.count >= 6,
      let best = Self.search.minimum(of: { Self.profile(values, $0).squaredError })
    else { return nil }
    let state = Self.profile(values, best.place)
    level = best.place[0]
    trend = best.place[1]
    damping = best.place[2]
    squaredError = state.squaredError
    lastLevel = state.level
    lastTrend = state.trend
  }

  /// The next years' values, never below 0.
  public func forecast(_ horizon: Int) -> [Double] {
    var (reach, power) = (0.0, 1.0)
    return (0..<horizon).map { _ in
      power *= damping
      reach += power
      return max(0, lastLevel + reach * lastTrend)
    }
  }

  /// Errors and last states for given parameters, at the best states before the first year.
  ///
  /// The recursion is linear in them, so three runs (nothing, a unit of level, a unit of trend) hold
  /// all others.
  private static func profile(
    _ values: [Double], _ place: [Double]
  ) -> (squaredError: Double, level: Double, trend: Double) {
    let (alpha, beta, phi) = (place[0], place[0] * place[1], place[2])
    // States of the three runs: level and trend each.
    var (l0, b0, l1, b1, l2, b2) = (0.0, 0.0, 1.0, 0.0, 0.0, 1.0)
    var (s00, s01, s02, s11, s12, s22) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for value in values {
      let (f0, f1, f2) = (l0 + phi * b0, l1 + phi * b1, l2 + phi * b2)
      let (e0, e1, e2) = (value - f0, -f1, -f2)
      (l0, b0) = (f0 + alpha * e0, phi * b0 + beta * e0)
      (l1, b1) = (f1 + alpha * e1, phi * b1 + beta * e1)
      (l2, b2) = (f2 + alpha * e2, phi * b2 + beta * e2)
      s00 += e0 * e0
      s01 += e0 * e1
      s02 += e0 * e2
      s11 += e1 * e1
      s12 += e1 * e2
      s22 += e2 * e2
    }
    let determinant = s11 * s22 - s12 * s12
    var (level, trend) = (-s01 / s11, 0.0)
    if determinant > 1e-12 * s11 * s22 {
      level = (-s01 * s22 + s02 * s12) / determinant
      trend = (-s02 * s11 + s01 * s12) / determinant
    }
    let square =
      s00 + 2 * (level * s01 + trend * s02) + level * level * s11
      + 2 * level * trend * s12 + trend * trend * s22
    return (max(0, square), l0 + level * l1 + trend * l2, b0 + level * b1 + trend * b2)
  }
}
