/// How well one model does on one set of rows.
public struct Performance: Codable, Hashable, Sendable {
  /// One number that says how good predictions are.
  public struct Measure: Codable, Hashable, Sendable {
    /// The name of the metric, such as `RMSE`.
    public var metric: String
    /// The unit of the value; nil for a pure number.
    public var unit: String?
    /// The value; nil where the metric is undefined on these rows.
    public var value: Double?
    /// The lower end of its interval.
    public var lower: Double?
    /// The upper end of its interval.
    public var upper: Double?
    /// How often such an interval holds the true value, such as 0.95.
    public var confidence: Double?
    /// Whether a higher value is better.
    public var higherIsBetter: Bool

    /// Creates a measure.
    public init(
      metric: String, unit: String? = nil, value: Double?, lower: Double? = nil,
      upper: Double? = nil, confidence: Double? = nil, higherIsBetter: Bool
    ) {
      self.metric = metric
      self.unit = unit
      self.value = value
      self.lower = lower
      self.upper = upper
      self.confidence = confidence
      self.higherIsBetter = higherIsBetter
    }
  }

  /// The model, such as `nearest neighbour`.
  public var model: String
  /// Which rows, such as `test` or `test, cliff molecules`.
  public var rows: String
  /// How many rows.
  public var count: Int
  /// The numbers.
  public var measures: [Measure]

  /// Creates a result.
  public init(model: String, rows: String, count: Int, measures: [Measure]) {
    self.model = model
    self.rows = rows
    self.count = count
    self.measures = measures
  }
}

/// How the intervals of a model were made, and how often they held.
public struct CalibrationRecord: Codable, Hashable, Sendable {
  /// How they were made, in words.
  public var method: String
  /// How often an interval should hold the true value.
  public var nominalCoverage: Double
  /// How often it did on rows the model never saw; nil where none were measured.
  public var observedCoverage: Double?
  /// The lower end of the interval of the observed coverage (Wilson, 95 %).
  public var lower: Double?
  /// The upper end of the interval of the observed coverage (Wilson, 95 %).
  public var upper: Double?
  /// How many rows the observed coverage was counted on.
  public var count: Int

  /// Creates a record.
  public init(
    method: String, nominalCoverage: Double, observedCoverage: Double?, lower: Double? = nil,
    upper: Double? = nil, count: Int
  ) {
    self.method = method
    self.nominalCoverage = nominalCoverage
    self.observedCoverage = observedCoverage
    self.lower = lower
    self.upper = upper
    self.count = count
  }
}
