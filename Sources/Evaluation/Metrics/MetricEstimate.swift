public import Statistics

/// The value of a metric with its interval.
public struct MetricEstimate: Codable, Hashable, Sendable {
  /// The name of the metric.
  public let name: String
  /// The value; nil where the metric is undefined on these rows.
  public let value: Double?
  /// Where the true value lies; nil where too few of the resampled rows define the metric.
  public let interval: Interval?
  /// Whether a higher value is better.
  public let higherIsBetter: Bool
  /// Whether the value carries the unit of the endpoint.
  public let hasUnit: Bool
  /// How many rows it was computed on.
  public let count: Int

  /// The lower end of the interval.
  public var lower: Double? { interval?.lower }

  /// The upper end of the interval.
  public var upper: Double? { interval?.upper }

  /// How often such an interval holds the true value.
  public var confidence: Double? { interval?.confidence }
}
