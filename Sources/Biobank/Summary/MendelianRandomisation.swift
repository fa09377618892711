import Foundation
internal import Statistics

/// Whether an exposure causes an outcome, by variants that move the exposure.
///
/// Five estimates from summary statistics, with first-order weights: Wald's ratio for one variant,
/// inverse-variance weighting with fixed or multiplicative random effects, Egger's regression,
/// the simple and the weighted median (Burgess et al. 2013, Bowden et al. 2015 and 2016). Variants
/// are turned so that each raises the exposure.
public struct MendelianRandomisation: Hashable, Sendable {
  /// A variant's effects.
  public struct Instrument: Hashable, Sendable {
    /// On the exposure, and on the outcome, of the same allele.
    public let exposure: Double, outcome: Double
    /// Their standard errors.
    public let exposureError: Double, outcomeError: Double

    /// Describes a variant; nil where a number is not finite or an error not above 0.
    public init?(
      exposure: Double, exposureError: Double, outcome: Double, outcomeError: Double
    ) {
      guard [exposure, outcome].allSatisfy(\.isFinite), exposure != 0, exposureError > 0,
        outcomeError > 0, exposureError.isFinite, outcomeError.isFinite
      else { return nil }
      self.exposure = abs(exposure)
      self.outcome = exposure < 0 ? -outcome : outcome
      self.exposureError = exposureError
      self.outcomeError = outcomeError
    }

    /// Wald's ratio.
    public var ratio: Double { outcome / exposure }
    /// Its standard error to first order.
    public var ratioError: Double { outcomeError / exposure }
  }

  /// An estimate and its standard error.
  public struct Estimate: Hashable, Sendable {
    /// The effect of one unit of the exposure.
    public let value: Double
    /// Its standard error.
    public let standardError: Double
    /// Its two-sided p.
    public let pValue: Double
  }

  /// Egger's regression: the slope is the effect, an intercept that is not 0 is pleiotropy.
  public struct Egger: Hashable, Sendable {
    /// The effect, with Student's t.
    public let slope: Estimate
    /// The mean pleiotropic effect.
    public let intercept: Estimate
    /// The residual standard deviation; a value below 1 does not shrink the errors.
    public let residualDeviation: Double
  }

  /// The variants.
  public let instruments: [Instrument]

  /// Variants of one exposure and one outcome; nil for none.
  public init?(_ instruments: [Instrument]) {
    guard !instruments.isEmpty else { return nil }
    self.instruments = instruments
  }

  private var weights: [Double] { instruments.map { 1 / ($0.outcomeError * $0.outcomeError) } }

  /// The estimate by one variant.
  public var waldRatio: Estimate? {
    guard instruments.count == 1, let only = instruments.first else { return nil }
    return Self.normal(only.ratio, only.ratioError)
  }

  /// Inverse-variance weighting with fixed effects.
  public var fixedEffects: Estimate {
    let sum = zip(instruments, weights).reduce(0) { $0 + $1.1 * $1.0.exposure * $1.0.exposure }
    let value =
      zip(instruments, weights).reduce(0) { $0 + $1.1 * $1.0.exposure * $1.0.outcome } / sum
    return Self.normal(value, 1 / sum.squareRoot())
  }

  /// The same with errors stretched where variants disagree more than chance allows.
  public var randomEffects: Estimate? {
    guard instruments.count > 1 else { return nil }
    let fixed = fixedEffects
    let stretch = max(1, (cochranQ / Double(instruments.count - 1)).squareRoot())
    return Self.normal(fixed.value, fixed.standardError * stretch)
  }

  /// Cochran's Q: the squared disagreement of the variants.
  public var cochranQ: Double {
    let value = fixedEffects.value
    return zip(instruments, weights).reduce(0) { sum, pair in
      let residual = pair.0.outcome - value * pair.0.exposure
      return sum + pair.1 * residual * residual
    }
  }

  /// The share of Q that chance does not explain.
  public var heterogeneity: Double {
    max(0, (cochranQ - Double(instruments.count - 1)) / cochranQ)
  }

  /// Egger's regression; nil with fewer than three variants.
  public var egger: Egger? {
    guard instruments.count > 2,
      let fit = LinearRegression(
        instruments.map(\.outcome),
        Design([
          [Double](repeating: 1, count: instruments.count), instruments.map(\.exposure),
        ]), weights: weights)
    else { return nil }
    let stretch = 1 / min(1, fit.residualDeviation)
    func estimate(_ column: Int) -> Estimate {
      let error = fit.standardErrors[column] * stretch
      let value = fit.coefficients[column]
      return Estimate(
        value: value, standardError: error,
        pValue: StudentT.share(beyond: abs(value / error), degrees: Double(fit.degrees)))
    }
    return Egger(
      slope: estimate(1), intercept: estimate(0), residualDeviation: fit.residualDeviation)
  }

  /// The median of the ratios: right while at most half of the variants mislead.
  public var simpleMedian: Double {
    let ratios = instruments.map(\.ratio).sorted()
    let middle = ratios.count / 2
    return ratios.count % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2
  }

  /// The median with each ratio counting by its precision, interpolated.
  public var weightedMedian: Double {
    let ordered = instruments.map { ($0.ratio, 1 / ($0.ratioError * $0.ratioError)) }
      .sorted { $0.0 < $1.0 }
    let total = ordered.reduce(0) { $0 + $1.1 }
    var before = 0.0
    var last: (ratio: Double, share: Double)?
    for (ratio, weight) in ordered {
      let share = (before + weight / 2) / total
      if share >= 0.5 {
        guard let last else { return ratio }
        return last.ratio + (ratio - last.ratio) * (0.5 - last.share) / (share - last.share)
      }
      last = (ratio, share)
      before += weight
    }
    return ordered[ordered.count - 1].0
  }

  /// Whether the variants explain more of the exposure than of the outcome, as a cause would.
  ///
  /// Steiger's test (Hemani et al. 2017), by z-scores and numbers of people; the p of the
  /// difference of the two correlations.
  public func steiger(
    exposurePeople: Int, outcomePeople: Int
  ) -> (isCause: Bool, pValue: Double)? {
    guard exposurePeople > 10, outcomePeople > 10 else { return nil }
    func squared(_ z: Double, _ people: Int) -> Double { z * z / (z * z + Double(people) - 2) }
    let exposure = instruments.reduce(0.0) {
      $0 + squared($1.exposure / $1.exposureError, exposurePeople)
    }
    let outcome = instruments.reduce(0.0) {
      $0 + squared($1.outcome / $1.outcomeError, outcomePeople)
    }
    func fisher(_ squared: Double) -> Double { atanh(min(0.999_999, squared).squareRoot()) }
    let error = (1 / Double(exposurePeople - 3) + 1 / Double(outcomePeople - 3)).squareRoot()
    let z = (fisher(exposure) - fisher(outcome)) / error
    return (exposure > outcome, 2 * Normal.share(below: -abs(z)))
  }

  private static func normal(_ value: Double, _ error: Double) -> Estimate {
    Estimate(
      value: value, standardError: error, pValue: 2 * Normal.share(below: -abs(value / error)))
  }
}
