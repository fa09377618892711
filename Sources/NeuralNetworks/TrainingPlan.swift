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
    epochs: Int, batchSize: Int = 128, loss: Loss = .squared, learningRate: Double = 1e-3,
    schedule: LearningRateSchedule = .constant, weightDecay: WeightDecay = .decoupled(0),
    gradientLimit: Double? = nil, patience: Int? = nil, seed: UInt64 = 0
  ) {
    precondition(epochs >= 0 && batchSize > 0, "\(epochs) epochs of batches of \(batchSize)")
    self.epochs = epochs
    self.batchSize = batchSize
    self.loss = loss
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.gradientLimit = gradientLimit
    self.patience = patience
    self.seed = seed
  }
}
