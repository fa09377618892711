import Foundation

/// One effect from several studies of it, each with its standard error.
///
/// Fixed: all estimate one effect. Random: the effects spread about a mean with variance τ², which is
/// estimated in three ways. With few studies the normal interval of a random mean is too short:
/// Hartung and Knapp's (Stat. Med. 2001), with Student's t, is not.
public struct MetaAnalysis: Hashable, Sendable {
  /// How τ² is estimated.
  public enum Method: String, Codable, CaseIterable, Hashable, Sendable {
    /// τ² is 0.
    case fixed
    /// By the moments of Cochran's Q (DerSimonian & Laird, Control. Clin. Trials 1986).
    case derSimonianLaird
    /// The τ² at which the weighted squares are what they should be (Paule & Mandel 1982).
    case pauleMandel
    /// Restricted maximum likelihood (Raudenbush 2009): the usual choice.
    case restrictedLikelihood
  }

  /// The studies' effects and squared standard errors.
  public let effects: [Double], variances: [Double]
  /// How τ² was estimated, and what came of it.
  public let method: Method, betweenVariance: Double
  /// The mean effect and its standard error.
  public let estimate: Double, standardError: Double
  /// Cochran's Q, by the fixed weights: χ² of one degree less than there are studies.
  public let cochranQ: Double

  /// Combines; nil without a study, or where a standard error is not above 0.
  public init?(
    effects: [Double], standardErrors: [Double], method: Method = .restrictedLikelihood
  ) {
    guard !effects.isEmpty, effects.count == standardErrors.count,
      effects.allSatisfy(\.isFinite), standardErrors.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return nil }
    let variances = standardErrors.map { $0 * $0 }
    self.effects = effects
    self.variances = variances
    self.method = method
    let weighing = WeightedMean(effects, variances, 0)
    cochranQ = weighing.squares
    betweenVariance =
      effects.count < 2 ? 0 : Self.betweenVariance(method, effects, variances)
    let mean = WeightedMean(effects, variances, betweenVariance)
    estimate = mean.value
    standardError = 1 / mean.weight.squareRoot()
  }

  /// p of Cochran's Q.
  public var heterogeneityP: Double {
    ChiSquared.share(above: cochranQ, degrees: Double(effects.count - 1))
  }

  /// I²: the share of the spread that is not chance (Higgins & Thompson 2002), by τ² and the typical
  /// variance of a study; by Q where the effects are fixed.
  public var inconsistency: Double {
    let degrees = Double(effects.count - 1)
    guard degrees > 0 else { return 0 }
    if method == .fixed { return cochranQ > 0 ? max(0, (cochranQ - degrees) / cochranQ) : 0 }
    let weights = variances.map { 1 / $0 }
    let sum = weights.reduce(0, +)
    let typical = degrees * sum / (sum * sum - weights.reduce(0) { $0 + $1 * $1 })
    return betweenVariance / (betweenVariance + typical)
  }

  /// The interval by the normal distribution.
  public func interval(confidence: Double = 0.95) -> Interval {
    let reach = -Normal.point(ofShare: (1 - confidence) / 2) * standardError
    return Interval(lower: estimate - reach, upper: estimate + reach, confidence: confidence)
  }

  /// Two-sided p by the normal distribution.
  public var pValue: Double { 2 * Normal.share(below: -abs(estimate / standardError)) }

  /// Hartung and Knapp's standard error; nil for one study.
  public var hartungKnappError: Double? {
    guard effects.count > 1 else { return nil }
    let squares = WeightedMean(effects, variances, betweenVariance).squares
    return standardError * (squares / Double(effects.count - 1)).squareRoot()
  }

  /// Hartung and Knapp's interval, by Student's t; nil for one study.
  public func hartungKnapp(confidence: Double = 0.95) -> Interval? {
    hartungKnappError.map { error in
      let degrees = Double(effects.count - 1)
      let reach = error * StudentT.point(beyond: 1 - confidence, degrees: degrees)
      return Interval(lower: estimate - reach, upper: estimate + reach, confidence: confidence)
    }
  }
}

/// A mean by the inverse of variances.
private struct WeightedMean {
  let value: Double, weight: Double
  /// Σ w (effect − mean)², Σ w² and Σ w³.
  let squares: Double, second: Double

  init(_ effects: [Double], _ variances: [Double], _ between: Double) {
    let weights = variances.map { 1 / ($0 + between) }
    let weight = weights.reduce(0, +)
    let value = zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1 } / weight
    self.weight = weight
    self.value = value
    squares = zip(weights, effects).reduce(0) { $0 + $1.0 * ($1.1 - value) * ($1.1 - value) }
    second = weights.reduce(0) { $0 + $1 * $1 }
  }
}

extension MetaAnalysis {
  fileprivate static func betweenVariance(
    _ method: Method, _ effects: [Double], _ variances: [Double]
  ) -> Double {
    let degrees = Double(effects.count - 1)
    switch method {
    case .fixed: return 0
    case .derSimonianLaird:
      let fixed = WeightedMean(effects, variances, 0)
      let scale = fixed.weight - fixed.second / fixed.weight
      return max(0, (fixed.squares - degrees) / scale)
    case .pauleMandel:
      return root(effects, variances) { WeightedMean(effects, variances, $0).squares - degrees }
    case .restrictedLikelihood:
      return maximum(effects, variances)
    }
  }

  /// Where a falling function of τ² is 0; 0 where it is below at 0.
  private static func root(
    _ effects: [Double], _ variances: [Double], _ function: (Double) -> Double
  ) -> Double {
    guard function(0) > 0 else { return 0 }
    var (low, high) = (0.0, variances.reduce(0, max))
    while function(high) > 0 { high *= 2 }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if function(middle) > 0 { low = middle } else { high = middle }
    }
  }

  /// The restricted likelihood's maximum: scanned, then halved between falling and rising slopes.
  ///
  /// It may have more than one peak, so the highest of 200 is the one that is refined.
  private static func maximum(_ effects: [Double], _ variances: [Double]) -> Double {
    func likelihood(_ between: Double) -> Double {
      let mean = WeightedMean(effects, variances, between)
      return -0.5
        * (variances.reduce(0) { $0 + log($1 + between) } + log(mean.weight) + mean.squares)
    }
    func slope(_ between: Double) -> Double {
      let mean = WeightedMean(effects, variances, between)
      var sum = -mean.weight + mean.second / mean.weight
      for (effect, variance) in zip(effects, variances) {
        let weight = 1 / (variance + between)
        sum += weight * weight * (effect - mean.value) * (effect - mean.value)
      }
      return sum / 2
    }
    guard let least = effects.min(), let most = effects.max() else { return 0 }
    let reach = (most - least) * (most - least) + (variances.min() ?? 0)
    let grid = [0] + (0...200).map { reach * pow(10, -8 + 8 * Double($0) / 200) }
    let best = grid.indices.max { likelihood(grid[$0]) < likelihood(grid[$1]) } ?? 0
    var (low, high) = (grid[max(0, best - 1)], grid[min(grid.count - 1, best + 1)])
    if best == 0, slope(0) <= 0 { return 0 }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
  }
}
