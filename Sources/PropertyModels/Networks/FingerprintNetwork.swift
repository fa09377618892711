public import Featurization
public import NeuralNetworks
public import Parallelism
public import Tensors

/// A multilayer perceptron on fingerprints, with dense numbers beside them where wanted.
public struct FingerprintNetwork: NetworkFamily {
  /// The stable name.
  public static let name = "fingerprint-network"

  /// The fingerprints.
  public var features: FeatureRecipe
  /// What stands beside them.
  public var dense: [DenseFeature]
  /// The widths of the hidden layers.
  public var hidden: [Int]
  /// The function between layers.
  public var activation: Activation
  /// The share of hidden elements dropped while training.
  public var dropout: Float
  /// How each network is trained.
  public var plan: TrainingPlan
  /// How many networks are averaged.
  public var members: Int

  /// The recipe of docs/decisions/0006-the-fingerprint-network.md.
  public init(
    features: FeatureRecipe = .fourCounts, dense: [DenseFeature] = [], hidden: [Int] = [512, 256],
    activation: Activation = .silu, dropout: Float = 0.2,
    plan: TrainingPlan = TrainingPlan(
      epochs: 25, batchSize: 64, schedule: .warmUpCosine(warmUp: 0.05, last: 0.01)),
    members: Int = 5
  ) {
    self.features = features
    self.dense = dense
    self.hidden = hidden
    self.activation = activation
    self.dropout = dropout
    self.plan = plan
    self.members = members
  }

  /// What is wrong with the settings; nil for nothing.
  public var flaw: String? {
    if let flaw = features.flaw { return flaw }
    if hidden.isEmpty || !hidden.allSatisfy({ (1...65_536).contains($0) }) {
      return "hidden layers \(hidden)"
    }
    return (0..<1).contains(dropout) ? nil : "a dropout of \(dropout)"
  }

  private func architecture(_ outputs: Int) -> MultilayerPerceptron.Architecture {
    MultilayerPerceptron.Architecture(
      sparseColumns: features.columns, denseFeatures: dense.reduce(0) { $0 + $1.columns },
      hidden: hidden, outputs: outputs, activation: activation,
      dropout: dropout)
  }

  /// The fingerprints' columns and what stands beside them.
  public func inputs(
    of compounds: CompoundTable, dense: Tensor?, using pool: WorkerPool
  ) throws -> FeatureRows {
    FeatureRows(
      sparse: features.matrix(try compounds.rows(of: features, using: pool)), dense: dense)
  }

  /// A network whose first layer is drawn for the length of these rows.
  public func network(
    outputs: Int, for inputs: FeatureRows, seed: UInt64
  ) -> MultilayerPerceptron {
    MultilayerPerceptron(
      architecture(outputs), seed: seed, squaredLength: inputs.sparse.meanSquaredLength)
  }

  /// A network with weights from a file.
  public func network(
    outputs: Int, reading file: Safetensors, prefix: String
  ) throws(SafetensorsError) -> MultilayerPerceptron {
    try MultilayerPerceptron(architecture(outputs), reading: file, prefix: prefix)
  }

  /// The network with its weights laid out for prediction.
  public func ready(_ network: MultilayerPerceptron) -> Predictor { Predictor(network) }

  /// What a network says.
  public func outputs(
    of ready: Predictor, for inputs: FeatureRows, using pool: WorkerPool
  ) -> Tensor {
    ready.predict(inputs, on: pool)
  }
}
