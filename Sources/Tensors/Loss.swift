internal import Glibc

/// What a prediction is punished for.
///
/// Every loss is the weighted mean of one value for each target, so that a weight of 0 masks a
/// missing label of a multi-task set and others weigh classes or rows. A target may be a bound
/// (`> 10 µM`): then only what contradicts it is punished, or, where the loss knows a spread, what
/// makes it unlikely.
public enum Loss: Codable, Hashable, Sendable {
  /// `(x − t)²`
  case squared
  /// Squared below `delta` (halved), linear above (Huber 1964).
  case huber(delta: Float)
  /// Cross entropy of a label in `0...1` and a logit.
  case logistic
  /// `(log σ² + (x − t)² / σ²) / 2`, with the mean and the logarithm of the variance as inputs.
  case gaussian
  /// The Gaussian's with a known spread, in the targets' unit (Tobin 1958).
  case tobit(deviation: Float)

  /// How many tensors of the targets' shape the loss takes: 2 for the Gaussian, else 1.
  public var inputCount: Int { self == .gaussian ? 2 : 1 }

  /// The value at one target, and the slopes by the prediction and by its log variance.
  ///
  /// - Parameter bound: 1 where the truth is at least the target, −1 where it is at most that, else 0.
  func value(
    _ x: Float, _ logVariance: Float, target t: Float, bound: Float = 0
  ) -> (Float, Float, Float) {
    if bound != 0 { return boundedValue(x, logVariance, t, bound) }
    let difference = x - t
    switch self {
    case .squared:
      return (difference * difference, 2 * difference, 0)
    case .huber(let delta):
      let size = abs(difference)
      if size <= delta { return (difference * difference / 2, difference, 0) }
      return (delta * (size - delta / 2), difference < 0 ? -delta : delta, 0)
    case .logistic:
      // log(1 + eˣ) − t x, written so that neither sign overflows.
      let small = expf(-abs(x))
      let probability = x >= 0 ? 1 / (1 + small) : small / (1 + small)
      return (max(x, 0) + log1pf(small) - t * x, probability - t, 0)
    case .gaussian:
      let precision = expf(-logVariance)
      let excess = difference * difference * precision
      return ((logVariance + excess) / 2, difference * precision, (1 - excess) / 2)
    case .tobit(let deviation):
      let precision = 1 / (deviation * deviation)
      return (difference * difference * precision / 2, difference * precision, 0)
    }
  }

  private func boundedValue(
    _ x: Float, _ logVariance: Float, _ t: Float, _ bound: Float
  ) -> (Float, Float, Float) {
    switch self {
    case .squared, .huber:
      // On the right side of the bound nothing is wrong.
      return bound * (x - t) >= 0 ? (0, 0, 0) : value(x, logVariance, target: t)
    case .logistic:
      preconditionFailure("a label of a class is no bound")
    case .gaussian, .tobit:
      let deviation: Float =
        if case .tobit(let known) = self { known } else { expf(logVariance / 2) }
      // −log of the probability that the truth lies beyond the bound.
      let z = bound * (x - t) / deviation
      let (value, ratio) = negativeLogProbability(Double(z))
      return (Float(value), -Float(ratio) * bound / deviation, Float(ratio) * z / 2)
    }
  }
}

/// `−log Φ(z)` of the normal distribution, and `φ(z) / Φ(z)`.
private func negativeLogProbability(_ z: Double) -> (value: Double, ratio: Double) {
  let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
  guard z < -30 else {
    let probability = erfc(-z / 2.squareRoot()) / 2
    return (-log(probability), density / probability)
  }
  // Φ(z) ≈ φ(z) / −z (1 − 1/z²) this far out; Φ itself would become zero.
  let correction = 1 - 1 / (z * z)
  let logarithm = z * z / 2 + log(-z) + log(2 * Double.pi) / 2 - log(correction)
  return (logarithm, -z / correction)
}
