import Foundation

/// The standard normal distribution.
public enum Normal {
  /// The share of the distribution below a point.
  public static func share(below point: Double) -> Double {
    0.5 * erfc(-point / 2.0.squareRoot())
  }

  /// The natural logarithm of the share below a point, which outlives the share itself.
  ///
  /// Beyond 30 deviations by the asymptotic series (Abramowitz & Stegun 26.2.12).
  public static func logShare(below point: Double) -> Double {
    if point > -30 { return log(share(below: point)) }
    let inverse = 1 / (point * point)
    let series = 1 - inverse * (1 - 3 * inverse * (1 - 5 * inverse * (1 - 7 * inverse)))
    return -point * point / 2 - log(-point) - log(2 * Double.pi) / 2 + log(series)
  }

  /// The point below which this share of the distribution lies; infinite at 0 and 1.
  ///
  /// The rational start of Acklam (2003) is good to 1e-9; one step of Halley's method makes it
  /// exact to the last digits.
  public static func point(ofShare share: Double) -> Double {
    precondition((0...1).contains(share), "a share lies from 0 to 1, not at \(share)")
    if share == 0 { return -.infinity }
    if share == 1 { return .infinity }
    // The upper half mirrors the lower one, where the share keeps all its digits.
    if share > 0.5 { return -point(ofShare: 1 - share) }
    let start = share < 0.02425 ? tail(share) : middle(share - 0.5)
    let error = Normal.share(below: start) - share
    let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
    return step.isFinite ? start - step / (1 + start * step / 2) : start
  }

  private static func tail(_ share: Double) -> Double {
    let q = (-2 * log(share)).squareRoot()
    let above = polynomial(
      q,
      [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734,
        4.374664141464968, 2.938163982698783,
      ])
    let below = polynomial(
      q,
      [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1])
    return above / below
  }

  private static func middle(_ offset: Double) -> Double {
    let r = offset * offset
    let above = polynomial(
      r,
      [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
        1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239,
      ])
    let below = polynomial(
      r,
      [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
        6.680131188771972e+01, -1.328068155288572e+01, 1,
      ])
    return above * offset / below
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}
