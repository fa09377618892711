public import Entities
public import Evaluation

/// How a model's own doubt becomes a promise, learnt on compounds it had not seen.
public enum TaskCalibration: Codable, Hashable, Sendable {
  /// Intervals of numbers; on the scale of the task, in its unit or in its logarithm.
  case numbers(UncertaintyCalibration)
  /// Probabilities of classes, and sets of classes.
  case classes(LogitCalibration, MondrianCalibration)

  /// Learns from what was said of held-out compounds.
  ///
  /// - Parameter distances: of each compound to the nearest one of the other folds.
  init(
    _ task: LearningTask, labels: [TaskLabel?], _ heldOut: TaskOutput, scaling: TaskScaling,
    distances: [Double]
  ) {
    let known = labels.indices.filter { labels[$0]?.relation == .equal }
    switch task.kind {
    case .classification:
      let probabilities = known.map { heldOut.values[$0] }
      let actives = known.map { labels[$0]?.value == 1 }
      let line = LogitCalibration(probabilities: probabilities, labels: actives)
      self = .classes(
        line,
        MondrianCalibration(
          probabilities: probabilities.map { line.probability($0) }, labels: actives))
    case .regression:
      self = .numbers(
        UncertaintyCalibration(
          fitting: known.map { row in
            let measured = scaling.learnt(labels[row]?.value ?? 0)
            return UncertaintyCalibration.HeldOut(
              error: (measured - heldOut.values[row]) * scaling.deviation,
              spread: (heldOut.deviations?[row] ?? 0) * scaling.deviation,
              distance: distances[row])
          }))
    }
  }

  /// What is promised of a compound.
  func prediction(
    value: Double, deviation: Double?, distance: Double, scaling: TaskScaling
  ) -> TaskPrediction {
    switch self {
    case .numbers(let calibration):
      // Half widths are on the task's scale; the ends are brought to its unit one by one, so that an
      // interval of a logarithm becomes one of a ratio.
      func ends(_ coverage: Double) -> (lower: Double, upper: Double) {
        let half =
          calibration.halfWidth(
            coverage: coverage, spread: (deviation ?? 0) * scaling.deviation, distance: distance)
          / scaling.deviation
        return (scaling.value(value - half), scaling.value(value + half))
      }
      let (interval, sigma) = (ends(0.9), ends(UncertaintyCalibration.oneSigma))
      return .number(
        PredictedValue(
          value: scaling.value(value), uncertainty: (sigma.upper - sigma.lower) / 2,
          lower: interval.lower, upper: interval.upper))
    case .classes(let line, let mondrian):
      let probability = line.probability(value)
      return .activity(
        PredictedActivity(
          probability: probability,
          pInactive: mondrian.pValue(probability: probability, active: false),
          pActive: mondrian.pValue(probability: probability, active: true)))
    }
  }

  /// Whether a calibration that was read can be computed with.
  func isUsable(for task: LearningTask) -> Bool {
    switch (self, task.kind) {
    case (.numbers(let calibration), .regression):
      !calibration.ratios.isEmpty && calibration.ratios.allSatisfy { $0 >= 0 && $0.isFinite }
        && calibration.base > 0 && calibration.perSpread >= 0 && calibration.perDistance >= 0
    case (.classes(let line, _), .classification):
      line.slope >= 0 && line.slope.isFinite && line.offset.isFinite
    default: false
    }
  }
}

/// What a calibrated model says of a compound for one task.
public enum TaskPrediction: Hashable, Sendable {
  /// A number with its 90 % interval, in the task's unit.
  case number(PredictedValue)
  /// A class.
  case activity(PredictedActivity)

  /// The estimate: the number, or the probability of class 1.
  public var value: Double {
    switch self {
    case .number(let number): number.value
    case .activity(let activity): activity.probability
    }
  }
}

/// Whether a compound is active, with what is known of it.
public struct PredictedActivity: Hashable, Codable, Sendable {
  /// The calibrated probability of class 1.
  public let probability: Double
  /// The conformal p-value of class 0: below 1 − coverage, the class can be excluded.
  public let pInactive: Double
  /// The conformal p-value of class 1.
  public let pActive: Double

  /// The classes that cannot be excluded at a coverage.
  public func classes(coverage: Double) -> (inactive: Bool, active: Bool) {
    (pInactive > 1 - coverage, pActive > 1 - coverage)
  }
}
