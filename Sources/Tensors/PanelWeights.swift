/// The weights of a dense layer, rearranged for prediction.
///
/// Panels of 32 outputs, each `[inputs, 32]` and contiguous, so that a tile of rows streams through
/// one panel with its sums in registers.
public struct PanelWeights: Sendable {
  /// The outputs of a panel: two 512-bit vectors.
  static let panelWidth = 32

  /// How many inputs.
  public let inputs: Int
  /// How many outputs.
  public let outputs: Int
  let elements: [Float]

  /// Rearranges a weight matrix of shape `[inputs, outputs]`, or of the transposed shape.
  public init(_ weights: Tensor, transposed: Bool = false) {
    inputs = transposed ? weights.columns : weights.rows
    outputs = transposed ? weights.rows : weights.columns
    elements = Kernels.best.panels(weights, transposed: transposed)
  }

  /// `f(x · weights + bias)` for rows of `inputs` elements, one after another.
  ///
  /// Every row's result depends on that row alone, to the last bit.
  public func product(_ x: [Float], bias: [Float], _ function: ElementFunction) -> [Float] {
    product(Tensor([x.count / max(1, inputs), inputs], x), bias: bias, function).elements
  }

  /// `f(x · weights + bias)`; without the bias where it is nil.
  ///
  /// Every row's result depends on that row alone, to the last bit.
  public func product(
    _ x: Tensor, bias: [Float]? = nil, _ function: ElementFunction = .identity
  ) -> Tensor {
    Kernels.best.product(x, panels: self, bias: bias, function)
  }

  /// `f(sums + x · weights)`, in place of the sums.
  public func add(_ x: [Float], to sums: inout [Float], _ function: ElementFunction) {
    Kernels.best.product(x, panels: self, bias: nil, function, &sums)
  }
}
