import Entities
import Evaluation
public import Parallelism
public import PropertyModels
public import Provenance

/// How a model does on compounds it never saw, beside baselines that need no learning.
public struct TestAssessment: Sendable {
  /// The model.
  public let model: Performance
  /// The nearest measured compound's value, and the training set's mean.
  public let baselines: [Performance]
  /// How often the 90 % intervals held.
  public let calibration: CalibrationRecord?
  /// Observed coverage at several nominal levels.
  public let coverage: [(nominal: Double, observed: Double)]

  /// Assesses predictions; nil without test compounds.
  public init?(
    of test: [TestedCompound], by model: PropertyModel, rows: String, using pool: WorkerPool
  ) {
    guard !test.isEmpty else { return nil }
    let measured = test.map(\.compound.value)
    let unit = model.description.unit
    func performance(_ name: String, _ predicted: [Double]) -> Performance {
      let measures = RegressionMetric.usual.map { metric in
        let estimate = metric.estimate(predicted: predicted, measured: measured, pool: pool)
        return Performance.Measure(
          metric: metric.name, unit: metric.hasUnit ? unit : nil, value: estimate.value,
          lower: estimate.lower, upper: estimate.upper,
          confidence: estimate.confidence, higherIsBetter: metric.higherIsBetter)
      }
      return Performance(model: name, rows: rows, count: test.count, measures: measures)
    }
    self.model = performance(
      "ensemble of \(model.description.settings.members) fingerprint networks",
      test.map(\.prediction.value))
    baselines = [
      performance("nearest neighbour", test.map(\.nearest.value)),
      performance("dummy: mean of training", test.map { _ in model.description.scaling.mean }),
    ]
    let held = IntervalCoverage(
      lower: test.map(\.prediction.lower), upper: test.map(\.prediction.upper),
      measured: measured)
    calibration = CalibrationRecord(
      method: "normalised conformal prediction on \(model.description.settings.folds) folds",
      nominalCoverage: 0.9, observedCoverage: held.share, lower: held.lower,
      upper: held.upper, count: held.count)
    coverage = Self.coverage(of: test, model.description.calibration)
  }

  /// Widens or narrows every interval to a level, by the ratio of the quantiles.
  private static func coverage(
    of test: [TestedCompound], _ calibration: UncertaintyCalibration
  ) -> [(nominal: Double, observed: Double)] {
    let sigma = calibration.quantile(coverage: UncertaintyCalibration.oneSigma)
    return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map { level in
      let ratio = sigma > 0 ? calibration.quantile(coverage: level) / sigma : 0
      let held = test.count {
        abs($0.compound.value - $0.prediction.value) <= ratio * $0.prediction.uncertainty
      }
      return (level, Double(held) / Double(test.count))
    }
  }
}
