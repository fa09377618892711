/// A range that holds the true value with a stated confidence.
public struct Interval: Codable, Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// How often such a range holds the true value, such as 0.95.
  public let confidence: Double

  /// Creates an interval.
  public init(lower: Double, upper: Double, confidence: Double) {
    precondition(lower <= upper, "\(lower) lies above \(upper)")
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
  }
}
