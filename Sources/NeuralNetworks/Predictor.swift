public import Parallelism
public import Tensors

/// A multilayer perceptron prepared for prediction: no graph, rearranged weights.
///
/// Rows go through in blocks of a fixed size, the last one filled up with zeros, so that a row's
/// prediction is the same to the last bit whatever stands beside it.
public struct Predictor: Sendable {
  /// The rows of a block: large enough for BLAS, small enough for the second cache.
  public static let blockRows = 256

  private struct Layer: Sendable {
    let weight: Tensor
    let bias: [Float]
    /// The last weight as `[outputs, inputs]` where outputs are few: BLAS gains nothing there.
    let transposed: Tensor?
  }

  private let architecture: MultilayerPerceptron.Architecture
  private let slabs: SlabWeights
  private let firstBias: [Float]
  private let featureWeight: Tensor?
  private let layers: [Layer]
  private let norms: [(gain: Tensor, bias: Tensor)]

  /// Rearranges a network's weights.
  public init(_ network: MultilayerPerceptron) {
    let parameters = network.parameters
    architecture = network.architecture
    slabs = SlabWeights(parameters["layers.0.weight"])
    firstBias = parameters["layers.0.bias"].elements
    featureWeight =
      architecture.denseFeatures > 0 ? parameters["layers.0.feature_weight"] : nil
    let last = network.later.last
    layers = network.later.map { layer in
      let weight = parameters["\(layer.name).weight"]
      return Layer(
        weight: weight, bias: parameters["\(layer.name).bias"].elements,
        transposed: layer == last && layer.outputs <= 8 ? weight.transposed() : nil)
    }
    norms = network.norms.map { (parameters["\($0.name).weight"], parameters["\($0.name).bias"]) }
  }

  /// The network's outputs, shape `[rows, outputs]`.
  ///
  /// - Complexity: O(set bits × first width + rows × later weights), memory O(rows × outputs).
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
    // The activation is fused into the gather when nothing comes between them.
    let isFused = featureWeight == nil && norms.isEmpty
    var x = slabs.product(input.sparse, bias: firstBias, isFused ? function : .identity)
    let padding = Self.blockRows - input.rows
    x.append(contentsOf: repeatElement(0, count: padding * firstBias.count))
    if let featureWeight, let dense = input.dense {
      let padded = dense.elements + [Float](repeating: 0, count: padding * dense.columns)
      x = featureWeight.product(afterRows: padded, addedTo: x)
    }
    if let norm = norms.first { x.normalizeRows(norm.gain, norm.bias, LayerNorm.epsilon) }
    if !isFused { x.apply(function) }
    for (index, layer) in layers.enumerated() {
      let isLast = index + 1 == layers.count
      if let transposed = layer.transposed {
        x = transposed.fewOutputs(x, bias: layer.bias)
        continue
      }
      x = layer.weight.product(afterRows: x)
      x.addBias(layer.bias, isLast || !norms.isEmpty ? .identity : function)
      guard !isLast, !norms.isEmpty else { continue }
      x.normalizeRows(norms[index + 1].gain, norms[index + 1].bias, LayerNorm.epsilon)
      x.apply(function)
    }
    x.removeLast(padding * architecture.outputs)
    return x
  }
}
