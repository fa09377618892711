public import Parallelism
public import Tensors

/// A multilayer perceptron prepared for prediction: no graph, rearranged weights, fused steps.
///
/// Every row's prediction depends on that row alone, to the last bit: not on its company, its
/// place, or the threads. Work goes in blocks of rows, so memory beyond the output is constant.
public struct Predictor: Sendable {
  /// The rows of a block: enough to use a slab of weights well, few enough for the second cache.
  static let blockRows = 256

  private let architecture: MultilayerPerceptron.Architecture
  private let first: SlabWeights
  private let features: PanelWeights?
  private let later: [PanelWeights]
  private let biases: [[Float]]
  private let norms: [(gain: Tensor, bias: Tensor)]
  /// The last weight as `[outputs, inputs]` where outputs are few: no panel is worth filling.
  private let lastTransposed: Tensor?

  /// Rearranges a network's weights.
  public init(_ network: MultilayerPerceptron) {
    let parameters = network.parameters
    architecture = network.architecture
    first = SlabWeights(parameters["layers.0.weight"])
    features =
      architecture.denseFeatures > 0 ? PanelWeights(parameters["layers.0.feature_weight"]) : nil
    later = network.later.map { PanelWeights(parameters["\($0.name).weight"]) }
    biases = (0...network.later.count).map { parameters["layers.\($0).bias"].elements }
    norms = network.norms.map { (parameters["\($0.name).weight"], parameters["\($0.name).bias"]) }
    lastTransposed =
      architecture.outputs <= 8
      ? parameters["layers.\(network.later.count).weight"].transposed() : nil
  }

  /// The network's outputs, shape `[rows, outputs]`.
  ///
  /// - Complexity: O(set bits × first width + rows × later weights)
  public func predict(
    _ input: FeatureRows, on pool: WorkerPool = WorkerPool(threads: 1)
  ) -> Tensor {
    let blocks = (input.rows + Self.blockRows - 1) / Self.blockRows
    let parts = pool.map(blocks) { block in
      let start = block * Self.blockRows
      return predictBlock(input[start..<min(input.rows, start + Self.blockRows)])
    }
    return Tensor([input.rows, architecture.outputs], Array(parts.joined()))
  }

  private func predictBlock(_ input: FeatureRows) -> [Float] {
    let function = architecture.activation.function
    // The activation is fused into a layer's product when no norm comes between them.
    let fused = norms.isEmpty ? function : .identity
    var x = first.product(
      input.sparse, bias: biases[0], features == nil ? fused : .identity)
    if let features, let dense = input.dense { features.add(dense.elements, to: &x, fused) }
    for (index, weights) in later.enumerated() {
      if !norms.isEmpty {
        x.normalizeRows(norms[index].gain, norms[index].bias, LayerNorm.epsilon)
        x.apply(function)
      }
      let isLast = index + 1 == later.count
      if isLast, let lastTransposed {
        x = lastTransposed.fewOutputs(x, bias: biases[index + 1])
      } else {
        x = weights.product(x, bias: biases[index + 1], isLast ? .identity : fused)
      }
    }
    return x
  }
}
