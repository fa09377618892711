import Foundation

/// The regularised incomplete gamma function, on which chi-squared, Poisson and gamma stand.
///
/// The series (DLMF 8.11.4) below the mean, Lentz's continued fraction (DLMF 8.9.2) above it: each
/// gives the share that is small there with all its digits.
public enum IncompleteGamma {
  /// The share of a gamma distribution of rate 1 above a point, Q(a, x).
  public static func share(above x: Double, _ a: Double) -> Double {
    x <= 0 ? 1 : shares(x, a, logGamma: LogGamma.value(a)).above
  }

  /// The share below a point, P(a, x), which keeps its digits where it is small.
  public static func share(below x: Double, _ a: Double) -> Double {
    x <= 0 ? 0 : shares(x, a, logGamma: LogGamma.value(a)).below
  }

  /// Both shares, where the logarithm of the gamma function at `a` is known.
  static func shares(
    _ x: Double, _ a: Double, logGamma: Double
  ) -> (below: Double, above: Double) {
    let front = exp(a * log(x) - x - logGamma)
    if x < a + 1 {
      let below = front * series(x, a)
      return (below, 1 - below)
    }
    let above = front * fraction(x, a)
    return (1 - above, above)
  }

  private static func series(_ x: Double, _ a: Double) -> Double {
    var (term, sum, n) = (1 / a, 1 / a, a)
    repeat {
      n += 1
      term *= x / n
      sum += term
    } while term > sum * 1e-17
    return sum
  }

  private static func fraction(_ x: Double, _ a: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    for step in 1...10_000 {
      let n = Double(step)
      b += 2
      d = -n * (n - a) * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b - n * (n - a) / c
      if abs(c) < tiny { c = tiny }
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }
}

/// The Poisson distribution.
public enum Poisson {
  /// The chance of so many events or more: P(n, mean).
  public static func share(from count: Int, mean: Double) -> Double {
    count <= 0 ? 1 : IncompleteGamma.share(below: mean, Double(count))
  }
}
