public import Tensors

/// One computation of a network's output: the graph, the weights in it, and whether to train.
public struct ForwardPass: Sendable {
  /// Whether noise is wanted, and which.
  public enum Mode: Hashable, Sendable {
    /// No dropout.
    case inference
    /// Dropout drawn from a seed and the number of the training step.
    case training(seed: UInt64, step: Int)
  }

  /// The computation so far.
  public var graph = Graph()
  /// Whether to train.
  public let mode: Mode
  /// The weights inside the graph, in the parameters' order.
  public let weights: [Value]
  private let places: [String: Value]
  private var dropouts = 0
  private let piece: Int

  /// Begins a computation with a network's weights.
  ///
  /// - Parameter piece: the place of these rows among the pieces of a batch; each has noise of its
  ///   own.
  public init(_ parameters: Parameters, mode: Mode, piece: Int = 0) {
    self.mode = mode
    self.piece = piece
    var weights: [Value] = []
    for tensor in parameters.tensors {
      weights.append(
        mode == .inference ? graph.constant(tensor) : graph.parameter(tensor))
    }
    self.weights = weights
    places = Dictionary(uniqueKeysWithValues: zip(parameters.names, weights))
  }

  /// The weight with a name.
  public subscript(name: String) -> Value {
    guard let value = places[name] else { preconditionFailure("no parameter named \(name)") }
    return value
  }

  /// The mask of the next dropout; nil outside training or at a rate of 0.
  ///
  /// Places are numbered in the order of the calls, so each has noise of its own.
  public mutating func nextMask(rate: Float) -> DropoutMask? {
    defer { dropouts += 1 }
    guard case .training(let seed, let step) = mode, rate > 0 else { return nil }
    return DropoutMask(rate: rate, seed: seed, step: step, place: dropouts | piece << 32)
  }
}

extension ForwardPass {
  /// The product with a weight matrix, shape `[rows, inputs]` to `[rows, outputs]`.
  ///
  /// In inference every row's result depends on that row alone, to the last bit, on every processor;
  /// in training the fastest product is taken.
  mutating func product(_ x: Value, by name: String) -> Value {
    guard mode == .inference else { return graph.apply(.matrixProduct(), x, self[name]) }
    return graph.constant(PanelWeights(graph.tensor(self[name])).product(graph.tensor(x)))
  }
}
