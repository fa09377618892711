public import Tensors

/// Rows brought to zero mean and unit variance, then gain and bias (Ba, Kiros & Hinton 2016).
public struct LayerNorm: Hashable, Sendable {
  /// The name its parameters begin with.
  public let name: String
  /// The width of a row.
  public let width: Int

  /// Added to the variance, PyTorch's default.
  static let epsilon: Float = 1e-5

  /// Describes a layer; the weights live in `Parameters`.
  public init(_ name: String, width: Int) {
    self.name = name
    self.width = width
  }

  /// Adds a gain of ones and a bias of zeros.
  public func initialize(_ parameters: inout Parameters) {
    parameters.add("\(name).weight", Tensor([width], repeating: 1))
    parameters.add("\(name).bias", .zeros([width]))
  }

  /// The layer's output, of the input's shape.
  public func callAsFunction(_ x: Value, in pass: inout ForwardPass) -> Value {
    pass.graph.apply(
      .layerNorm(epsilon: Self.epsilon), x, pass["\(name).weight"], pass["\(name).bias"])
  }
}
