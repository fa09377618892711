public import Tensors

/// `x · weight + bias` over dense rows.
///
/// Weight `[inputs, outputs]`, bias `[outputs]`.
/// PyTorch stores the weight as `[outputs, inputs]`; ours is transposed, so that a sparse input
/// gathers whole rows.
public struct Linear: Hashable, Sendable {
  /// The name its parameters begin with.
  public let name: String
  /// The width of the input.
  public let inputs: Int
  /// The width of the output.
  public let outputs: Int

  /// Describes a layer; the weights live in `Parameters`.
  public init(_ name: String, inputs: Int, outputs: Int) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Adds weights drawn from `±1/√inputs`.
  public func initialize(_ parameters: inout Parameters, using source: inout RandomSource) {
    let bound = 1 / Float(max(1, inputs)).squareRoot()
    parameters.add("\(name).weight", .uniform([inputs, outputs], within: bound, using: &source))
    parameters.add("\(name).bias", .uniform([outputs], within: bound, using: &source))
  }

  /// The layer's output, shape `[rows, inputs]` to `[rows, outputs]`.
  public func callAsFunction(_ x: Value, in pass: inout ForwardPass) -> Value {
    let product = pass.product(x, by: "\(name).weight")
    return pass.graph.apply(.addBias, product, pass["\(name).bias"])
  }
}

extension Tensor {
  /// Numbers drawn evenly from `-bound..<bound`.
  public static func uniform(
    _ shape: Shape, within bound: Float, using source: inout RandomSource
  ) -> Tensor {
    var elements: [Float] = []
    elements.reserveCapacity(shape.count)
    for _ in 0..<shape.count { elements.append((2 * source.unit() - 1) * bound) }
    return Tensor(shape, elements)
  }
}
