/// What a study estimated: the logarithm of a ratio, with its standard error.
public struct StudyEstimate: Codable, Hashable, Sendable {
  /// log rate, hazard or odds ratio.
  public let logRatio: Double
  /// Its standard error; above 0.
  public let standardError: Double

  /// Takes an estimate; nil where one of the numbers is not finite, or the error not above 0.
  public init?(logRatio: Double, standardError: Double) {
    guard logRatio.isFinite, standardError.isFinite, standardError > 0 else { return nil }
    self.logRatio = logRatio
    self.standardError = standardError
  }

  /// The two-sided p that takes chance for the only error.
  public var pValue: Double { 2 * Normal.share(below: -abs(logRatio / standardError)) }
}

/// Why estimates cannot be calibrated.
public enum CalibrationFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Fewer negative controls than a distribution can be learned from.
  case tooFewControls(found: Int, needed: Int)
  /// The positive controls leave the model without a maximum.
  case noModel

  /// One sentence.
  public var description: String {
    switch self {
    case .tooFewControls(let found, let needed):
      "\(found) negative controls with an estimate; a distribution of systematic error needs at least"
        + " \(needed)"
    case .noModel: "the controls of known effect leave the error model without a maximum"
    }
  }
}
