import Foundation
import Statistics

/// How well a stated uncertainty fits the errors that were made.
///
/// The uncertainty of each prediction is the standard deviation of a normal distribution about it. A
/// metric is nil without rows, where a number is not finite, and where a deviation is not positive.
public enum UncertaintyMetric: Codable, Hashable, Sendable {
  /// The mean negative logarithm of the density of what was measured, in nats; lower is better.
  case negativeLogLikelihood
  /// The mean continuous ranked probability score, in the unit of the endpoint; lower is better.
  ///
  /// Gneiting & Raftery 2007: the absolute error of a prediction that owns to its doubt.
  case rankedProbabilityScore
  /// The expected normalised calibration error over bins of as many rows, ordered by deviation.
  ///
  /// Levi et al. 2019: in each bin the distance of the root mean squared error from the root mean
  /// variance, as a share of the latter. 0 is perfect.
  case normalizedCalibrationError(bins: Int)
  /// The root of the mean variance, in the unit of the endpoint: how much is claimed.
  case sharpness
  /// Spearman's correlation of deviation and absolute error; undefined where one is constant.
  case errorCorrelation

  /// The metrics of a report, in its order.
  public static let usual: [UncertaintyMetric] = [
    .negativeLogLikelihood, .rankedProbabilityScore, .normalizedCalibrationError(bins: 10),
    .sharpness, .errorCorrelation,
  ]

  /// The value for predictions, their deviations and what was measured.
  /// - Complexity: O(n log n)
  public func value(
    predicted: [Double], deviations: [Double], measured: [Double]
  ) -> Double? {
    precondition(
      predicted.count == measured.count && deviations.count == measured.count,
      "\(predicted.count) predicted, \(deviations.count) deviations, \(measured.count) measured")
    let errors = zip(predicted, measured).map { $0 - $1 }
    guard errors.allSatisfy(\.isFinite),
      deviations.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return nil }
    switch self {
    case .negativeLogLikelihood:
      return Moments.mean(
        zip(errors, deviations).map { error, deviation in
          let z = error / deviation
          return z * z / 2 + log(deviation) + log(2 * .pi) / 2
        })
    case .rankedProbabilityScore:
      return Moments.mean(
        zip(errors, deviations).map { error, deviation in
          let z = error / deviation
          let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
          return deviation
            * (z * erf(z / 2.0.squareRoot()) + 2 * density - 1 / Double.pi.squareRoot())
        })
    case .normalizedCalibrationError(let bins): return Self.gap(errors, deviations, bins: bins)
    case .sharpness: return Moments.mean(deviations.map { $0 * $0 })?.squareRoot()
    case .errorCorrelation: return Correlation.spearman.value(deviations, errors.map(abs))
    }
  }

  private static func gap(_ errors: [Double], _ deviations: [Double], bins: Int) -> Double? {
    precondition(bins > 0, "no bins")
    guard !errors.isEmpty else { return nil }
    let order = deviations.indices.sorted { (deviations[$0], $0) < (deviations[$1], $1) }
    let count = min(bins, order.count)
    let gaps = (0..<count).map { bin in
      let rows = order[(bin * order.count / count)..<((bin + 1) * order.count / count)]
      let variance = rows.reduce(0) { $0 + deviations[$1] * deviations[$1] }
      let squares = rows.reduce(0) { $0 + errors[$1] * errors[$1] }
      return abs(variance.squareRoot() - squares.squareRoot()) / variance.squareRoot()
    }
    return Moments.mean(gaps)
  }

  /// The name in tables.
  public var name: String {
    switch self {
    case .negativeLogLikelihood: "NLL"
    case .rankedProbabilityScore: "CRPS"
    case .normalizedCalibrationError(let bins): "ENCE (\(bins) bins)"
    case .sharpness: "sharpness"
    case .errorCorrelation: "Spearman of error and uncertainty"
    }
  }

  /// Whether a higher value is better; sharpness is, like a price, better low only if all else holds.
  public var higherIsBetter: Bool { self == .errorCorrelation }

  /// Whether the value carries the unit of the endpoint.
  public var hasUnit: Bool { self == .rankedProbabilityScore || self == .sharpness }
}
