import Foundation
internal import Statistics

/// The tail of a score of cases and controls by a saddle point.
///
/// The sum of independent g̃ᵢ(yᵢ − μᵢ) has K(t) = Σ log(1 − μᵢ + μᵢ e^{g̃ᵢt}) − t Σ g̃ᵢμᵢ. Its tail is
/// Φ(−(w + log(v/w)/w)) with w = √(2(tq − K(t))), v = t√K″(t) where K′(t) = q (Barndorff-Nielsen's
/// form of Lugannani & Rice; Dey et al., AJHG 2017, as in SAIGE and regenie). Rare variants and few
/// cases make the score skewed, which χ² does not see.
struct SaddlePoint {
  /// The genotypes less what the covariates say of them.
  let genotypes: [Double]
  /// Each person's probability to be a case under the null.
  let shares: [Double]

  /// The natural logarithm of the two-sided p of a score; nil where no saddle point is found.
  func logPValue(score: Double) -> Double? {
    let size = abs(score)
    guard size > 0, let above = logTail(size, sign: 1), let below = logTail(size, sign: -1) else {
      return nil
    }
    let (more, less) = (max(above, below), min(above, below))
    return min(0, more + log1p(exp(less - more)))
  }

  /// The logarithm of the share of scores beyond `size` on one side.
  private func logTail(_ size: Double, sign: Double) -> Double? {
    // The score cannot go beyond its bounds; nothing lies there.
    var most = 0.0
    for (g, share) in zip(genotypes, shares) {
      most += max(sign * g, 0) - sign * g * share
    }
    guard size < most * (1 - 1e-12) else { return -.infinity }
    var (low, high) = (0.0, Double.infinity)
    var t = size / cumulants(0, sign).second
    for _ in 0..<200 {
      let at = cumulants(t, sign)
      let surplus = at.first - size
      if surplus < 0 { low = t } else { high = t }
      let next = t - surplus / at.second
      // Newton's step where it stays inside the bracket, halving where it does not.
      let moved = next > low && next < high ? next : high.isFinite ? (low + high) / 2 : 2 * t
      let isAtRest = abs(moved - t) <= 1e-9 * t
      t = moved
      if isAtRest { break }
    }
    let at = cumulants(t, sign)
    let w2 = 2 * (t * size - at.value)
    guard w2 > 0, at.second > 0, t > 0, t.isFinite else { return nil }
    let w = w2.squareRoot()
    let v = t * at.second.squareRoot()
    let tail = Normal.logShare(below: -(w + log(v / w) / w))
    return tail.isFinite ? tail : nil
  }

  /// K, K′ and K″ at a place.
  private func cumulants(
    _ t: Double, _ sign: Double
  ) -> (value: Double, first: Double, second: Double) {
    var (value, first, second) = (0.0, 0.0, 0.0)
    for (g, share) in zip(genotypes, shares) {
      let g = sign * g
      let x = g * t
      // With e^x for the smaller of the two outcomes nothing overflows.
      let odds = x > 0 ? (1 - share) * exp(-x) : share * exp(x)
      let total = x > 0 ? odds + share : odds + 1 - share
      let tilted = x > 0 ? share / total : odds / total
      value += log(total) + (x > 0 ? x : 0) - x * share
      first += g * (tilted - share)
      second += g * g * tilted * (1 - tilted)
    }
    return (value, first, second)
  }
}
