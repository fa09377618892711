import Foundation

/// What is believed of a pair's reporting ratio λ once its count is known: again two gammas.
public struct GammaPoissonPosterior: Hashable, Sendable {
  /// The first gamma.
  public let first: GammaPoissonPrior.Component
  /// The second.
  public let second: GammaPoissonPrior.Component
  /// The chance Q that λ came from the first.
  public let share: Double

  /// The empirical Bayes geometric mean, exp(E[log λ]).
  public var geometricMean: Double {
    let one = Digamma.value(first.shape) - log(first.rate)
    let two = Digamma.value(second.shape) - log(second.rate)
    return exp(share * one + (1 - share) * two)
  }

  /// The share of the belief below a ratio.
  public func share(below ratio: Double) -> Double {
    share * IncompleteGamma.share(below: ratio * first.rate, first.shape)
      + (1 - share) * IncompleteGamma.share(below: ratio * second.rate, second.shape)
  }

  /// The ratio below which a share of the belief lies: EB05 at 0.05.
  ///
  /// Halley's steps on the logarithm of the ratio, kept between bounds that close in, until a step
  /// moves the ratio by less than 1e-12 of itself.
  public func quantile(_ wanted: Double) -> Double {
    precondition(wanted > 0 && wanted < 1, "a quantile of \(wanted)")
    let (one, two) = (Belief(first), Belief(second))
    let guesses = [one.guess(wanted), two.guess(wanted)]
    // Between the quantiles of both, that of the mixture.
    var (low, high) = (-Double.infinity, Double.infinity)
    var place = log(share * guesses[0] + (1 - share) * guesses[1])
    for _ in 0..<200 {
      let ratio = exp(place)
      let (a, b) = (one.look(ratio), two.look(ratio))
      let excess = share * a.below + (1 - share) * b.below - wanted
      if excess == 0 { return ratio }
      if excess > 0 { high = place } else { low = place }
      // Slope and curvature along the logarithm.
      let slope = share * a.slope + (1 - share) * b.slope
      let bend = share * a.bend + (1 - share) * b.bend
      var step = excess / slope
      let correction = 1 - 0.5 * step * bend / slope
      if correction > 0.5, correction < 2 { step /= correction }
      var next = place - step
      if !next.isFinite || next <= low || next >= high {
        next =
          low.isFinite && high.isFinite ? (low + high) / 2 : excess > 0 ? place - 1 : place + 1
      }
      if abs(next - place) <= 1e-12 { return exp(next) }
      place = next
    }
    return exp(place)
  }

  /// One gamma with what all its looks have in common.
  private struct Belief {
    let shape: Double, rate: Double, logGamma: Double

    init(_ component: GammaPoissonPrior.Component) {
      shape = component.shape
      rate = component.rate
      logGamma = LogGamma.value(shape)
    }

    /// Wilson & Hilferty (1931): the cube root of a gamma is nearly normal.
    func guess(_ wanted: Double) -> Double {
      let spread = 1 / (9 * shape)
      let root = 1 - spread + Normal.point(ofShare: wanted) * spread.squareRoot()
      return shape / rate * max(root * root * root, 1e-3)
    }

    /// The share below a ratio, its slope along the logarithm, and that slope's slope.
    func look(_ ratio: Double) -> (below: Double, slope: Double, bend: Double) {
      let x = ratio * rate
      let slope = exp(shape * log(x) - x - logGamma)
      let below = IncompleteGamma.shares(x, shape, logGamma: logGamma).below
      return (below, slope, slope * (shape - x))
    }
  }
}
