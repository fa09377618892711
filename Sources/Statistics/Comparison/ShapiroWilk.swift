import Foundation

/// Whether a sample may come from a normal distribution.
///
/// Royston: Algorithm AS R94. Appl. Stat. 1995, 44, 547. For 3 to 5,000 values.
public struct ShapiroWilk: Codable, Hashable, Sendable {
  /// How straight the sample lies against normal order statistics; 1 at most.
  public let w: Double
  /// The chance of so low a W from a normal distribution.
  public let pValue: Double

  /// Tests a sample; nil where it has fewer than 3 or more than 5,000 values, or no spread.
  public init?(_ sample: [Double]) {
    guard (3...5000).contains(sample.count), sample.allSatisfy(\.isFinite) else { return nil }
    let sorted = sample.sorted()
    let spread = sorted[sorted.count - 1] - sorted[0]
    guard spread > 0 else { return nil }
    let scaled = sorted.map { $0 / spread }
    let weights = Self.weights(sample.count)
    guard let mean = Moments.mean(scaled) else { return nil }
    let squares = Moments.sum(scaled.map { ($0 - mean) * ($0 - mean) })
    let product = Moments.sum(zip(weights, scaled).map { $0 * ($1 - mean) })
    w = min(1, product * product / (squares * Moments.sum(weights.map { $0 * $0 })))
    pValue = Self.pValue(1 - w, sample.count)
  }

  /// The coefficients of the order statistics, antisymmetric about the middle.
  private static func weights(_ count: Int) -> [Double] {
    let half = count / 2
    if count == 3 { return [-0.5.squareRoot(), 0, 0.5.squareRoot()] }
    let n = Double(count)
    let scores = (1...half).map { Normal.point(ofShare: (Double($0) - 0.375) / (n + 0.25)) }
    let squares = 2 * Moments.sum(scores.map { $0 * $0 })
    let root = squares.squareRoot()
    let small = 1 / n.squareRoot()
    let first =
      polynomial(small, [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056])
      - scores[0] / root
    var upper = [Double](repeating: 0, count: half)
    upper[0] = first
    let fixed: Int
    let factor: Double
    if count > 5 {
      let second =
        -scores[1] / root
        + polynomial(small, [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633])
      upper[1] = second
      let rest = squares - 2 * scores[0] * scores[0] - 2 * scores[1] * scores[1]
      factor = (rest / (1 - 2 * first * first - 2 * second * second)).squareRoot()
      fixed = 2
    } else {
      factor = ((squares - 2 * scores[0] * scores[0]) / (1 - 2 * first * first)).squareRoot()
      fixed = 1
    }
    for place in fixed..<max(half, fixed) where place < half {
      upper[place] = -scores[place] / factor
    }
    let middle = count % 2 == 1 ? [0.0] : []
    return upper.map { -$0 } + middle + upper.reversed()
  }

  private static func pValue(_ gap: Double, _ count: Int) -> Double {
    let n = Double(count)
    if count == 3 {
      let share = 6 / Double.pi * (asin((1 - gap).squareRoot()) - asin(0.75.squareRoot()))
      return min(1, max(0, share))
    }
    if gap <= 0 { return 1 }
    var y = log(gap)
    let logarithm = log(n)
    let mean: Double
    let deviation: Double
    if count <= 11 {
      let limit = -2.273 + 0.459 * n
      if y >= limit { return 1e-99 }
      y = -log(limit - y)
      mean = polynomial(n, [0.544, -0.39978, 0.025054, -6.714e-4])
      deviation = exp(polynomial(n, [1.3822, -0.77857, 0.062767, -0.0020322]))
    } else {
      mean = polynomial(logarithm, [-1.5861, -0.31082, -0.083751, 0.0038915])
      deviation = exp(polynomial(logarithm, [-0.4803, -0.082676, 0.0030302]))
    }
    return Normal.share(below: -(y - mean) / deviation)
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
