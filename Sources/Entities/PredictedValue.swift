/// A predicted number with its uncertainty, all in the endpoint's unit.
public struct PredictedValue: Hashable, Codable, Sendable {
  /// The best estimate.
  public let value: Double
  /// The calibrated standard uncertainty.
  public let uncertainty: Double
  /// The lower end of the 90 % prediction interval.
  public let lower: Double
  /// The upper end of the 90 % prediction interval.
  public let upper: Double

  /// Creates a predicted value; `lower <= value <= upper` is expected.
  public init(value: Double, uncertainty: Double, lower: Double, upper: Double) {
    self.value = value
    self.uncertainty = uncertainty
    self.lower = lower
    self.upper = upper
  }
}
