import Foundation

/// Whether two traits share one causal variant in a region, by approximate Bayes factors.
///
/// Giambartolomei et al., PLoS Genet. 2014; Wakefield's factor with a normal prior of the effect.
/// Assumes at most one causal variant for each trait in the region.
public struct Colocalisation: Hashable, Sendable {
  /// A trait's estimates at the variants of a region, in their order.
  public struct Trait: Hashable, Sendable {
    /// The effects.
    public let effects: [Double]
    /// Their variances.
    public let variances: [Double]
    /// The deviation of the effects' prior: 0.15 × the trait's for a quantity, 0.2 for case-control.
    public let priorDeviation: Double

    /// Describes a trait; nil for unequal lengths or a variance that is not above 0.
    public init?(effects: [Double], variances: [Double], priorDeviation: Double) {
      guard effects.count == variances.count, !effects.isEmpty, priorDeviation > 0,
        effects.allSatisfy(\.isFinite), variances.allSatisfy({ $0 > 0 && $0.isFinite })
      else { return nil }
      self.effects = effects
      self.variances = variances
      self.priorDeviation = priorDeviation
    }

    /// Wakefield's log approximate Bayes factor of each variant.
    public var logBayesFactors: [Double] {
      zip(effects, variances).map { effect, variance in
        let prior = priorDeviation * priorDeviation
        let r = prior / (prior + variance)
        return 0.5 * (log(1 - r) + r * effect * effect / variance)
      }
    }
  }

  /// The prior probabilities that a variant causes the first trait, the second, and both.
  public struct Priors: Hashable, Sendable {
    /// Of the first, the second and both.
    public var first = 1e-4, second = 1e-4, both = 1e-5

    /// The usual ones.
    public init(first: Double = 1e-4, second: Double = 1e-4, both: Double = 1e-5) {
      self.first = first
      self.second = second
      self.both = both
    }
  }

  /// The probabilities of: no cause, one of the first trait only, of the second only, two different
  /// ones, one that both share.
  public let posteriors: [Double]
  /// The probability of each variant to be the shared one, given that there is one.
  public let sharedByVariant: [Double]

  /// Compares two traits at the same variants; nil where their numbers differ.
  public init?(_ first: Trait, _ second: Trait, priors: Priors = Priors()) {
    guard first.effects.count == second.effects.count else { return nil }
    let (a, b) = (first.logBayesFactors, second.logBayesFactors)
    let both = zip(a, b).map(+)
    let (sumA, sumB, sumBoth) = (Self.logSum(a), Self.logSum(b), Self.logSum(both))
    let hypotheses = [
      0, log(priors.first) + sumA, log(priors.second) + sumB,
      log(priors.first) + log(priors.second) + Self.logDifference(sumA + sumB, sumBoth),
      log(priors.both) + sumBoth,
    ]
    let total = Self.logSum(hypotheses)
    posteriors = hypotheses.map { exp($0 - total) }
    sharedByVariant = both.map { exp($0 - sumBoth) }
  }

  static func logSum(_ values: [Double]) -> Double {
    let most = values.max() ?? -.infinity
    guard most.isFinite else { return most }
    return most + log(values.reduce(0) { $0 + exp($1 - most) })
  }

  /// log(eᵃ − eᵇ) for a ≥ b.
  static func logDifference(_ a: Double, _ b: Double) -> Double {
    a > b ? a + log1p(-exp(b - a)) : -.infinity
  }
}
