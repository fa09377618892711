import Foundation
internal import Statistics

/// Σ λ χ²₁ by a χ² with the same moments (Liu, Tang & Zhang 2009).
struct MomentApproximation {
  let mean: Double
  let deviation: Double
  let degrees: Double
  let shift: Double
  private let scale: Double

  /// - Parameter matchesKurtosis: where skewness and kurtosis cannot both be met, the kurtosis counts
  ///   (SKAT-O's choice) instead of the skewness.
  init(_ weights: [Double], matchesKurtosis: Bool = false) {
    func sum(_ power: Double) -> Double { weights.reduce(0) { $0 + pow($1, power) } }
    let (c1, c2, c3, c4) = (sum(1), sum(2), sum(3), sum(4))
    mean = c1
    deviation = (2 * c2).squareRoot()
    let s1 = c3 / pow(c2, 1.5)
    let s2 = c4 / (c2 * c2)
    if s1 * s1 > s2 {
      scale = 1 / (s1 - (s1 * s1 - s2).squareRoot())
      shift = s1 * scale * scale * scale - scale * scale
      degrees = scale * scale - 2 * shift
    } else {
      shift = 0
      degrees = matchesKurtosis ? 1 / s2 : 1 / (s1 * s1)
      scale = matchesKurtosis ? degrees.squareRoot() : 1 / s1
    }
  }

  /// The share of a form above a point.
  ///
  /// Exact, or by the moments where the integral's own error, some
  /// 1e-11, would be told for a p-value. R's SKAT changes over in the same way where Davies' method fails.
  static func tail(of form: QuadraticForm, above point: Double) -> Double {
    let exact = form.share(above: point)
    return exact > 1e-10 ? exact : MomentApproximation(form.weights).share(above: point)
  }

  func share(above point: Double) -> Double {
    let standard = (point - mean) / deviation
    let mu = degrees + shift
    let sigma = 2.0.squareRoot() * scale
    let x = standard * sigma + mu
    return NoncentralChiSquared.share(above: x, degrees: degrees, noncentrality: shift)
  }
}

/// χ² around a point that is not the origin, as a Poisson mixture of central ones.
enum NoncentralChiSquared {
  static func share(above point: Double, degrees: Double, noncentrality: Double) -> Double {
    if noncentrality <= 0 { return ChiSquared.share(above: point, degrees: degrees) }
    let mean = noncentrality / 2
    var sum = 0.0
    let middle = Int(mean)
    let reach = Int(12 * (mean + 1).squareRoot()) + 30
    for k in max(0, middle - reach)...(middle + reach) {
      let weight = exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1))
      sum += weight * ChiSquared.share(above: point, degrees: degrees + 2 * Double(k))
    }
    return min(1, sum)
  }
}
