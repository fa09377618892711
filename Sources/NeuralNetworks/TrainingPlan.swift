public import Tensors

/// Everything that fixes a training besides the network and the data.
public struct TrainingPlan: Codable, Hashable, Sendable {
  /// What happens to weights besides following the slope.
  public enum WeightDecay: Codable, Hashable, Sendable {
    /// Added to the slope: Adam with an L2 penalty.
    case penalty(Float)
    /// Taken from the weight beside the step: AdamW (Loshchilov & Hutter 2019).
    case decoupled(Float)
  }

  /// How often all rows are seen.
  public var epochs: Int
  /// How many rows a step sees; the last batch of an epoch may have fewer.
  public var batchSize: Int
  /// How many rows of a batch are worked on at a time; nil for the whole batch.
  ///
  /// So several threads share a step. It is part of the plan because sums are made piece by piece: the weights
  /// depend on it in their last digits, and never on the threads.
  public var pieceSize: Int?
  /// What predictions are punished for.
  public var loss: Loss
  /// The learning rate before the schedule's factor.
  public var learningRate: Double
  /// How the learning rate moves.
  public var schedule: LearningRateSchedule
  /// What shrinks the weights.
  public var weightDecay: WeightDecay
  /// The longest gradient over all weights; a longer one is scaled down, nil for no limit.
  public var gradientLimit: Double?
  /// How many epochs without a better validation loss end the training; nil to go on.
  public var patience: Int?
  /// Decides the order of the rows and the dropout.
  public var seed: UInt64

  /// States a plan.
  public init(
    epochs: Int, batchSize: Int = 128, pieceSize: Int? = nil, loss: Loss = .squared,
    learningRate: Double = 1e-3,
    schedule: LearningRateSchedule = .constant, weightDecay: WeightDecay = .decoupled(0),
    gradientLimit: Double? = nil, patience: Int? = nil, seed: UInt64 = 0
  ) {
    precondition(epochs >= 0 && batchSize > 0, "\(epochs) epochs of batches of \(batchSize)")
    precondition(pieceSize.map { $0 > 0 } ?? true, "pieces of \(pieceSize ?? 0)")
    self.epochs = epochs
    self.batchSize = batchSize
    self.pieceSize = pieceSize
    self.loss = loss
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.gradientLimit = gradientLimit
    self.patience = patience
    self.seed = seed
  }
}

extension TrainingPlan {
  /// The plan chemprop trains by unless told otherwise: Adam over batches of 64, the rate up in a
  /// line for two epochs from a tenth of 10⁻³, then down by a constant ratio to a tenth of it.
  public static func chemprop(
    epochs: Int = 50, loss: Loss = .squared, patience: Int? = nil, seed: UInt64 = 0
  ) -> TrainingPlan {
    TrainingPlan(
      epochs: epochs, batchSize: 64, pieceSize: 32, loss: loss, learningRate: 1e-3,
      schedule: .warmUpExponential(
        warmUp: min(1, 2 / Double(max(1, epochs))), first: 0.1, last: 0.1),
      patience: patience, seed: seed)
  }
}
