/// The weights behind a sparse input, rearranged for prediction.
///
/// A weight matrix of 2,048 × 512 floats is 4 MB and lives in the third cache. Cut into slabs of 64
/// columns, each `[inputs, 64]` and contiguous, a slab of 512 KB stays in the second cache while a
/// whole block of rows gathers from it.
public struct SlabWeights: Sendable {
  /// The columns of a slab: four 512-bit vectors.
  static let slabWidth = 64

  /// How many inputs.
  public let inputs: Int
  /// How many outputs.
  public let width: Int
  let elements: [Float]

  /// Rearranges a weight matrix of shape `[inputs, outputs]`.
  public init(_ weights: Tensor) {
    inputs = weights.rows
    width = weights.columns
    elements = weights.inBands(of: Self.slabWidth)
  }

  /// `f(x · weights + bias)`, row after row.
  ///
  /// Every row's result depends on that row alone, to the last bit.
  public func product(
    _ x: SparseRows, bias: [Float], _ function: ElementFunction
  ) -> [Float] {
    Kernels.best.product(x, slabs: self, bias: bias, function)
  }
}

extension Tensor {
  /// The columns of a matrix in bands: band after band, each contiguous by rows, zeros at the end.
  fileprivate func inBands(of width: Int) -> [Float] {
    let bands = (columns + width - 1) / width
    var result = [Float](repeating: 0, count: bands * rows * width)
    for row in 0..<rows {
      for column in 0..<columns {
        let (band, place) = column.quotientAndRemainder(dividingBy: width)
        result[(band * rows + row) * width + place] = elements[row * columns + column]
      }
    }
    return result
  }
}
