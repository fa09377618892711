public import Featurization
public import NeuralNetworks

/// Everything that decides an ensemble of fingerprint networks, besides its data.
public struct EnsembleSettings: Codable, Hashable, Sendable {
  /// What the networks see.
  public var features: FeatureRecipe
  /// The widths of the hidden layers.
  public var hidden: [Int]
  /// The function between layers.
  public var activation: Activation
  /// The share of hidden elements dropped while training.
  public var dropout: Float
  /// The share of set features dropped while training.
  public var inputDropout: Float
  /// How often all rows are seen.
  public var epochs: Int
  /// Rows in a step.
  public var batchSize: Int
  /// The learning rate at its highest.
  public var learningRate: Double
  /// Decoupled weight decay (AdamW).
  public var weightDecay: Float
  /// Networks whose mean is the prediction.
  public var members: Int
  /// Folds that calibrate the uncertainty.
  public var folds: Int
  /// Networks trained without each fold.
  public var membersPerFold: Int
  /// Decides initial weights, order of rows, dropout and folds.
  public var seed: UInt64

  /// The recipe chosen by cross-validation inside MoleculeACE's training sets; see
  /// docs/decisions/0006-the-fingerprint-network.md.
  public init(
    features: FeatureRecipe = .fourCounts, hidden: [Int] = [512, 256],
    activation: Activation = .silu, dropout: Float = 0.2, inputDropout: Float = 0,
    epochs: Int = 25, batchSize: Int = 64, learningRate: Double = 1e-3, weightDecay: Float = 0,
    members: Int = 5, folds: Int = 5, membersPerFold: Int = 3, seed: UInt64 = 0
  ) {
    precondition(members >= 1 && folds >= 2 && membersPerFold >= 1, "an ensemble needs networks")
    self.features = features
    self.hidden = hidden
    self.activation = activation
    self.dropout = dropout
    self.inputDropout = inputDropout
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.members = members
    self.folds = folds
    self.membersPerFold = membersPerFold
    self.seed = seed
  }
}

extension EnsembleSettings {
  /// The shapes of every network.
  public var architecture: MultilayerPerceptron.Architecture {
    MultilayerPerceptron.Architecture(
      sparseColumns: features.columns, hidden: hidden, activation: activation, dropout: dropout,
      inputDropout: inputDropout)
  }
}
