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
