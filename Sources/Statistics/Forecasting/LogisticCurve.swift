import Foundation

/// An S-curve through the sum of a series so far: ceiling / (1 + e^(−rate · (year − middle))).
///
/// Fisher & Pry, Technol. Forecast. Soc. Change 1971, 3, 75; by least squares on the cumulated counts.
/// The ceiling enters linearly and is solved for.
public struct LogisticCurve: Hashable, Sendable {
  /// All that will ever be counted.
  public let ceiling: Double
  /// The rate of growth at the beginning, per year.
  public let rate: Double
  /// The year of the steepest growth, counted from the first.
  public let middle: Double
  private let count: Int

  /// Fits a series of yearly counts; nil for fewer than six or where all are 0.
  public init?(_ values: [Double]) {
    guard values.count >= 6, values.contains(where: { $0 > 0 }) else { return nil }
    var sum = 0.0
    let cumulated = values.map { value in
      sum += value
      return sum
    }
    count = values.count
    let span = Double(values.count)
    let search = PatternSearch(
      box: [-5...1, -span...(4 * span)], points: 13, starts: 3, tolerance: 1e-6)
    guard
      let best = search.minimum(of: { Self.profile(cumulated, exp($0[0]), $0[1])?.squaredError })
    else { return nil }
    rate = exp(best.place[0])
    middle = best.place[1]
    guard let found = Self.profile(cumulated, rate, middle) else { return nil }
    ceiling = found.ceiling
  }

  /// The next years' counts, as differences of the curve.
  public func forecast(_ horizon: Int) -> [Double] {
    (0..<horizon).map { step in
      let year = Double(count + step)
      return max(
        0, ceiling * (Self.share(year, rate, middle) - Self.share(year - 1, rate, middle)))
    }
  }

  private static func share(_ year: Double, _ rate: Double, _ middle: Double) -> Double {
    1 / (1 + exp(-rate * (year - middle)))
  }

  private static func profile(
    _ cumulated: [Double], _ rate: Double, _ middle: Double
  ) -> (squaredError: Double, ceiling: Double)? {
    var (cross, square) = (0.0, 0.0)
    let shares = cumulated.indices.map { share(Double($0), rate, middle) }
    for (value, share) in zip(cumulated, shares) {
      cross += value * share
      square += share * share
    }
    guard square > 0 else { return nil }
    let ceiling = cross / square
    let error = zip(cumulated, shares).reduce(0) { total, pair in
      let rest = pair.0 - ceiling * pair.1
      return total + rest * rest
    }
    return (error, ceiling)
  }
}
