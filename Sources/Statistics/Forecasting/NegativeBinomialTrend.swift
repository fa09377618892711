import Foundation

/// Counts that grow by a constant factor a year, with more spread than Poisson's.
///
/// log μ = intercept + growth · year, variance μ + αμ² (NB2: Hilbe, Negative Binomial Regression, 2011),
/// fitted by Fisher's scoring at a given α.
public struct NegativeBinomialTrend: Hashable, Sendable {
  /// log of the mean in the last year.
  public let intercept: Double
  /// log of the yearly factor.
  public let growth: Double
  /// The dispersion α.
  public let dispersion: Double

  /// Fits a series; nil for fewer than three values, where all are 0, or where no maximum is found.
  public init?(_ values: [Double], dispersion: Double = 0.01) {
    precondition(dispersion >= 0, "a dispersion of \(dispersion)")
    guard values.count >= 3, values.contains(where: { $0 > 0 }) else { return nil }
    var (b, g) = (log(values.reduce(0, +) / Double(values.count)), 0.0)
    let origin = values.count - 1
    for _ in 0..<200 {
      var (u0, u1, i00, i01, i11) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (year, value) in values.enumerated() {
        let x = Double(year - origin)
        let mean = exp(b + g * x)
        let weight = 1 / (1 + dispersion * mean)
        u0 += (value - mean) * weight
        u1 += (value - mean) * weight * x
        i00 += mean * weight
        i01 += mean * weight * x
        i11 += mean * weight * x * x
      }
      let determinant = i00 * i11 - i01 * i01
      guard determinant > 0 else { return nil }
      let (d0, d1) = (
        (u0 * i11 - u1 * i01) / determinant, (u1 * i00 - u0 * i01) / determinant
      )
      guard d0.isFinite, d1.isFinite else { return nil }
      // A whole step from far away would overflow the exponential.
      let scale = min(1, 2 / max(abs(d0), abs(d1) * Double(origin), 1e-300))
      b += scale * d0
      g += scale * d1
      if abs(d0) + abs(d1) < 1e-12 {
        intercept = b
        growth = g
        self.dispersion = dispersion
        return
      }
    }
    return nil
  }

  /// The next years' means.
  public func forecast(_ horizon: Int) -> [Double] {
    (1...horizon).map { exp(intercept + growth * Double($0)) }
  }
}
