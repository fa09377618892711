/// Noise of whole numbers, drawn exactly: no rounding of real numbers for an attacker to read.
///
/// Canonne, Kamath & Steinke, The discrete Gaussian for differential privacy, 2020, algorithms 1
/// to 3. Scales are fractions of small whole numbers.
public struct DiscreteNoise<Generator: RandomNumberGenerator> {
  private var generator: Generator

  /// Noise by a generator; a release to strangers wants the system's.
  public init(_ generator: Generator) { self.generator = generator }

  /// Two-sided geometric noise: probability ∝ exp(−|x| / scale), scale = numerator / denominator.
  ///
  /// A count is answered with privacy loss ε when the scale is 1/ε.
  public mutating func laplace(scale numerator: UInt32, over denominator: UInt32 = 1) -> Int {
    precondition(numerator > 0 && denominator > 0, "a scale is above 0")
    let t = UInt64(numerator)
    while true {
      let u = UInt64.random(in: 0..<t, using: &generator)
      guard bernoulliExp(u, t) else { continue }
      var v: UInt64 = 0
      while bernoulliExp(1, 1) { v += 1 }
      let magnitude = Int((u + t * v) / UInt64(denominator))
      let isNegative = Bool.random(using: &generator)
      if isNegative && magnitude == 0 { continue }
      return isNegative ? -magnitude : magnitude
    }
  }

  /// Noise with probability ∝ exp(−x² / 2σ²), σ² = numerator / denominator.
  public mutating func gaussian(variance numerator: UInt32, over denominator: UInt32 = 1) -> Int {
    precondition(numerator > 0 && denominator > 0, "a variance is above 0")
    let (n, d) = (UInt64(numerator), UInt64(denominator))
    let t = UInt64(Double(n / d).squareRoot()) + 1
    while true {
      let y = laplace(scale: UInt32(t))
      // exp(−(|y| − σ²/t)² / 2σ²) = exp(−(|y|·t·d − n)² / (2·n·d·t²))
      let product = UInt64(y.magnitude).multipliedReportingOverflow(by: t * d)
      let distance = product.partialValue > n ? product.partialValue - n : n - product.partialValue
      let square = distance.multipliedReportingOverflow(by: distance)
      guard !product.overflow, !square.overflow else { continue }
      if bernoulliExp(square.partialValue, 2 * n * d * t * t) { return y }
    }
  }

  /// True with probability exp(−numerator / denominator).
  mutating func bernoulliExp(_ numerator: UInt64, _ denominator: UInt64) -> Bool {
    var rest = numerator
    while rest > denominator {
      guard bernoulliSmall(denominator, denominator) else { return false }
      rest -= denominator
    }
    return bernoulliSmall(rest, denominator)
  }

  /// The same for a fraction of at most 1: von Neumann's alternating series.
  private mutating func bernoulliSmall(_ numerator: UInt64, _ denominator: UInt64) -> Bool {
    var k: UInt64 = 1
    while true {
      // True with probability numerator / (denominator · k).
      let hit =
        UInt64.random(in: 0..<denominator, using: &generator) < numerator
        && UInt64.random(in: 0..<k, using: &generator) == 0
      if !hit { return k % 2 == 1 }
      k += 1
    }
  }
}
