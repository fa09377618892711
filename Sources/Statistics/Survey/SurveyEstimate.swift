/// An estimate from a sample with its standard error by the design.
public struct SurveyEstimate: Hashable, Sendable {
  /// The estimate.
  public let value: Double
  /// Its variance over all samples of the design.
  public let variance: Double
  /// Degrees of freedom of the design in the rows that count.
  public let degrees: Int
  /// How many rows count.
  public let rows: Int
  /// The variance over that of a simple random sample of as many rows, drawn without replacement;
  /// nil where that variance is 0 or is not asked for.
  public let designEffect: Double?

  /// The standard error.
  public var standardError: Double { variance.squareRoot() }

  /// Which distribution an interval is read from.
  public enum Reference: String, Codable, Hashable, Sendable, CaseIterable {
    /// The normal one.
    case normal
    /// Student's t with the degrees of freedom of the design.
    case t
  }

  /// Puts an estimate together.
  public init(
    value: Double, variance: Double, degrees: Int, rows: Int, designEffect: Double? = nil
  ) {
    self.value = value
    // Roundings around 0 must not become a root of something negative.
    self.variance = max(0, variance)
    self.degrees = degrees
    self.rows = rows
    self.designEffect = designEffect
  }

  /// The interval; nil where t is asked for and no degree of freedom is left.
  ///
  /// - Parameter degrees: other degrees of freedom than those of the rows that count.
  public func interval(
    confidence: Double = 0.95, by reference: Reference = .t, degrees: Int? = nil
  ) -> Interval? {
    guard let reach = reach(confidence, reference, degrees) else { return nil }
    return Interval(
      lower: value - reach * standardError, upper: value + reach * standardError,
      confidence: confidence)
  }

  /// How many standard errors an interval reaches on each side.
  func reach(
    _ confidence: Double, _ reference: Reference, _ degrees: Int? = nil
  ) -> Double? {
    let degrees = degrees ?? self.degrees
    return switch reference {
    case .normal: Normal.point(ofShare: (1 + confidence) / 2)
    case .t:
      degrees > 0 ? StudentT.point(beyond: 1 - confidence, degrees: Double(degrees)) : nil
    }
  }
}
