public import Entities

/// How good a model is on compounds it has not seen, beside its baselines.
public struct ModelAssessment: Sendable {
  /// The model's name in words, for example "Ensemble of 5 fingerprint networks".
  public var name: String
  /// How the test set was taken, one sentence: the split's name, its seed, what it holds apart.
  public var split: String
  /// How many compounds the model was trained on.
  public var trainingCount: Int
  /// The test compounds: what was measured, and what was predicted.
  public var test: [TestPrediction]
  /// The metrics of the model, then of its baselines (nearest neighbour, dummy, …).
  ///
  /// The first metric is the one shown large.
  public var contenders: [Contender]
  /// The share of measured values inside the prediction interval at several nominal levels.
  public var calibration: [CoverageLevel]
  /// The same at the 90 % level, the interval each hit shows, with its own interval.
  public var coverage90: Metric?

  /// Creates an assessment.
  public init(
    name: String, split: String, trainingCount: Int, test: [TestPrediction],
    contenders: [Contender], calibration: [CoverageLevel], coverage90: Metric? = nil
  ) {
    self.name = name
    self.split = split
    self.trainingCount = trainingCount
    self.test = test
    self.contenders = contenders
    self.calibration = calibration
    self.coverage90 = coverage90
  }
}

/// One test compound: the measured value and what the model said before seeing it.
public struct TestPrediction: Hashable, Sendable {
  /// The measured value, in the endpoint's unit.
  public var measured: Double
  /// The prediction with its 90 % interval.
  public var prediction: PredictedValue

  /// Creates a test prediction.
  public init(measured: Double, prediction: PredictedValue) {
    self.measured = measured
    self.prediction = prediction
  }
}

/// A model or a baseline with its metrics on the test set.
public struct Contender: Hashable, Sendable {
  /// Whether a contender is what the screen used, or something it must beat.
  public enum Role: Hashable, Sendable {
    /// The model that ranked the hits.
    case model
    /// Something trivial that stands beside it.
    case baseline
  }

  /// Its name, for example "Nearest neighbour".
  public var name: String
  /// What it is here for.
  public var role: Role
  /// Its metrics; metrics of the same name are compared across contenders.
  public var metrics: [Metric]

  /// Creates a contender.
  public init(name: String, role: Role, metrics: [Metric]) {
    self.name = name
    self.role = role
    self.metrics = metrics
  }
}

/// A number on the test set with its confidence interval.
public struct Metric: Hashable, Sendable {
  /// Which direction is better.
  public enum Better: Hashable, Sendable {
    /// A smaller value is better, as for an error.
    case lower
    /// A larger value is better, as for a correlation.
    case higher
  }

  /// The name, for example "RMSE".
  public var name: String
  /// The value; not a number when the metric is undefined.
  public var value: Double
  /// The ends of its 95 % interval; nil when not computed.
  public var interval: ClosedRange<Double>?
  /// Which direction is better.
  public var better: Better

  /// Creates a metric; ends that are missing, no numbers, or in the wrong order give no interval.
  public init(
    name: String, value: Double, low: Double? = nil, high: Double? = nil, better: Better = .lower
  ) {
    self.name = name
    self.value = value
    self.better = better
    if let low, let high, low <= high { interval = low...high } else { interval = nil }
  }
}

/// How often intervals of one nominal level held the measured value.
public struct CoverageLevel: Hashable, Sendable {
  /// The share that should be inside, 0 to 1.
  public var nominal: Double
  /// The share that was, 0 to 1.
  public var observed: Double

  /// Creates a level.
  public init(nominal: Double, observed: Double) {
    self.nominal = nominal
    self.observed = observed
  }
}
