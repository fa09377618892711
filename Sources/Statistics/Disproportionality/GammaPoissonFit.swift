import Foundation

/// The mixture under which the counts of a table are likeliest.
///
/// Counts of 0 are not in the table, so each gamma's chance of a count is divided by its chance of one
/// above 0, and the two are mixed then (DuMouchel & Pregibon 2001; openEBGM's likelihood
/// with N* = 1).
public struct GammaPoissonFit: Hashable, Sendable {
  /// The mixture.
  public let prior: GammaPoissonPrior
  /// The negative logarithm of the likelihood.
  public let negativeLogLikelihood: Double

  /// DuMouchel's start, and others from which a better hill may be found.
  private static let starts: [[Double]] = [
    [0.2, 0.1, 2, 4, 1.0 / 3], [0.1, 0.1, 10, 10, 0.2], [2, 0.5, 2, 2, 0.1],
    [0.5, 0.05, 1.5, 1.5, 0.02],
  ]

  /// Fits by maximum likelihood; nil where there are fewer than ten points or no maximum is found.
  ///
  /// From several starts, by the gradient, along the logarithms of the four parameters and the log
  /// odds of the share; the best is taken. Deterministic.
  public init?(_ counts: SquashedCounts) {
    guard counts.points.count >= 10 else { return nil }
    let search = LimitedMemoryBFGS(memory: 10, steps: 500, tolerance: 1e-6)
    var best: LimitedMemoryBFGS.Point?
    for start in Self.starts {
      let place = start.prefix(4).map { log($0) } + [log(start[4] / (1 - start[4]))]
      let found = search.minimum(from: place) { Self.value(counts, at: $0) }
      guard let found, found.value < best?.value ?? .infinity else { continue }
      best = found
    }
    guard let best, let prior = Self.prior(at: best.place) else { return nil }
    self.prior =
      prior.first.mean >= prior.second.mean
      ? prior
      : GammaPoissonPrior(first: prior.second, second: prior.first, share: 1 - prior.share)
    negativeLogLikelihood = best.value
  }

  /// The negative logarithm of the likelihood of counts under a mixture.
  public static func negativeLogLikelihood(
    of counts: SquashedCounts, under prior: GammaPoissonPrior
  ) -> Double {
    sum(counts, prior).value
  }

  /// Parameters within the range where all the functions below keep their digits.
  private static func prior(at place: [Double]) -> GammaPoissonPrior? {
    guard place.prefix(4).allSatisfy({ abs($0) < 15 }), abs(place[4]) < 30 else { return nil }
    let natural = place.prefix(4).map { exp($0) }
    return GammaPoissonPrior(
      first: .init(shape: natural[0], rate: natural[1]),
      second: .init(shape: natural[2], rate: natural[3]), share: 1 / (1 + exp(-place[4])))
  }

  private static func value(
    _ counts: SquashedCounts, at place: [Double]
  ) -> (value: Double, gradient: [Double])? {
    guard let prior = prior(at: place) else { return nil }
    let (value, slopes) = sum(counts, prior)
    // From the parameters to their logarithms and the log odds.
    let scales = [
      prior.first.shape, prior.first.rate, prior.second.shape, prior.second.rate,
      prior.share * (1 - prior.share),
    ]
    return (value, zip(slopes, scales).map(*))
  }

  /// The likelihood and its slopes along α₁, β₁, α₂, β₂ and P.
  static func sum(
    _ counts: SquashedCounts, _ prior: GammaPoissonPrior
  ) -> (value: Double, slopes: [Double]) {
    let (one, two) = (Chances(prior.first), Chances(prior.second))
    let p = prior.share
    var value = 0.0
    var slopes = [Double](repeating: 0, count: 5)
    for point in counts.points {
      let (a, b) = (one.look(point), two.look(point))
      let top = max(a.log, b.log)
      let (x, y) = (exp(a.log - top), exp(b.log - top))
      let mixed = p * x + (1 - p) * y
      let weight = Double(point.weight)
      value -= weight * (top + log(mixed))
      let (g, h) = (p * x / mixed, (1 - p) * y / mixed)
      slopes[0] -= weight * g * a.shapeSlope
      slopes[1] -= weight * g * a.rateSlope
      slopes[2] -= weight * h * b.shapeSlope
      slopes[3] -= weight * h * b.rateSlope
      slopes[4] -= weight * (x - y) / mixed
    }
    return (value, slopes)
  }

  /// A negative binomial with what all counts have in common.
  private struct Chances {
    let component: GammaPoissonPrior.Component, logGamma: Double, digamma: Double

    init(_ component: GammaPoissonPrior.Component) {
      self.component = component
      logGamma = LogGamma.value(component.shape)
      digamma = Digamma.value(component.shape)
    }

    struct Look {
      let log: Double, shapeSlope: Double, rateSlope: Double
    }

    /// The chance of a count among those above 0.
    func look(_ point: SquashedCounts.Point) -> Look {
      let (shape, rate) = (component.shape, component.rate)
      let (n, expected) = (Double(point.count), point.expected)
      let stay = -log1p(expected / rate)
      // 1 − chance of 0, without its cancellation where little is expected.
      let seen = -expm1(shape * stay)
      let unseen = (1 - seen) / seen
      return Look(
        log: component.logChance(n, expected, logGamma: logGamma) - Foundation.log(seen),
        shapeSlope: Digamma.value(shape + n) - digamma + stay + unseen * stay,
        rateSlope: shape / rate - (shape + n) / (rate + expected)
          + unseen * (shape / rate - shape / (rate + expected)))
    }
  }
}
