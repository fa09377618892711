/// What several models predicted for the same rows of one data set.
public struct ComparedDataset: Sendable {
  /// One model on one replicate.
  public struct Predictions: Sendable {
    /// The places of the rows in the data set.
    public let rows: [Int]
    /// What was measured; for classes 1 and 0.
    public let measured: [Double]
    /// What was predicted.
    public let predicted: [Double]
    /// The model's own standard deviations.
    public let deviations: [Double]?

    /// Puts predictions together, of one length each.
    public init(rows: [Int], measured: [Double], predicted: [Double], deviations: [Double]? = nil) {
      precondition(rows.count == measured.count && rows.count == predicted.count, "lengths differ")
      self.rows = rows
      self.measured = measured
      self.predicted = predicted
      self.deviations = deviations
    }
  }

  /// The name.
  public let name: String
  /// The metric that decides.
  public let metric: ComparisonMetric
  /// The unit of the numbers.
  public let unit: String
  /// The smallest difference that matters; nil takes the metric's own.
  public let margin: Double?
  /// Which measured values are hits; nil where there is no such thing.
  public let isHit: (@Sendable (Double) -> Bool)?
  /// Whether a hit is the lower for being better, so that low predictions come first.
  public let lowFirst: Bool
  /// The models' names.
  public let models: [String]
  /// The names of the replicates.
  public let replicates: [String]
  /// For each replicate the predictions of each model.
  public let predictions: [[Predictions]]
  /// Whether each replicate tests other rows.
  public let movesTestRows: Bool

  /// Puts a data set together.
  public init(
    name: String, metric: ComparisonMetric, unit: String = "1", margin: Double? = nil,
    isHit: (@Sendable (Double) -> Bool)? = nil, lowFirst: Bool = false, models: [String],
    replicates: [String], predictions: [[Predictions]], movesTestRows: Bool
  ) {
    precondition(predictions.count == replicates.count, "predictions for each replicate")
    precondition(predictions.allSatisfy { $0.count == models.count }, "and for each model")
    self.name = name
    self.metric = metric
    self.unit = unit
    self.margin = margin
    self.isHit = isHit
    self.lowFirst = lowFirst
    self.models = models
    self.replicates = replicates
    self.predictions = predictions
    self.movesTestRows = movesTestRows
  }

  /// The scores by which compounds are bought, the most wanted highest.
  func wanted(_ predictions: Predictions) -> [Double] {
    lowFirst ? predictions.predicted.map { -$0 } : predictions.predicted
  }

  /// The replicates that test each row once at most: the first repeat of a cross-validation, or the
  /// first replicate.
  var once: [Int] {
    let first = replicates.indices.filter { replicates[$0].hasPrefix("r1-") }
    return first.isEmpty ? Array(replicates.indices.prefix(1)) : first
  }
}
