public import Tensors

/// A fully connected network over fingerprints: a sparse first layer, then dense ones.
///
/// `sparse (+ dense) → [linear → norm? → activation → dropout] × hidden → linear`
public struct MultilayerPerceptron: Hashable, Sendable {
  /// Everything that fixes the shapes and the functions.
  public struct Architecture: Codable, Hashable, Sendable {
    /// The columns of the sparse input.
    public var sparseColumns: Int
    /// The width of the dense features beside it; 0 for none.
    public var denseFeatures: Int
    /// The widths of the hidden layers; at least one.
    public var hidden: [Int]
    /// The width of the output.
    public var outputs: Int
    /// The function after each hidden layer.
    public var activation: Activation
    /// The share of hidden elements dropped while training.
    public var dropout: Float
    /// The share of the sparse input's entries dropped while training.
    public var inputDropout: Float
    /// Whether each hidden layer is normalised before its activation.
    public var layerNorm: Bool

    /// States an architecture.
    public init(
      sparseColumns: Int, denseFeatures: Int = 0, hidden: [Int], outputs: Int = 1,
      activation: Activation = .relu, dropout: Float = 0, inputDropout: Float = 0,
      layerNorm: Bool = false
    ) {
      precondition(sparseColumns > 0 && denseFeatures >= 0 && outputs > 0, "empty layers")
      precondition(!hidden.isEmpty && hidden.allSatisfy { $0 > 0 }, "hidden layers \(hidden)")
      self.sparseColumns = sparseColumns
      self.denseFeatures = denseFeatures
      self.hidden = hidden
      self.outputs = outputs
      self.activation = activation
      self.dropout = dropout
      self.inputDropout = inputDropout
      self.layerNorm = layerNorm
    }
  }

  /// What fixes the shapes and the functions.
  public let architecture: Architecture
  /// The weights: `layers.0.weight`, `layers.0.bias`, `norms.0.weight`, … in this order.
  public var parameters: Parameters

  let first: SparseLinear
  let later: [Linear]
  let norms: [LayerNorm]

  /// A network with random weights.
  ///
  /// - Parameter squaredLength: `SparseRows.meanSquaredLength` of the rows it will be trained on.
  ///   A fingerprint has few of its columns set; without this the first layer starts so small that
  ///   the network is nearly linear and generalises worse (cross-validated on MoleculeACE).
  public init(_ architecture: Architecture, seed: UInt64, squaredLength: Double? = nil) {
    let hidden = architecture.hidden
    self.architecture = architecture
    first = SparseLinear(
      "layers.0", columns: architecture.sparseColumns, features: architecture.denseFeatures,
      outputs: hidden[0])
    later = hidden.indices.map { index in
      Linear(
        "layers.\(index + 1)", inputs: hidden[index],
        outputs: index + 1 < hidden.count ? hidden[index + 1] : architecture.outputs)
    }
    norms =
      architecture.layerNorm
      ? hidden.indices.map { LayerNorm("norms.\($0)", width: hidden[$0]) } : []

    var parameters = Parameters()
    var source = RandomSource(seed: seed)
    first.initialize(&parameters, squaredLength: squaredLength, using: &source)
    for layer in later { layer.initialize(&parameters, using: &source) }
    for norm in norms { norm.initialize(&parameters) }
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

extension MultilayerPerceptron: TrainableNetwork {
  /// The output for a batch, shape `[rows, outputs]`.
  public func output(of input: FeatureRows, in pass: inout ForwardPass) -> Value {
    let dropout = Dropout(rate: architecture.dropout)
    let thinned = Dropout(rate: architecture.inputDropout)(input, in: &pass)
    var x = first(thinned, in: &pass)
    for (index, layer) in later.enumerated() {
      if architecture.layerNorm { x = norms[index](x, in: &pass) }
      x = pass.graph.apply(.elementwise(architecture.activation.function), x)
      x = dropout(x, in: &pass)
      x = layer(x, in: &pass)
    }
    return x
  }
}
