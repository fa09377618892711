import Foundation

/// The regularised incomplete beta function, on which Student's t, Fisher's F and the binomial
/// stand.
public enum IncompleteBeta {
  /// The share of a beta distribution below a point.
  ///
  /// Lentz's continued fraction (DLMF 8.17.22) on the side where it converges fast.
  public static func share(below x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "a beta distribution of \(a) and \(b)")
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    return x < (a + 1) / (a + b + 2)
      ? fraction(x, 1 - x, a, b) : 1 - fraction(1 - x, x, b, a)
  }

  /// The natural logarithm of the share below a point, which outlives the share itself.
  static func logShare(below x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0, x < (a + 1) / (a + b + 2) else { return log(share(below: x, a, b)) }
    return logFront(x, 1 - x, a, b) + log(continued(x, a, b))
  }

  /// The share above, which keeps its digits where it is small.
  public static func share(above x: Double, _ a: Double, _ b: Double) -> Double {
    share(below: 1 - x, b, a)
  }

  /// The point below which this share of the distribution lies.
  ///
  /// Halved until no number lies between: slow, sure, exact to the last digit of the function.
  public static func point(ofShare share: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(share), "a share lies from 0 to 1, not at \(share)")
    if share == 0 || share == 1 { return share }
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if IncompleteBeta.share(below: middle, a, b) < share { low = middle } else { high = middle }
    }
  }

  private static func fraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    exp(logFront(x, y, a, b)) * continued(x, a, b)
  }

  private static func logFront(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    a * log(x) + b * log(y) - LogGamma.beta(a, b) - log(a)
  }

  private static func continued(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var value = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var change = 1.0
      for term in [even, odd] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
        change = c * d
        value *= change
      }
      if abs(change - 1) < 1e-16 { break }
    }
    return value
  }
}

/// Logarithms of the gamma and beta functions.
enum LogGamma {
  static func value(_ x: Double) -> Double { Foundation.lgamma(x) }

  static func beta(_ a: Double, _ b: Double) -> Double { value(a) + value(b) - value(a + b) }

  static func choose(_ n: Int, _ k: Int) -> Double {
    value(Double(n) + 1) - value(Double(k) + 1) - value(Double(n - k) + 1)
  }
}
