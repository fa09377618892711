public import Tensors

/// A network the trainer can fit: weights, and an output for a batch.
public protocol TrainableNetwork: Sendable {
  /// What the network reads, row by row.
  associatedtype Input: BatchSource
  /// The weights; the trainer moves them.
  var parameters: Parameters { get set }
  /// The output for a batch, shape `[rows, outputs]`.
  func output(of input: Input, in pass: inout ForwardPass) -> Value
}

extension TrainableNetwork {
  /// The loss of a batch inside a pass, a scalar.
  func loss(
    _ loss: Loss, of input: Input, against targets: Targets, in pass: inout ForwardPass
  ) -> Value {
    let output = output(of: input, in: &pass)
    let width = targets.tasks
    // A Gaussian's output holds the means first, then the logarithms of the variances.
    let parts =
      loss.inputCount == 1
      ? [output]
      : (0..<loss.inputCount).map {
        pass.graph.apply(.columns($0 * width..<($0 + 1) * width), output)
      }
    return pass.graph.apply(
      .loss(loss, targets: targets.values, weights: targets.weights, bounds: targets.bounds), parts)
  }
}
