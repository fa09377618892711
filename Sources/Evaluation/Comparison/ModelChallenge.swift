public import Statistics

/// Whether a new model may take the place of an old one: it must be shown to be no worse.
///
/// That no difference was found is no reason, with few compounds none ever is. So the burden lies on
/// the new model: the upper end of the 95 % interval of how much larger its errors are must stay below
/// a margin that nobody would care about (a test of non-inferiority: Piaggio et al., Reporting of
/// noninferiority and equivalence randomized trials, JAMA 2012, 308, 2594).
public struct ModelChallenge: Codable, Hashable, Sendable {
  /// The margin as a share of the old model's mean absolute error.
  public static let usualMargin = 0.05

  /// The mean absolute errors on the same compounds, in the endpoint's unit.
  public let oldError, newError: Double
  /// How much larger the new model's mean absolute error is, with its 95 % interval by Student's t
  /// over compounds; nil where the errors do not vary.
  public let difference: Interval?
  /// How much larger it may be, in the endpoint's unit.
  public let margin: Double
  /// The compounds that neither model learned from.
  public let compounds: Int

  /// Compares errors of the same compounds, in the same order; nil for fewer than
  /// ``MeasurementCheck/fewest``.
  public init?(old: [Double], new: [Double], margin share: Double = usualMargin) {
    precondition(old.count == new.count, "two errors for each compound")
    guard old.count >= MeasurementCheck.fewest else { return nil }
    let gaps = zip(old, new).map { $1.magnitude - $0.magnitude }
    guard let oldError = Moments.mean(old.map(\.magnitude)),
      let newError = Moments.mean(new.map(\.magnitude)), let mean = Moments.mean(gaps),
      let variance = Moments.sampleVariance(gaps)
    else { return nil }
    self.oldError = oldError
    self.newError = newError
    compounds = old.count
    margin = share * oldError
    let n = Double(gaps.count)
    let reach = StudentT.point(beyond: 0.05, degrees: n - 1) * (variance / n).squareRoot()
    difference =
      variance > 0 ? Interval(lower: mean - reach, upper: mean + reach, confidence: 0.95) : nil
  }

  /// Whether the new model is shown to be no worse.
  public var isNoWorse: Bool { (difference?.upper ?? newError - oldError) <= margin }

  /// Whether it is shown to be worse by more than the margin.
  public var isWorse: Bool { (difference?.lower ?? newError - oldError) > margin }
}
