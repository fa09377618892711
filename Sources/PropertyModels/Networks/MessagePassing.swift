import Featurization
public import Molecules
public import NeuralNetworks
public import Parallelism
public import Tensors

/// A message-passing network on molecular graphs: Yang, Swanson, Jin and others, 2019.
public struct MessagePassing: NetworkFamily {
  /// The stable name.
  public static let name = "message-passing"

  /// What passes the messages.
  public var messages: MessageKind
  /// What stands beside the molecule's vector.
  public var dense: [DenseFeature]
  /// The width of the hidden vectors.
  public var hidden: Int
  /// How many times messages are made.
  public var depth: Int
  /// How the atoms' vectors become one.
  public var aggregation: Aggregation
  /// The widths of the predictor's hidden layers.
  public var predictorHidden: [Int]
  /// The share of hidden elements dropped while training.
  public var dropout: Float
  /// How each network is trained.
  public var plan: TrainingPlan
  /// How many networks are averaged.
  public var members: Int

  /// Chemprop's defaults.
  public init(
    messages: MessageKind = .bonds, dense: [DenseFeature] = [], hidden: Int = 300, depth: Int = 3,
    aggregation: Aggregation = .norm(100), predictorHidden: [Int] = [300], dropout: Float = 0,
    plan: TrainingPlan = .chemprop(), members: Int = 1
  ) {
    self.messages = messages
    self.dense = dense
    self.hidden = hidden
    self.depth = depth
    self.aggregation = aggregation
    self.predictorHidden = predictorHidden
    self.dropout = dropout
    self.plan = plan
    self.members = members
  }

  /// What is wrong with the settings; nil for nothing.
  public var flaw: String? {
    if !(1...16_384).contains(hidden) { return "a hidden width of \(hidden)" }
    if !(1...64).contains(depth) { return "a depth of \(depth)" }
    if !predictorHidden.allSatisfy({ (1...65_536).contains($0) }) {
      return "hidden layers \(predictorHidden)"
    }
    if case .norm(let constant) = aggregation, !(constant > 0 && constant.isFinite) {
      return "a norm of \(constant)"
    }
    return (0..<1).contains(dropout) ? nil : "a dropout of \(dropout)"
  }

  private func architecture(_ outputs: Int) -> MessagePassingNetwork.Architecture {
    MessagePassingNetwork.Architecture(
      messages, nodeColumns: AtomColumns.count, edgeColumns: BondColumns.count, hidden: hidden,
      depth: depth, aggregation: aggregation, descriptors: dense.reduce(0) { $0 + $1.columns },
      predictorHidden: predictorHidden, outputs: outputs,
      dropout: dropout)
  }

  /// The molecules' graphs and what stands beside them.
  public func inputs(
    of compounds: CompoundTable, dense: Tensor?, using pool: WorkerPool
  ) throws -> GraphRows {
    GraphRows(
      GraphBatch(try compounds.rows(of: GraphFeature(), using: pool)), descriptors: dense)
  }

  /// A network with random weights.
  public func network(
    outputs: Int, for inputs: GraphRows, seed: UInt64
  ) -> MessagePassingNetwork {
    MessagePassingNetwork(architecture(outputs), seed: seed)
  }

  /// A network with weights from a file.
  public func network(
    outputs: Int, reading file: Safetensors, prefix: String
  ) throws(SafetensorsError) -> MessagePassingNetwork {
    try MessagePassingNetwork(architecture(outputs), reading: file, prefix: prefix)
  }

  /// The network as a predictor.
  public func ready(_ network: MessagePassingNetwork) -> GraphPredictor { GraphPredictor(network) }

  /// What a network says.
  public func outputs(
    of ready: GraphPredictor, for inputs: GraphRows, using pool: WorkerPool
  ) -> Tensor {
    ready.predict(inputs, on: pool)
  }
}

/// A molecule's graph, as a feature of it.
public struct GraphFeature: CompoundFeature {
  /// The only one there is.
  public init() {}

  /// The graph.
  public func row(of structure: borrowing Structure) throws(MoleculeError) -> MolecularGraph {
    try structure.graph
  }
}
