import Foundation
import Statistics

/// What a process says of a label it did not see.
struct LeftOut {
  let mean: Double
  let variance: Double
  /// −1 or 1.
  let target: Double

  static func all(_ solution: ProcessSolution, _ targets: [Double]) -> [LeftOut] {
    zip(solution.leaveOneOut(targets), targets).map {
      LeftOut(mean: $0.mean, variance: $0.variance, target: $1)
    }
  }
}

/// From a process about −1 and 1 to a probability: Φ((a μ + b) ÷ √(1 + a² σ²)).
///
/// Rasmussen & Williams 2006, eq. 6.42, with a and b chosen on labels that were left out.
struct ProcessSquash: Codable, Hashable {
  var slope: Double
  var offset: Double

  init(fitting labels: [LeftOut]) {
    func loss(_ place: [Double]) -> (value: Double, gradient: [Double]) {
      // A weak prior on the slope's logarithm, for classes that a process tells apart without error.
      let slope = exp(place[0])
      var (value, byScale, byOffset) = (place[0] * place[0] / 18, place[0] / 9, 0.0)
      for label in labels {
        let spread = 1 + slope * slope * label.variance
        let z = label.target * (slope * label.mean + place[1]) / spread.squareRoot()
        value -= Self.logProbability(z)
        // φ(z) ÷ Φ(z), through logarithms so that far tails do not divide zero by zero.
        let ratio = exp(-z * z / 2 - log(2 * .pi) / 2 - Self.logProbability(z))
        let bySlope =
          label.target * label.mean / spread.squareRoot() - z * slope * label.variance / spread
        byScale -= ratio * bySlope * slope
        byOffset -= ratio * label.target / spread.squareRoot()
      }
      return (value, [byScale, byOffset])
    }
    let best = LimitedMemoryBFGS(tolerance: 1e-6).minimum(from: [0, 0], of: loss)
    slope = exp(best?.place[0] ?? 0)
    offset = best?.place[1] ?? 0
  }

  /// The probability of class 1.
  func probability(mean: Double, variance: Double) -> Double {
    exp(Self.logProbability((slope * mean + offset) / (1 + slope * slope * variance).squareRoot()))
  }

  /// log Φ(z).
  private static func logProbability(_ z: Double) -> Double {
    if z > -30 { return log(erfc(-z / 2.0.squareRoot()) / 2) }
    // The first terms of the tail's expansion (Abramowitz & Stegun 26.2.12).
    return -z * z / 2 - log(-z) - log(2 * .pi) / 2 - 1 / (z * z)
  }
}
