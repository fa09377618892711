import Entities
import Evaluation
public import Parallelism
public import PropertyModels
public import Provenance

/// How a model does for one task on compounds it never saw, beside baselines that need no learning.
public struct TestAssessment: Sendable {
  /// The task.
  public let task: LearningTask
  /// The model.
  public let model: Performance
  /// The nearest measured compound's value, and the training set's mean.
  public let baselines: [Performance]
  /// How often the 90 % intervals, or sets of classes, held.
  public let calibration: CalibrationRecord
  /// Observed coverage at several nominal levels; empty for classes.
  public let coverage: [(nominal: Double, observed: Double)]

  /// Assesses predictions, task by task; a task without test compounds has none.
  public static func all(
    of test: [TestedCompound], by model: CalibratedModel, rows: String, using pool: WorkerPool
  ) -> [TestAssessment] {
    model.tasks.indices.compactMap { task in
      TestAssessment(
        of: test.filter { $0.task == model.tasks[task].name }, by: model, task: task, rows: rows,
        using: pool)
    }
  }

  private init?(
    of test: [TestedCompound], by model: CalibratedModel, task number: Int, rows: String,
    using pool: WorkerPool
  ) {
    guard !test.isEmpty else { return nil }
    let task = model.tasks[number]
    let scorer = Scorer(
      task: task, isOnly: model.tasks.count == 1, rows: rows, pool: pool,
      measured: test.map(\.measured))
    self.task = task
    self.model = scorer.performance(model.model.recipe.name, test.map(\.prediction.value))
    // Where the nearest compound was not measured for the task, it says what a constant would.
    let known = model.domain.compounds.compactMap { compound -> Double? in
      compound.labels[number].flatMap { $0.relation == .equal ? $0.value : nil }
    }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    baselines = [
      scorer.performance(
        "nearest neighbour", test.map { $0.nearest.value.isNaN ? mean : $0.nearest.value }),
      scorer.performance("dummy: mean of training", test.map { _ in mean }),
    ]
    let held = IntervalCoverage(
      lower: test.map(\.prediction.lower), upper: test.map(\.prediction.upper),
      measured: scorer.measured)
    calibration = CalibrationRecord(
      method: task.kind == .classification
        ? "Mondrian conformal prediction on held-out folds"
        : "normalised conformal prediction on held-out folds",
      nominalCoverage: 0.9, observedCoverage: held.share, lower: held.lower,
      upper: held.upper, count: held.count)
    coverage = Self.coverage(of: test, model.calibrations[number], task)
  }

  /// Widens or narrows every interval to a level, by the ratio of the quantiles.
  private static func coverage(
    of test: [TestedCompound], _ calibration: TaskCalibration, _ task: LearningTask
  ) -> [(nominal: Double, observed: Double)] {
    // An interval of a logarithm is not even about its value, so that no one ratio widens it.
    guard case .numbers(let calibration) = calibration, task.scale == .linear else { return [] }
    let sigma = calibration.quantile(coverage: UncertaintyCalibration.oneSigma)
    return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map { level in
      let ratio = sigma > 0 ? calibration.quantile(coverage: level) / sigma : 0
      let held = test.count {
        abs($0.measured - $0.prediction.value) <= ratio * $0.prediction.uncertainty
      }
      return (level, Double(held) / Double(test.count))
    }
  }
}

/// Scores predictions of the same rows.
private struct Scorer {
  let task: LearningTask
  let isOnly: Bool
  let rows: String
  let pool: WorkerPool
  let measured: [Double]

  func performance(_ name: String, _ predicted: [Double]) -> Performance {
    Performance(
      model: isOnly ? name : "\(task.name): \(name)", rows: rows, count: measured.count,
      measures: estimates(predicted).map { estimate in
        Performance.Measure(
          metric: estimate.name, unit: estimate.hasUnit ? task.unit : nil, value: estimate.value,
          lower: estimate.lower, upper: estimate.upper, confidence: estimate.confidence,
          higherIsBetter: estimate.higherIsBetter)
      })
  }

  private func estimates(_ predicted: [Double]) -> [MetricEstimate] {
    switch task.kind {
    case .regression:
      RegressionMetric.usual.map {
        $0.estimate(predicted: predicted, measured: measured, pool: pool)
      }
    case .classification:
      [ClassificationMetric.rocAUC, .averagePrecision, .brier, .mcc(threshold: 0.5)].map {
        $0.estimate(scores: predicted, labels: measured.map { $0 == 1 }, pool: pool)
      }
    }
  }
}
