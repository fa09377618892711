import Foundation

/// How a design errs about effects of any size, learned from controls of known effect.
///
/// The error's mean is a + b · effect and its deviation c + d · |effect|, by maximum likelihood over
/// negative and positive controls (Schuemie et al., PNAS 2018, 115, 2571). Positive controls are
/// often made by adding events to negative ones: what they miss, the model misses.
public struct SystematicErrorModel: Codable, Hashable, Sendable {
  /// A control: its estimate and the log ratio that is true of it.
  public struct Control: Codable, Hashable, Sendable {
    /// What was estimated.
    public let estimate: StudyEstimate
    /// What is true; 0 for a negative control.
    public let trueLogRatio: Double

    /// Names a control.
    public init(_ estimate: StudyEstimate, trueLogRatio: Double) {
      self.estimate = estimate
      self.trueLogRatio = trueLogRatio
    }
  }

  /// The mean of an estimate: intercept and slope over the true effect.
  public let meanIntercept: Double, meanSlope: Double
  /// Its deviation beyond chance: intercept and slope over the size of the true effect.
  public let deviationIntercept: Double, deviationSlope: Double
  /// The log likelihood of the controls.
  public let logLikelihood: Double

  /// Learns the model; there must be controls of at least two different true effects.
  public init(_ controls: [Control]) throws(CalibrationFailure) {
    let negative = controls.filter { $0.trueLogRatio == 0 }
    guard negative.count >= SystematicError.fewestControls else {
      throw .tooFewControls(found: negative.count, needed: SystematicError.fewestControls)
    }
    guard Set(controls.map(\.trueLogRatio)).count > 1 else { throw .noModel }
    // From several starts: the likelihood over deviations need not have one peak.
    var best: LimitedMemoryBFGS.Point?
    let search = LimitedMemoryBFGS(steps: 2_000, tolerance: 1e-10)
    for deviation in [0.02, 0.1, 0.3, 1] {
      for slope in [0.0, 0.2] {
        let found = search.minimum(from: [0, 1, deviation, slope]) { Self.loss(controls, $0) }
        if let found, found.value < best?.value ?? .infinity { best = found }
      }
    }
    guard let best else { throw .noModel }
    (meanIntercept, meanSlope) = (best.place[0], best.place[1])
    (deviationIntercept, deviationSlope) = (best.place[2], best.place[3])
    logLikelihood = -best.value
    guard meanSlope > 0.1 else { throw .noModel }
  }

  /// The true effect that the estimate speaks for, with an interval.
  ///
  /// The bounds are the effects at which the estimate would lie at the tails of what is expected;
  /// nil where the errors grow so fast with the effect that no such effect is found.
  public func calibrated(
    _ estimate: StudyEstimate, confidence: Double = 0.95
  ) -> CalibratedEstimate? {
    let z = -Normal.point(ofShare: (1 - confidence) / 2)
    guard let center = effect(estimate, at: 0), let lower = effect(estimate, at: z),
      let upper = effect(estimate, at: -z), lower <= upper
    else { return nil }
    return CalibratedEstimate(
      logRatio: center, standardError: (upper - lower) / (2 * z),
      interval: Interval(lower: lower, upper: upper, confidence: confidence))
  }

  /// The effect under which the estimate lies `z` deviations above its mean.
  private func effect(_ estimate: StudyEstimate, at z: Double) -> Double? {
    func excess(_ effect: Double) -> Double {
      let deviation = deviationIntercept + deviationSlope * abs(effect)
      let error = estimate.standardError
      let spread = (deviation * deviation + error * error).squareRoot()
      return (estimate.logRatio - meanIntercept - meanSlope * effect) / spread - z
    }
    var (low, high) = (-1.0, 1.0)
    while excess(low) < 0 {
      low *= 2
      guard low > -1e4 else { return nil }
    }
    while excess(high) > 0 {
      high *= 2
      guard high < 1e4 else { return nil }
    }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
  }

  /// Minus the log likelihood and its gradient; nil where a deviation would not be above 0.
  private static func loss(
    _ controls: [Control], _ place: [Double]
  ) -> (value: Double, gradient: [Double])? {
    var value = 0.0
    var gradient = [Double](repeating: 0, count: 4)
    for control in controls {
      let size = abs(control.trueLogRatio)
      let deviation = place[2] + place[3] * size
      guard deviation >= 0 else { return nil }
      let error = control.estimate.standardError
      let variance = deviation * deviation + error * error
      let gap = control.estimate.logRatio - place[0] - place[1] * control.trueLogRatio
      value += 0.5 * (log(2 * .pi * variance) + gap * gap / variance)
      gradient[0] -= gap / variance
      gradient[1] -= gap / variance * control.trueLogRatio
      let inner = (1 / variance - gap * gap / (variance * variance)) * deviation
      gradient[2] += inner
      gradient[3] += inner * size
    }
    return (value, gradient)
  }
}
