/// The derivative of a loss by one value.
///
/// A weight matrix behind a sparse input has a slope only in the rows a batch has touched, so its
/// gradient keeps those alone.
public enum Gradient: Hashable, Sendable {
  /// One slope for each element.
  case dense(Tensor)
  /// The slopes of the rows listed (ascending); all others are zero. `values` has one row for each.
  case rows(_ rows: [Int32], values: Tensor, shape: Shape)

  /// The shape of the value this is the gradient of.
  public var shape: Shape {
    switch self {
    case .dense(let tensor): tensor.shape
    case .rows(_, _, let shape): shape
    }
  }

  /// The gradient written out, zeros and all.
  public var dense: Tensor {
    switch self {
    case .dense(let tensor): return tensor
    case .rows(let rows, let values, let shape):
      if rows.count == shape.rows { return values.reshaped(shape) }
      var result = Tensor.zeros(shape)
      let width = shape.columns
      for (place, row) in rows.enumerated() {
        let start = Int(row) * width
        result.elements.replaceSubrange(
          start..<start + width, with: values.elements[place * width..<(place + 1) * width])
      }
      return result
    }
  }

  /// The sum of the squares of the slopes.
  public var sumOfSquares: Double {
    switch self {
    case .dense(let tensor): Kernels.best.sumOfSquares(tensor.elements)
    case .rows(_, let values, _): Kernels.best.sumOfSquares(values.elements)
    }
  }

  /// The sum of two gradients of one value.
  public static func + (left: Gradient, right: Gradient) -> Gradient {
    guard case .rows(let rows, let values, let shape) = left,
      case .rows(let otherRows, let otherValues, _) = right
    else { return .dense(Kernels.best.add(left.dense, right.dense)) }
    let columns = shape.columns
    var (place, other) = (0, 0)
    var touched: [Int32] = []
    var sums: [Float] = []
    sums.reserveCapacity(max(values.count, otherValues.count))
    while place < rows.count || other < otherRows.count {
      let first = place < rows.count ? rows[place] : .max
      let second = other < otherRows.count ? otherRows[other] : .max
      touched.append(min(first, second))
      let own = values.elements[place * columns..<(place + (first <= second ? 1 : 0)) * columns]
      let added = otherValues.elements[
        other * columns..<(other + (second <= first ? 1 : 0)) * columns]
      if first == second {
        for (a, b) in zip(own, added) { sums.append(a + b) }
      } else {
        sums += first < second ? own : added
      }
      if first <= second { place += 1 }
      if second <= first { other += 1 }
    }
    return .rows(touched, values: Tensor([touched.count, columns], sums), shape: shape)
  }
}
