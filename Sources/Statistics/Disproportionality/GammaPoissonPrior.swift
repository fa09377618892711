import Foundation

/// What is believed of all drug–event pairs before one is looked at: a mixture of two gammas.
///
/// DuMouchel: Bayesian data mining in large frequency tables. Am. Stat. 1999, 53, 177. A pair's
/// count is Poisson with mean λE; λ is drawn from Γ(α₁, β₁) with chance P, else from Γ(α₂, β₂).
public struct GammaPoissonPrior: Codable, Hashable, Sendable {
  /// One gamma of the mixture.
  public struct Component: Codable, Hashable, Sendable {
    /// The shape α.
    public let shape: Double
    /// The rate β.
    public let rate: Double

    /// A gamma by shape and rate, both above 0.
    public init(shape: Double, rate: Double) {
      precondition(shape > 0 && rate > 0, "a gamma of shape \(shape) and rate \(rate)")
      self.shape = shape
      self.rate = rate
    }

    /// The mean α/β.
    public var mean: Double { shape / rate }

    /// The logarithm of the chance of a count: a negative binomial.
    ///
    /// - Parameter logGamma: that of the shape, which many counts share.
    func logChance(_ count: Double, _ expected: Double, logGamma: Double) -> Double {
      let stay = shape * -log1p(expected / rate)
      guard count > 0 else { return stay }
      return LogGamma.value(shape + count) - logGamma - LogGamma.value(count + 1) + stay
        - count * log1p(rate / expected)
    }
  }

  /// The first gamma, by convention the one of the larger mean.
  public let first: Component
  /// The second.
  public let second: Component
  /// The share P of the first.
  public let share: Double

  /// A mixture.
  public init(first: Component, second: Component, share: Double) {
    precondition((0...1).contains(share), "a share lies from 0 to 1, not at \(share)")
    self.first = first
    self.second = second
    self.share = share
  }

  /// What is believed of a pair's λ once its count is known; the count was expected to be above 0.
  public func posterior(count: Int, expected: Double) -> GammaPoissonPosterior {
    precondition(count >= 0 && expected > 0, "\(count) reports where \(expected) were expected")
    let n = Double(count)
    let one = first.logChance(n, expected, logGamma: LogGamma.value(first.shape))
    let two = second.logChance(n, expected, logGamma: LogGamma.value(second.shape))
    // The odds of the two, so that neither chance can underflow.
    let odds = share / (1 - share) * exp(one - two)
    return GammaPoissonPosterior(
      first: Component(shape: first.shape + n, rate: first.rate + expected),
      second: Component(shape: second.shape + n, rate: second.rate + expected),
      share: odds.isFinite ? odds / (1 + odds) : 1)
  }
}
