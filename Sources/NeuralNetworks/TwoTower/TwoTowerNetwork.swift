public import Parallelism
public import Tensors

/// A network of two towers: one reads the compound, one the protein, and a head reads both.
///
/// With c and p the towers' outputs, of one width, the head reads `[c, p, c ⊙ p]`: the product lets what
/// a part of a compound is worth depend on the protein in one step (as in Chen et al. 2020's
/// interaction layers). A tower is computed once for each different compound or protein of a batch,
/// not once a pair.
public struct TwoTowerNetwork: Hashable, Sendable {
  /// The widths.
  public struct Architecture: Codable, Hashable, Sendable {
    /// The columns of a compound.
    public var compoundColumns: Int
    /// The columns of a protein.
    public var proteinColumns: Int
    /// The width of the hidden layer of each tower.
    public var tower: Int
    /// The width of what a tower says.
    public var embedding: Int
    /// The widths of the head's hidden layers.
    public var head: [Int]
    /// The share of hidden units set to 0 in training.
    public var dropout: Float

    /// Describes a network.
    public init(
      compoundColumns: Int, proteinColumns: Int, tower: Int = 512, embedding: Int = 128,
      head: [Int] = [512, 128], dropout: Float = 0
    ) {
      precondition(compoundColumns > 0 && proteinColumns > 0, "a tower without an input")
      precondition(tower > 0 && embedding > 0 && head.allSatisfy { $0 > 0 }, "empty layers")
      self.compoundColumns = compoundColumns
      self.proteinColumns = proteinColumns
      self.tower = tower
      self.embedding = embedding
      self.head = head
      self.dropout = dropout
    }

    /// How many numbers the weights are.
    public var weights: Int {
      let heads = [3 * embedding] + head + [1]
      let layers =
        [compoundColumns, proteinColumns].flatMap { [($0, tower), (tower, embedding)] }
        + zip(heads, heads.dropFirst())
      return layers.reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    }
  }

  /// The widths.
  public let architecture: Architecture
  /// The weights.
  public var parameters: Parameters
  private let compoundFirst: SparseLinear
  private let compoundSecond: Linear
  private let proteinFirst: Linear
  private let proteinSecond: Linear
  private let head: [Linear]

  /// A network with random weights.
  ///
  /// - Parameter squaredLength: the mean squared length of the compounds' rows, which scales the first
  ///   layer's weights.
  public init(_ architecture: Architecture, seed: UInt64, squaredLength: Double? = nil) {
    self.architecture = architecture
    let (tower, width) = (architecture.tower, architecture.embedding)
    compoundFirst = SparseLinear(
      "compound.0", columns: architecture.compoundColumns, outputs: tower)
    compoundSecond = Linear("compound.1", inputs: tower, outputs: width)
    proteinFirst = Linear("protein.0", inputs: architecture.proteinColumns, outputs: tower)
    proteinSecond = Linear("protein.1", inputs: tower, outputs: width)
    let widths = [3 * width] + architecture.head + [1]
    head = widths.indices.dropLast().map {
      Linear("head.\($0)", inputs: widths[$0], outputs: widths[$0 + 1])
    }
    var parameters = Parameters()
    var source = RandomSource(seed: seed)
    compoundFirst.initialize(&parameters, squaredLength: squaredLength, using: &source)
    for layer in [compoundSecond, proteinFirst, proteinSecond] + head {
      layer.initialize(&parameters, using: &source)
    }
    self.parameters = parameters
  }

  /// Reads the weights from a file.
  public init(
    _ architecture: Architecture, reading file: Safetensors, prefix: String = ""
  ) throws(SafetensorsError) {
    self.init(architecture, seed: 0)
    parameters = try parameters.reading(from: file, prefix: prefix)
  }
}

extension TwoTowerNetwork: TrainableNetwork {
  /// One number a pair, shape `[pairs, 1]`.
  public func output(of input: PairRows, in pass: inout ForwardPass) -> Value {
    let (compounds, compoundOf) = input.distinctCompounds
    let (proteins, proteinOf) = input.distinctProteins
    let c = pass.graph.apply(.gatherRows(compoundOf), compound(input, compounds, in: &pass))
    let p = pass.graph.apply(.gatherRows(proteinOf), protein(input, proteins, in: &pass))
    var x = pass.graph.apply(.joinColumns, c, p)
    x = pass.graph.apply(.joinColumns, x, pass.graph.apply(.multiply, c, p))
    for layer in head.dropLast() { x = hidden(layer(x, in: &pass), in: &pass) }
    guard let last = head.last else { return x }
    return last(x, in: &pass)
  }

  private func compound(_ input: PairRows, _ rows: [Int], in pass: inout ForwardPass) -> Value {
    let x = compoundFirst(input.compounds.selecting(rows), in: &pass)
    let y = compoundSecond(hidden(x, in: &pass), in: &pass)
    return pass.graph.apply(.elementwise(Activation.relu.function), y)
  }

  private func protein(_ input: PairRows, _ rows: [Int], in pass: inout ForwardPass) -> Value {
    let x = proteinFirst(pass.graph.constant(input.proteins.selectingRows(rows)), in: &pass)
    let y = proteinSecond(hidden(x, in: &pass), in: &pass)
    return pass.graph.apply(.elementwise(Activation.relu.function), y)
  }

  private func hidden(_ x: Value, in pass: inout ForwardPass) -> Value {
    let y = pass.graph.apply(.elementwise(Activation.relu.function), x)
    return Dropout(rate: architecture.dropout)(y, in: &pass)
  }
}

extension TwoTowerNetwork {
  /// What the network says of pairs; each depends on itself alone, so any number of threads says the
  /// same.
  public func predictions(of input: PairRows, using pool: WorkerPool) -> [Double] {
    let chunk = 4_096
    return pool.map((input.rows + chunk - 1) / chunk) { place -> [Double] in
      let rows = place * chunk..<min(input.rows, (place + 1) * chunk)
      var pass = ForwardPass(parameters, mode: .inference)
      let output = output(of: input.selecting(rows), in: &pass)
      return pass.graph.tensor(output).elements.map { Double($0) }
    }.flatMap { $0 }
  }
}
