/// Prediction intervals that hold their stated share of values whatever the model and the
/// distribution, as long as new rows are like the calibration rows.
///
/// Vovk, Gammerman, Shafer: Algorithmic learning in a random world. 2005; normalised as in
/// Papadopoulos, Gammerman, Vovk: Normalized nonconformity measures for regression conformal
/// prediction. AIA 2008. The promise holds on the mean over rows, not for each kind of molecule.
public struct ConformalCalibration: Codable, Hashable, Sendable {
  /// How often the interval should hold the value.
  public let coverage: Double
  /// Half the width for a scale of 1; nil where there are too few calibration rows for any finite
  /// interval.
  public let radius: Double?
  /// How many rows it was calibrated on.
  public let count: Int

  /// Calibrates on the errors of rows that the model never saw.
  /// - Parameters:
  ///   - errors: predicted minus measured, in the unit of the endpoint.
  ///   - scales: how unsure the model is of each row, positive; nil for the same width everywhere.
  ///   - coverage: such as 0.9.
  public init(errors: [Double], scales: [Double]? = nil, coverage: Double = 0.9) {
    precondition(coverage > 0 && coverage < 1, "a coverage lies between 0 and 1")
    precondition(errors.allSatisfy(\.isFinite), "an error is not finite")
    if let scales {
      precondition(scales.count == errors.count, "as many scales as errors")
      precondition(scales.allSatisfy { $0 > 0 && $0.isFinite }, "a scale is not positive")
    }
    self.coverage = coverage
    count = errors.count
    let scores = errors.indices.map { abs(errors[$0]) / (scales?[$0] ?? 1) }.sorted()
    let rank = ConformalCalibration.rank(count: errors.count, coverage: coverage)
    radius = rank <= scores.count ? scores[rank - 1] : nil
  }

  /// Which of the sorted scores is the radius: ceil((n + 1) × coverage), from 1.
  ///
  /// One past the last says that no finite radius will do. The hair taken off keeps a product like
  /// 63.00000000000001, which is 63 but for rounding, from going up.
  public static func rank(count: Int, coverage: Double) -> Int {
    Int((Double(count + 1) * coverage - 1e-9).rounded(.up))
  }

  /// The interval about a prediction; nil where there were too few calibration rows.
  public func interval(
    about prediction: Double, scale: Double = 1
  ) -> (lower: Double, upper: Double)? {
    radius.map { (prediction - $0 * scale, prediction + $0 * scale) }
  }
}
