public import Tensors

/// The directed message-passing network, as chemprop 2 computes it.
///
/// Yang et al. 2019, 10.1021/acs.jcim.9b00237. For an arc `v → w` of a graph with features `x` of
/// nodes and `e` of edges:
///
///     a(v→w) = W_i [x(v), e(vw)]
///     h(v→w) = τ(a(v→w)), then depth − 1 times: τ(a(v→w) + W_h Σ h(u→v) over u ≠ w)
///     h(v)   = τ(W_o [x(v), Σ h(u→v)] + b)
///     output = predictor(aggregation of all h(v))
///
/// Where atoms pass the messages: `a(v) = W_i x(v)` and `h(v) = τ(a(v) + W_h Σ [h(u), e(uv)])`.
///
/// Products with `W_h` and `W_o` are made before the sums, which is the same because sums are
/// linear: so each different arc is multiplied once, however many sums it stands in.
public struct MessagePassingNetwork: Hashable, Sendable {
  /// Everything that fixes the shapes and the functions.
  public struct Architecture: Codable, Hashable, Sendable {
    /// What passes the messages.
    public var messages: MessageKind
    /// The columns of a node's features.
    public var nodeColumns: Int
    /// The columns of an edge's features.
    public var edgeColumns: Int
    /// The width of the hidden vectors.
    public var hidden: Int
    /// How many times messages are made, the first included.
    public var depth: Int
    /// How the nodes' vectors become one.
    public var aggregation: Aggregation
    /// The width of the descriptors beside that vector; 0 for none.
    public var descriptors: Int
    /// The widths of the predictor's hidden layers.
    public var predictorHidden: [Int]
    /// The width of the output.
    public var outputs: Int
    /// The function after each layer.
    public var activation: Activation
    /// The share of hidden elements dropped while training.
    public var dropout: Float

    /// States an architecture; the defaults are chemprop's.
    public init(
      _ messages: MessageKind = .bonds, nodeColumns: Int, edgeColumns: Int, hidden: Int = 300,
      depth: Int = 3, aggregation: Aggregation = .norm(100), descriptors: Int = 0,
      predictorHidden: [Int] = [300],
      outputs: Int = 1, activation: Activation = .relu, dropout: Float = 0
    ) {
      precondition(nodeColumns > 0 && edgeColumns > 0 && outputs > 0, "empty layers")
      precondition(hidden > 0 && depth > 0 && descriptors >= 0, "hidden \(hidden), depth \(depth)")
      precondition(predictorHidden.allSatisfy { $0 > 0 }, "predictor \(predictorHidden)")
      self.messages = messages
      self.nodeColumns = nodeColumns
      self.edgeColumns = edgeColumns
      self.hidden = hidden
      self.depth = depth
      self.aggregation = aggregation
      self.descriptors = descriptors
      self.predictorHidden = predictorHidden
      self.outputs = outputs
      self.activation = activation
      self.dropout = dropout
    }
  }

  /// What fixes the shapes and the functions.
  public let architecture: Architecture
  /// The weights: `encoder.input.weight`, `encoder.hidden.weight`, `encoder.output.node_weight`,
  /// `encoder.output.weight`, `encoder.output.bias`, `predictor.0.weight`, … in this order; with
  /// atoms' messages also `encoder.hidden.edge_weight`, with attention `encoder.attention.weight`.
  public var parameters: Parameters
  /// Whether equal environments are computed once; false only to measure what that brings.
  public var sharesEnvironments = true

  let predictor: [Linear]

  /// A network with random weights, drawn from `±1/√inputs` of each layer.
  public init(_ architecture: Architecture, seed: UInt64) {
    self.architecture = architecture
    let widths =
      [architecture.hidden + architecture.descriptors] + architecture.predictorHidden
      + [architecture.outputs]
    predictor = widths.indices.dropLast().map {
      Linear("predictor.\($0)", inputs: widths[$0], outputs: widths[$0 + 1])
    }
    var parameters = Parameters()
    var source = RandomSource(seed: seed)
    let hidden = architecture.hidden
    func add(_ name: String, _ shape: Shape, inputs: Int) {
      let bound = 1 / Float(inputs).squareRoot()
      parameters.add("encoder.\(name)", .uniform(shape, within: bound, using: &source))
    }
    let (nodeColumns, edgeColumns) = (architecture.nodeColumns, architecture.edgeColumns)
    switch architecture.messages {
    case .bonds:
      add("input.weight", [nodeColumns + edgeColumns, hidden], inputs: nodeColumns + edgeColumns)
      add("hidden.weight", [hidden, hidden], inputs: hidden)
    case .atoms:
      add("input.weight", [nodeColumns, hidden], inputs: nodeColumns)
      add("hidden.weight", [hidden, hidden], inputs: hidden + edgeColumns)
      add("hidden.edge_weight", [edgeColumns, hidden], inputs: hidden + edgeColumns)
    }
    // One layer over [node's features, sum of messages], its weight kept in two parts.
    let wide = nodeColumns + hidden
    add("output.node_weight", [nodeColumns, hidden], inputs: wide)
    add("output.weight", [hidden, hidden], inputs: wide)
    add("output.bias", [hidden], inputs: wide)
    if architecture.aggregation == .attentive {
      add("attention.weight", [hidden, 1], inputs: hidden)
      add("attention.bias", [1], inputs: hidden)
    }
    for layer in predictor { layer.initialize(&parameters, using: &source) }
    self.parameters = parameters
  }

  /// A network with the weights of a file.
  public init(
    _ architecture: Architecture, reading file: Safetensors, prefix: String = ""
  ) throws(SafetensorsError) {
    self.init(architecture, seed: 0)
    parameters = try parameters.reading(from: file, prefix: prefix)
  }
}
