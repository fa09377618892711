internal import Glibc

/// What a prediction is punished for.
///
/// Every loss is the weighted mean of one value for each target, so that a weight of 0 masks a
/// missing label of a multi-task set and others weigh classes or rows.
public enum Loss: Codable, Hashable, Sendable {
  /// `(x − t)²`
  case squared
  /// Squared below `delta` (halved), linear above (Huber 1964).
  case huber(delta: Float)
  /// Cross entropy of a label in `0...1` and a logit.
  case logistic
  /// `(log σ² + (x − t)² / σ²) / 2`, with the mean and the logarithm of the variance as inputs.
  case gaussian

  /// How many tensors of the targets' shape the loss takes: 2 for the Gaussian, else 1.
  public var inputCount: Int { self == .gaussian ? 2 : 1 }

  /// The value at one target, and the slopes by the prediction and by its log variance.
  func value(_ x: Float, _ logVariance: Float, target t: Float) -> (Float, Float, Float) {
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
    }
  }
}
