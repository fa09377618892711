import Foundation

/// A likelihood's maximum: coefficients, their covariance, and what it took.
public struct NewtonFit: Codable, Hashable, Sendable {
  /// The coefficients, in the order of the columns.
  public let coefficients: [Double]
  /// The inverse of the observed information, the lower triangle row by row.
  ///
  /// Shape `[p(p+1)/2]`.
  public let covariance: [Double]
  /// The log likelihood, and what it was at the start, where all coefficients are 0 by default.
  public let logLikelihood: Double, startLogLikelihood: Double
  /// The score statistic at the start, uᵀI⁻¹u: of all coefficients together, χ² of p degrees.
  public let scoreStatistic: Double
  /// How many rows stand behind it.
  public let rows: Int
  /// How many times the sums were asked for.
  public let rounds: Int

  /// The standard errors, by the observed information.
  public var standardErrors: [Double] {
    coefficients.indices.map { covariance($0, $0).squareRoot() }
  }

  /// The covariance of two coefficients.
  public func covariance(_ one: Int, _ other: Int) -> Double {
    let (row, column) = (max(one, other), min(one, other))
    return covariance[row * (row + 1) / 2 + column]
  }

  /// Wald's z of a coefficient.
  public func z(_ column: Int) -> Double {
    coefficients[column] / covariance(column, column).squareRoot()
  }

  /// Its two-sided p by the normal distribution.
  public func pValue(_ column: Int) -> Double { 2 * Normal.share(below: -abs(z(column))) }

  /// Wald's interval of a coefficient.
  public func interval(_ column: Int, confidence: Double = 0.95) -> Interval {
    let reach =
      -Normal.point(ofShare: (1 - confidence) / 2) * covariance(column, column).squareRoot()
    return Interval(
      lower: coefficients[column] - reach, upper: coefficients[column] + reach,
      confidence: confidence)
  }

  /// Twice the gain of log likelihood over the start.
  public var likelihoodRatio: Double { max(0, 2 * (logLikelihood - startLogLikelihood)) }
}
