import Foundation
internal import LinearAlgebra

/// One cause among the variants: how likely each is, and its effect if it is the one.
struct SingleEffect: Sendable {
  var alpha: [Double]
  var mean: [Double]
  var meanOfSquare: [Double]
  var priorVariance: Double
  /// The divergence from the prior.
  var divergence = 0.0

  var expected: [Double] { zip(alpha, mean).map(*) }
  var expectedSquare: [Double] { zip(alpha, meanOfSquare).map(*) }

  init(variants: Int, priorVariance: Double) {
    alpha = [Double](repeating: 1 / Double(variants), count: variants)
    mean = [Double](repeating: 0, count: variants)
    meanOfSquare = mean
    self.priorVariance = priorVariance
  }
}

/// The sum of single effects and what is left, on the cross products.
struct EffectSum {
  let cross: Matrix<Double>
  let products: [Double]
  let square: Double
  let people: Double
  private let diagonal: [Double]
  private let leastVariance: Double
  private(set) var residualVariance: Double
  private(set) var effects: [SingleEffect]
  /// X'X b for the sum of all effects.
  private var fitted: [Double]

  init(
    cross: Matrix<Double>, products: [Double], square: Double, people: Int, settings: SuSiE.Settings
  ) {
    self.cross = cross
    self.products = products
    self.square = square
    self.people = Double(people)
    diagonal = products.indices.map { cross[$0, $0] }
    let variance = square / Double(people - 1)
    residualVariance = variance
    leastVariance = variance / 1e4
    effects = [SingleEffect](
      repeating: SingleEffect(
        variants: products.count, priorVariance: settings.scaledPriorVariance * variance),
      count: settings.effects)
    fitted = [Double](repeating: 0, count: products.count)
  }

  /// Fits each effect anew to what the others leave.
  mutating func sweep() {
    for number in effects.indices {
      let own = cross.applied(to: effects[number].expected)
      for variant in fitted.indices { fitted[variant] -= own[variant] }
      let rest = zip(products, fitted).map(-)
      effects[number] = regression(rest, effects[number])
      let new = cross.applied(to: effects[number].expected)
      for variant in fitted.indices { fitted[variant] += new[variant] }
    }
  }

  /// The lower bound of the evidence.
  var bound: Double {
    -people / 2 * log(2 * .pi * residualVariance) - expectedResidual / (2 * residualVariance)
      - effects.reduce(0) { $0 + $1.divergence }
  }

  mutating func estimateResidualVariance() {
    residualVariance = max(leastVariance, expectedResidual / people)
  }

  /// E‖y − Xb‖².
  private var expectedResidual: Double {
    var all = [Double](repeating: 0, count: products.count)
    var own = 0.0
    var spread = 0.0
    for effect in effects {
      let b = effect.expected
      for variant in all.indices { all[variant] += b[variant] }
      own += dot(b, cross.applied(to: b))
      spread += dot(diagonal, effect.expectedSquare)
    }
    return square - 2 * dot(all, products) + dot(all, cross.applied(to: all)) - own + spread
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Regression on one variant, which is not known.
  private func regression(_ rest: [Double], _ before: SingleEffect) -> SingleEffect {
    let errors = diagonal.map { $0 > 0 ? residualVariance / $0 : .infinity }
    let estimates = zip(rest, diagonal).map { $1 > 0 ? $0 / $1 : 0 }
    let evidence = LogEvidence(estimates: estimates, errors: errors)
    var variance = evidence.bestVariance(before: before.priorVariance)
    if evidence.value(0) >= evidence.value(variance) { variance = 0 }
    var effect = before
    effect.priorVariance = variance
    let factors = evidence.factors(variance)
    let most = factors.max() ?? 0
    let weights = factors.map { exp($0 - most) }
    let total = weights.reduce(0, +)
    effect.alpha = weights.map { $0 / total }
    for variant in rest.indices {
      let spread =
        variance > 0 ? 1 / (1 / variance + diagonal[variant] / residualVariance) : 0
      effect.mean[variant] = spread * rest[variant] / residualVariance
      effect.meanOfSquare[variant] = spread + effect.mean[variant] * effect.mean[variant]
    }
    // −log evidence ratio plus what the posterior says of the likelihood's ratio to no effect.
    let logEvidence = most + log(total / Double(rest.count))
    let explained = dot(effect.expected, rest) - dot(diagonal, effect.expectedSquare) / 2
    effect.divergence = -logEvidence + explained / residualVariance
    return effect
  }
}

/// The evidence for an effect among the variants, by its prior variance.
private struct LogEvidence {
  let estimates: [Double]
  let errors: [Double]

  /// The logarithm of each variant's Bayes factor.
  func factors(_ variance: Double) -> [Double] {
    zip(estimates, errors).map { estimate, error in
      guard error.isFinite else { return 0 }
      return 0.5 * log(error / (variance + error))
        + 0.5 * estimate * estimate * (1 / error - 1 / (variance + error))
    }
  }

  func value(_ variance: Double) -> Double {
    let factors = factors(variance)
    let most = factors.max() ?? 0
    return most + log(factors.reduce(0) { $0 + exp($1 - most) } / Double(factors.count))
  }

  /// The variance of the greatest evidence, by Brent's method on its logarithm from −30 to 15; the one
  /// of before where that is better.
  func bestVariance(before: Double) -> Double {
    let found = exp(Self.minimum(-30, 15) { -value(exp($0)) })
    return value(before) > value(found) ? before : found
  }

  /// Brent's minimum of a function of one number (1973), as R's `optimize` has it.
  private static func minimum(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
    let golden = (3 - 5.0.squareRoot()) / 2
    let tolerance = 1.5e-8
    var (a, b) = (low, high)
    var v = a + golden * (b - a)
    var (w, x) = (v, v)
    var (d, e) = (0.0, 0.0)
    var fx = f(x)
    var (fv, fw) = (fx, fx)
    let epsilon = Double.ulpOfOne.squareRoot()
    for _ in 0..<500 {
      let middle = (a + b) / 2
      let step = epsilon * abs(x) + tolerance / 3
      if abs(x - middle) <= 2 * step - (b - a) / 2 { break }
      var (p, q, r) = (0.0, 0.0, 0.0)
      if abs(e) > step {
        r = (x - w) * (fx - fv)
        q = (x - v) * (fx - fw)
        p = (x - v) * q - (x - w) * r
        q = 2 * (q - r)
        if q > 0 { p = -p } else { q = -q }
        r = e
        e = d
      }
      var u: Double
      if abs(p) >= abs(q * r / 2) || p <= q * (a - x) || p >= q * (b - x) {
        e = x < middle ? b - x : a - x
        d = golden * e
      } else {
        d = p / q
        u = x + d
        if u - a < 2 * step || b - u < 2 * step { d = x < middle ? step : -step }
      }
      u = abs(d) >= step ? x + d : x + (d > 0 ? step : -step)
      let fu = f(u)
      if fu <= fx {
        if u < x { b = x } else { a = x }
        (v, w, x) = (w, x, u)
        (fv, fw, fx) = (fw, fx, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return x
  }
}
