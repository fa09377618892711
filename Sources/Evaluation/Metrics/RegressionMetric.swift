import Statistics

/// How close predicted numbers are to measured ones.
///
/// A metric is nil where it is undefined: without rows, where a number is not finite, and as the
/// case says.
public enum RegressionMetric: String, Codable, Hashable, Sendable, CaseIterable {
  /// The root of the mean squared error, in the unit of the endpoint.
  case rmse
  /// The mean absolute error, in the unit of the endpoint.
  case mae
  /// The share of the variance that is explained, 1 − Σ(error²) ÷ Σ(distance from the mean)².
  ///
  /// Negative where the mean would do better; undefined where all measured values are equal.
  case r2
  /// Pearson's correlation; undefined where a column is constant.
  case pearson
  /// Spearman's rank correlation; undefined where a column is constant.
  case spearman
  /// Kendall's tau-b; undefined where a column is constant.
  case kendall

  /// The metrics of a report, in its order.
  public static let usual: [RegressionMetric] = [.rmse, .mae, .r2, .spearman]

  /// The value for predicted and measured numbers of the same rows.
  public func value(predicted: [Double], measured: [Double]) -> Double? {
    precondition(
      predicted.count == measured.count, "\(predicted.count) predicted, \(measured.count) measured")
    guard predicted.allSatisfy(\.isFinite), measured.allSatisfy(\.isFinite) else { return nil }
    let errors = zip(predicted, measured).map { $0 - $1 }
    switch self {
    case .rmse: return Moments.mean(errors.map { $0 * $0 })?.squareRoot()
    case .mae: return Moments.mean(errors.map(abs))
    case .r2: return Self.explained(errors, measured)
    case .pearson: return Correlation.pearson.value(predicted, measured)
    case .spearman: return Correlation.spearman.value(predicted, measured)
    case .kendall: return Correlation.kendall.value(predicted, measured)
    }
  }

  private static func explained(_ errors: [Double], _ measured: [Double]) -> Double? {
    guard let variance = Moments.populationVariance(measured), variance > 0,
      let error = Moments.mean(errors.map { $0 * $0 }), Set(measured).count > 1
    else { return nil }
    return 1 - error / variance
  }

  /// The name in tables.
  public var name: String {
    switch self {
    case .rmse: "RMSE"
    case .mae: "MAE"
    case .r2: "R²"
    case .pearson: "Pearson"
    case .spearman: "Spearman"
    case .kendall: "Kendall tau-b"
    }
  }

  /// Whether a higher value is better.
  public var higherIsBetter: Bool { self != .rmse && self != .mae }

  /// Whether the value carries the unit of the endpoint.
  public var hasUnit: Bool { self == .rmse || self == .mae }
}
