import Foundation

/// How far a study design errs beyond chance, learned from effects that are known to be none.
///
/// Negative controls are drug and outcome pairs without an effect. Their estimates spread more than
/// their standard errors allow: by confounding, selection and measurement. Each log ratio is taken
/// for normal of mean μ and variance σ² + its squared standard error, and μ and σ are those of
/// maximum likelihood (Schuemie et al., Stat. Med. 2014, 33, 209; R's EmpiricalCalibration).
public struct SystematicError: Codable, Hashable, Sendable {
  /// The least number of negative controls that a distribution is learned from.
  ///
  /// Two parameters from fewer than five points would be a guess that looks like a correction.
  public static let fewestControls = 5

  /// The mean of the systematic error, on the logarithm of the ratio.
  public let mean: Double
  /// Its standard deviation; 0 where the controls spread no more than chance.
  public let deviation: Double

  /// Takes a distribution that is known.
  public init(mean: Double, deviation: Double) {
    precondition(deviation >= 0, "a deviation of \(deviation)")
    self.mean = mean
    self.deviation = deviation
  }

  /// Learns the distribution from negative controls.
  ///
  /// For each σ² the best mean is the weighted one; the likelihood along σ² may have several peaks,
  /// so the highest of a scan is refined until no number lies between.
  public init(negativeControls controls: [StudyEstimate]) throws(CalibrationFailure) {
    guard controls.count >= Self.fewestControls else {
      throw .tooFewControls(found: controls.count, needed: Self.fewestControls)
    }
    let effects = controls.map(\.logRatio)
    let reach = (effects.max() ?? 0) - (effects.min() ?? 0)
    let most = max(reach * reach, 1e-12)
    let grid = [0] + (0...240).map { most * pow(10, -8 + 8 * Double($0) / 240) }
    let best =
      grid.indices.max {
        Self.likelihood(controls, grid[$0]) < Self.likelihood(controls, grid[$1])
      } ?? 0
    var (low, high) = (grid[max(0, best - 1)], grid[min(grid.count - 1, best + 1)])
    if best == 0, Self.slope(controls, 0) <= 0 { high = 0 }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if Self.slope(controls, middle) > 0 { low = middle } else { high = middle }
    }
    mean = Self.mean(controls, high)
    deviation = high.squareRoot()
  }

  /// The log likelihood of controls at this distribution.
  public func logLikelihood(_ controls: [StudyEstimate]) -> Double {
    controls.reduce(0) { sum, control in
      let variance = spread(control) * spread(control)
      let gap = control.logRatio - mean
      return sum - 0.5 * (log(2 * .pi * variance) + gap * gap / variance)
    }
  }

  /// The two-sided p that takes the design's own error into account.
  public func pValue(_ estimate: StudyEstimate) -> Double {
    2 * Normal.share(below: -abs((estimate.logRatio - mean) / spread(estimate)))
  }

  /// The estimate less the mean error, with an interval as wide as chance and design make it.
  ///
  /// Holds if the design errs about a true effect as it does about none; controls of known effect
  /// say more, ``SystematicErrorModel``.
  public func calibrated(
    _ estimate: StudyEstimate, confidence: Double = 0.95
  ) -> CalibratedEstimate {
    let reach = -Normal.point(ofShare: (1 - confidence) / 2) * spread(estimate)
    let center = estimate.logRatio - mean
    return CalibratedEstimate(
      logRatio: center, standardError: spread(estimate),
      interval: Interval(lower: center - reach, upper: center + reach, confidence: confidence))
  }

  /// How far an estimate is off on average, sign aside: E|N(μ, σ²)|.
  public var expectedAbsolute: Double {
    guard deviation > 0 else { return abs(mean) }
    let ratio = mean / deviation
    return deviation * (2 / Double.pi).squareRoot() * exp(-ratio * ratio / 2)
      + mean * (1 - 2 * Normal.share(below: -ratio))
  }

  /// Each control's p by the distribution of the others.
  ///
  /// Spread evenly from 0 to 1 where the model holds. Needs one control more than the distribution.
  public static func leavingOneOut(
    _ controls: [StudyEstimate]
  ) throws(CalibrationFailure) -> [Double] {
    var pValues: [Double] = []
    for place in controls.indices {
      var others = controls
      let one = others.remove(at: place)
      pValues.append(try SystematicError(negativeControls: others).pValue(one))
    }
    return pValues
  }

  private func spread(_ estimate: StudyEstimate) -> Double {
    (deviation * deviation + estimate.standardError * estimate.standardError).squareRoot()
  }

  private static func mean(_ controls: [StudyEstimate], _ between: Double) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for control in controls {
      let w = 1 / (between + control.standardError * control.standardError)
      sum += w * control.logRatio
      weight += w
    }
    return sum / weight
  }

  private static func likelihood(_ controls: [StudyEstimate], _ between: Double) -> Double {
    SystematicError(mean: mean(controls, between), deviation: between.squareRoot())
      .logLikelihood(controls)
  }

  /// The slope along σ², at the best mean, whose own slope is 0 there.
  private static func slope(_ controls: [StudyEstimate], _ between: Double) -> Double {
    let center = mean(controls, between)
    return controls.reduce(0) { sum, control in
      let w = 1 / (between + control.standardError * control.standardError)
      let gap = control.logRatio - center
      return sum + 0.5 * (w * w * gap * gap - w)
    }
  }
}

/// An estimate after calibration.
public struct CalibratedEstimate: Codable, Hashable, Sendable {
  /// log ratio.
  public let logRatio: Double
  /// Its standard error, the design's own spread included.
  public let standardError: Double
  /// Its interval.
  public let interval: Interval
}
