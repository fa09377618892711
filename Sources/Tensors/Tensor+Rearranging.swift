extension Tensor {
  /// The rows with these numbers, in this order.
  public func selectingRows(_ chosen: some Collection<some BinaryInteger>) -> Tensor {
    var result: [Float] = []
    result.reserveCapacity(chosen.count * columns)
    for row in chosen {
      result.append(contentsOf: elements[Int(row) * columns..<(Int(row) + 1) * columns])
    }
    return Tensor(Shape([chosen.count] + shape.extents.dropFirst()), result)
  }

  /// The rows of a range.
  public func rows(_ range: Range<Int>) -> Tensor {
    Tensor(
      Shape([range.count] + shape.extents.dropFirst()),
      Array(elements[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// The adjoint of taking rows: adds each row to the place it was taken from.
  func scatteringRows(_ chosen: [Int32], into shape: Shape) -> Tensor {
    var result = Tensor.zeros(shape)
    for (place, row) in chosen.enumerated() {
      for column in 0..<columns { result[Int(row), column] += self[place, column] }
    }
    return result
  }

  /// The columns of both matrices side by side.
  public func joiningColumns(with other: Tensor) -> Tensor {
    precondition(rows == other.rows, "columns of \(shape) beside \(other.shape)")
    var result: [Float] = []
    result.reserveCapacity(count + other.count)
    for row in 0..<rows {
      result.append(contentsOf: elements[row * columns..<(row + 1) * columns])
      result.append(contentsOf: other.elements[row * other.columns..<(row + 1) * other.columns])
    }
    return Tensor([rows, columns + other.columns], result)
  }

  /// Some adjacent columns of a matrix.
  public func selectingColumns(_ range: Range<Int>) -> Tensor {
    precondition(range.upperBound <= columns, "columns \(range) of \(shape)")
    var result: [Float] = []
    result.reserveCapacity(rows * range.count)
    for row in 0..<rows {
      let start = row * columns
      result.append(contentsOf: elements[start + range.lowerBound..<start + range.upperBound])
    }
    return Tensor([rows, range.count], result)
  }

  /// The adjoint of taking columns: zeros around them.
  func spreadingColumns(_ range: Range<Int>, into shape: Shape) -> Tensor {
    var result = Tensor.zeros(shape)
    for row in 0..<rows {
      for column in range { result[row, column] = self[row, column - range.lowerBound] }
    }
    return result
  }

  var reciprocals: Tensor { Tensor(shape, elements.map { 1 / $0 }) }
}
