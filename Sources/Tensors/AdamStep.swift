/// The two running moments Adam keeps for each weight (Kingma & Ba 2015).
public struct AdamMoments: Hashable, Sendable {
  /// The decaying mean of the slopes.
  public internal(set) var first: Tensor
  /// The decaying mean of the squared slopes.
  public internal(set) var second: Tensor

  /// The moments before the first step: zeros.
  public init(for weights: Tensor) {
    first = .zeros(weights.shape)
    second = .zeros(weights.shape)
  }

  /// Moments read back from a checkpoint.
  public init(first: Tensor, second: Tensor) {
    precondition(first.shape == second.shape, "moments of \(first.shape) and \(second.shape)")
    self.first = first
    self.second = second
  }
}

/// The numbers of one Adam or AdamW step, the same for all weights.
public struct AdamStep: Hashable, Sendable {
  /// The learning rate.
  public var rate: Float
  /// The decay of the first and of the second moment.
  public var decays: (first: Float, second: Float) { (firstDecay, secondDecay) }
  private let firstDecay: Float
  private let secondDecay: Float
  /// Added to the root of the second moment.
  public var epsilon: Float
  /// How many steps were made, this one included; at least 1.
  public var step: Int
  /// Weight decay added to the slope, as in Adam with an L2 penalty.
  public var penalty: Float
  /// Weight decay taken from the weight beside the step, as in AdamW (Loshchilov & Hutter 2019).
  public var decoupledDecay: Float
  /// A factor on all slopes; below 1 where gradients are clipped.
  public var gradientScale: Float

  /// States a step.
  public init(
    rate: Float, decays: (first: Float, second: Float) = (0.9, 0.999), epsilon: Float = 1e-8,
    step: Int, penalty: Float = 0, decoupledDecay: Float = 0, gradientScale: Float = 1
  ) {
    precondition(step >= 1, "Adam's steps count from 1, got \(step)")
    self.rate = rate
    (firstDecay, secondDecay) = decays
    self.epsilon = epsilon
    self.step = step
    self.penalty = penalty
    self.decoupledDecay = decoupledDecay
    self.gradientScale = gradientScale
  }

  /// Moves weights and moments by one step, in place and in one pass over memory.
  ///
  /// Rows without a slope still move: their moments decay and the momentum goes on, exactly as in
  /// dense Adam.
  public func update(_ weights: inout Tensor, by gradient: Gradient, _ moments: inout AdamMoments) {
    precondition(gradient.shape == weights.shape, "slope \(gradient.shape) of \(weights.shape)")
    precondition(moments.first.shape == weights.shape, "moments of another tensor")
    Kernels.best.adam(self, &weights, gradient, &moments)
  }
}
