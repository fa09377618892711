import Foundation

/// Fisher's F distribution.
public enum FisherF {
  /// The share of the distribution above a point: the p-value of an analysis of variance.
  public static func share(
    above point: Double, numerator: Double, denominator: Double
  ) -> Double {
    if point <= 0 { return 1 }
    if point == .infinity { return 0 }
    let x = denominator / (denominator + numerator * point)
    return IncompleteBeta.share(below: x, denominator / 2, numerator / 2)
  }
}

/// Student's t distribution.
public enum StudentT {
  /// The share of the distribution farther from 0 than a point, on both sides.
  public static func share(beyond point: Double, degrees: Double) -> Double {
    IncompleteBeta.share(below: degrees / (degrees + point * point), degrees / 2, 0.5)
  }

  /// The natural logarithm of that share, which outlives the share itself.
  public static func logShare(beyond point: Double, degrees: Double) -> Double {
    IncompleteBeta.logShare(below: degrees / (degrees + point * point), degrees / 2, 0.5)
  }

  /// The point beyond which, on both sides together, a share of the distribution lies.
  public static func point(beyond share: Double, degrees: Double) -> Double {
    let x = IncompleteBeta.point(ofShare: share, degrees / 2, 0.5)
    return (degrees * (1 - x) / x).squareRoot()
  }
}

/// The chi-squared distribution.
public enum ChiSquared {
  /// The share of the distribution above a point.
  public static func share(above point: Double, degrees: Double) -> Double {
    point <= 0 ? 1 : IncompleteGamma.share(above: point / 2, degrees / 2)
  }
}

/// The regularised incomplete gamma function.
enum IncompleteGamma {
  static func share(above x: Double, _ a: Double) -> Double {
    let front = exp(a * log(x) - x - LogGamma.value(a))
    return x < a + 1 ? 1 - front * series(x, a) : front * fraction(x, a)
  }

  private static func series(_ x: Double, _ a: Double) -> Double {
    var (term, sum, n) = (1 / a, 1 / a, a)
    repeat {
      n += 1
      term *= x / n
      sum += term
    } while term > sum * 1e-17
    return sum
  }

  /// Lentz's continued fraction, DLMF 8.9.2.
  private static func fraction(_ x: Double, _ a: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    for step in 1...10_000 {
      let n = Double(step)
      b += 2
      d = -n * (n - a) * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b - n * (n - a) / c
      if abs(c) < tiny { c = tiny }
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }
}
