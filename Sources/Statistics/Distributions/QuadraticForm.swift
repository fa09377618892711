import Foundation

/// Σ λⱼ χ²₁: what a sum of squared, correlated scores is distributed like.
///
/// The share above a point by Imhof's inversion (Biometrika 1961),
/// ½ + 1/π ∫ sin θ(u) / (u ρ(u)) du with θ(u) = ½ Σ atan(λu) − ½ q u and ρ(u) = Π (1 + λ²u²)^¼,
/// over half waves of the sine, whose alternating sums Wynn's epsilon brings to their limit. Good to
/// some 1e-10 absolute; Davies' method in other programs is asked for 1e-6.
public struct QuadraticForm: Hashable, Sendable {
  /// The weights, positive ones only.
  public let weights: [Double]

  /// A form of weights; what is below a hundred-thousandth of the mean is nothing, as in SKAT.
  public init(_ weights: [Double]) {
    let positive = weights.filter { $0 >= 0 }
    let least = positive.isEmpty ? 0 : positive.reduce(0, +) / Double(positive.count) / 1e5
    self.weights = weights.filter { $0 > least }.sorted()
  }

  /// The share of the distribution above a point.
  public func share(above point: Double) -> Double {
    guard let largest = weights.last else { return point < 0 ? 1 : 0 }
    if point <= 0 { return 1 }
    if weights.count == 1 { return ChiSquared.share(above: point / largest, degrees: 1) }
    // In units of the largest weight the integrand varies over u of about 1.
    let scaled = weights.map { $0 / largest }
    let q = point / largest
    let half = 2 * Double.pi / q
    var sums: [Double] = []
    var sum = 0.0
    var limit = 0.0
    for wave in 0..<400 {
      let start = Double(wave) * half
      var part = 0.0
      for (low, high) in Self.pieces(from: start, to: start + half) {
        part += Self.integral(scaled, q, from: low, width: high - low)
      }
      sum += part
      sums.append(sum)
      if abs(part) < 1e-15 { return clamp(0.5 + sum / .pi) }
      if sums.count >= 12 {
        let next = Self.epsilon(Array(sums.suffix(21)))
        if abs(next - limit) < 1e-13 { return clamp(0.5 + next / .pi) }
        limit = next
      }
    }
    return clamp(0.5 + limit / .pi)
  }

  /// A half wave in pieces, each at most as long as it lies from 0: the weights' part of the integrand
  /// is smooth in the logarithm of u, and its structure begins at about 1.
  private static func pieces(from start: Double, to end: Double) -> [(Double, Double)] {
    var pieces: [(Double, Double)] = []
    var low = start
    while low < end {
      let high = min(end, low + max(0.25, low / 2))
      pieces.append((low, high))
      low = high
    }
    return pieces
  }

  private func clamp(_ share: Double) -> Double { min(1, max(0, share)) }

  private static func integral(
    _ weights: [Double], _ q: Double, from start: Double, width: Double
  ) -> Double {
    var sum = 0.0
    for (node, weight) in GaussLegendre.sixteen {
      let u = start + width * (node + 1) / 2
      var (angle, logarithm) = (-q * u / 2, 0.0)
      for lambda in weights {
        angle += atan(lambda * u) / 2
        logarithm += log1p(lambda * lambda * u * u)
      }
      sum += weight * sin(angle) / u * exp(-logarithm / 4)
    }
    return sum * width / 2
  }

  /// The limit of a sequence by Wynn's epsilon algorithm (1956).
  private static func epsilon(_ sums: [Double]) -> Double {
    var before = [Double](repeating: 0, count: sums.count + 1)
    var row = sums
    var best = sums[sums.count - 1]
    var column = 1
    while row.count > 1 {
      var next: [Double] = []
      for place in 0..<row.count - 1 {
        let difference = row[place + 1] - row[place]
        if abs(difference) < 1e-300 { return best }
        next.append(before[place + 1] + 1 / difference)
      }
      before = row
      row = next
      if column % 2 == 0, let last = row.last, last.isFinite { best = last }
      column += 1
    }
    return best
  }
}

/// Nodes and weights of Gauss and Legendre on −1 … 1.
public enum GaussLegendre {
  /// Sixteen of them, by Newton's method on the polynomial.
  public static let sixteen: [(node: Double, weight: Double)] = rule(16)

  static func rule(_ count: Int) -> [(node: Double, weight: Double)] {
    (1...count).map { place in
      var x = cos(.pi * (Double(place) - 0.25) / (Double(count) + 0.5))
      var derivative = 1.0
      for _ in 0..<100 {
        var (previous, current) = (1.0, x)
        for n in 2...max(2, count) {
          let k = Double(n)
          (previous, current) = (current, ((2 * k - 1) * x * current - (k - 1) * previous) / k)
        }
        derivative = Double(count) * (x * current - previous) / (x * x - 1)
        let step = current / derivative
        x -= step
        if abs(step) < 1e-16 { break }
      }
      return (x, 2 / ((1 - x * x) * derivative * derivative))
    }
  }
}

extension ChiSquared {
  /// The point above which a share of the distribution lies.
  public static func point(above share: Double, degrees: Double) -> Double {
    if share >= 1 { return 0 }
    var (low, high) = (0.0, max(1, degrees))
    while ChiSquared.share(above: high, degrees: degrees) > share, high < 1e6 { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if ChiSquared.share(above: middle, degrees: degrees) > share {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}
