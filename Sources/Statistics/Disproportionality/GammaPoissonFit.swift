import Foundation

/// The mixture under which the counts of a table are likeliest, counts of 0 not being in the table.
public struct GammaPoissonFit: Hashable, Sendable {
  /// What is known of the pairs that are not in the table.
  public enum Truncation: String, CaseIterable, Sendable {
    /// The chance of a count under the mixture is divided by the mixture's chance of one above 0: the
    /// likelihood of DuMouchel (1999), given that a pair is in the table. The share P is one of all
    /// pairs, which is what the belief about a single pair needs.
    case mixture
    /// Each gamma's chance is divided by its own chance of a count above 0, and the two are mixed then:
    /// DuMouchel & Pregibon (2001), and openEBGM with N* = 1. P is a share of the pairs in the table,
    /// and means little for a pair where one gamma's shape goes to 0.
    case each
  }

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
  public init?(_ counts: SquashedCounts, truncation: Truncation = .mixture) {
    guard counts.points.count >= 10 else { return nil }
    // A gradient of a sum over many pairs cannot come nearer to 0 than its last digits.
    let pairs = counts.points.reduce(0) { $0 + $1.weight }
    let search = LimitedMemoryBFGS(
      memory: 10, steps: 500, tolerance: max(1e-6, 1e-9 * Double(pairs)))
    var best: LimitedMemoryBFGS.Point?
    for start in Self.starts {
      let place = start.prefix(4).map { log($0) } + [log(start[4] / (1 - start[4]))]
      let found = search.minimum(from: place) { Self.value(counts, truncation, at: $0) }
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
    of counts: SquashedCounts, under prior: GammaPoissonPrior, truncation: Truncation = .mixture
  ) -> Double {
    sum(counts, truncation, prior).value
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
    _ counts: SquashedCounts, _ truncation: Truncation, at place: [Double]
  ) -> (value: Double, gradient: [Double])? {
    guard let prior = prior(at: place) else { return nil }
    let (value, slopes) = sum(counts, truncation, prior)
    // From the parameters to their logarithms and the log odds.
    let scales = [
      prior.first.shape, prior.first.rate, prior.second.shape, prior.second.rate,
      prior.share * (1 - prior.share),
    ]
    return (value, zip(slopes, scales).map(*))
  }

  /// The likelihood and its slopes along α₁, β₁, α₂, β₂ and P.
  static func sum(
    _ counts: SquashedCounts, _ truncation: Truncation, _ prior: GammaPoissonPrior
  ) -> (value: Double, slopes: [Double]) {
    var (one, two) = (NegativeBinomial(prior.first), NegativeBinomial(prior.second))
    let p = prior.share
    var value = 0.0
    var slopes = [Double](repeating: 0, count: 5)
    for point in counts.points {
      var (a, b) = (one.look(point), two.look(point))
      if truncation == .each {
        a.truncate()
        b.truncate()
      }
      let top = max(a.log, b.log)
      let (x, y) = (exp(a.log - top), exp(b.log - top))
      let mixed = p * x + (1 - p) * y
      var loss = -top - log(mixed)
      let (g, h) = (p * x / mixed, (1 - p) * y / mixed)
      var slope = (g * a.shapeSlope, g * a.rateSlope, h * b.shapeSlope, h * b.rateSlope)
      var shareSlope = (x - y) / mixed
      if truncation == .mixture {
        let seen = p * a.seen + (1 - p) * b.seen
        loss += log(seen)
        let (u, v) = (p * (1 - a.seen) / seen, (1 - p) * (1 - b.seen) / seen)
        slope.0 += u * a.shapeSlopeOfNone
        slope.1 += u * a.rateSlopeOfNone
        slope.2 += v * b.shapeSlopeOfNone
        slope.3 += v * b.rateSlopeOfNone
        shareSlope -= (a.seen - b.seen) / seen
      }
      let weight = Double(point.weight)
      value += weight * loss
      slopes[0] -= weight * slope.0
      slopes[1] -= weight * slope.1
      slopes[2] -= weight * slope.2
      slopes[3] -= weight * slope.3
      slopes[4] -= weight * shareSlope
    }
    return (value, slopes)
  }
}

/// The law of counts under one gamma, with what all points, and all points of one count, have in
/// common: points stand in the order of their counts.
private struct NegativeBinomial {
  private let shape: Double, rate: Double, logRate: Double
  private let logGamma: Double, digamma: Double
  private var count = -1
  private var combinations = 0.0, shapePart = 0.0

  init(_ component: GammaPoissonPrior.Component) {
    shape = component.shape
    rate = component.rate
    logRate = log(rate)
    logGamma = LogGamma.value(shape)
    digamma = Digamma.value(shape)
  }

  struct Look {
    /// The logarithm of the chance of the count, and its slopes.
    var log: Double, shapeSlope: Double, rateSlope: Double
    /// The chance of a count above 0.
    let seen: Double
    /// Slopes of the logarithm of the chance of 0.
    let shapeSlopeOfNone: Double, rateSlopeOfNone: Double

    /// The chance among counts above 0.
    mutating func truncate() {
      let unseen = (1 - seen) / seen
      log -= Foundation.log(seen)
      shapeSlope += unseen * shapeSlopeOfNone
      rateSlope += unseen * rateSlopeOfNone
    }
  }

  mutating func look(_ point: SquashedCounts.Point) -> Look {
    let (n, expected) = (Double(point.count), point.expected)
    if point.count != count {
      count = point.count
      combinations = LogGamma.value(shape + n) - logGamma - LogGamma.value(n + 1)
      shapePart = Digamma.value(shape + n) - digamma
    }
    let stay = -log1p(expected / rate)
    // log(E/(β+E)) from what is there already.
    let leave = stay + log(expected) - logRate
    return Look(
      log: combinations + shape * stay + n * leave, shapeSlope: shapePart + stay,
      rateSlope: shape / rate - (shape + n) / (rate + expected),
      // 1 − chance of 0, without its cancellation where little is expected.
      seen: -expm1(shape * stay), shapeSlopeOfNone: stay,
      rateSlopeOfNone: shape / rate - shape / (rate + expected))
  }
}
