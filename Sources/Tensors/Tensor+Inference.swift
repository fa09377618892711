extension Tensor {
  /// The matrix with rows and columns exchanged.
  public func transposed() -> Tensor { Kernels.best.transpose(self) }

  /// `x · selfᵀ + bias` for a matrix of few rows; every row of `x` is treated alike.
  public func fewOutputs(_ x: [Float], bias: [Float]) -> [Float] {
    Kernels.best.fewOutputs(x, rows: x.count / columns, transposed: self, bias: bias)
  }
}

// Rows of a block during prediction, changed in place.
extension [Float] {
  /// Applies a function to each element.
  public mutating func apply(_ function: ElementFunction) {
    Kernels.best.applyInPlace(function, &self)
  }

  /// Brings rows of the gain's width to zero mean and unit variance, then gain and bias.
  public mutating func normalizeRows(_ gain: Tensor, _ bias: Tensor, _ epsilon: Float) {
    let x = Tensor([count / gain.count, gain.count], self)
    self = Kernels.best.layerNorm(x, gain: gain, bias: bias, epsilon: epsilon).y.elements
  }
}
