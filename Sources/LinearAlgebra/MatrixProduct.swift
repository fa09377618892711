/// Whether a factor of a product is taken as it stands or with rows and columns exchanged.
public enum Orientation: Hashable, Sendable {
  /// As stored.
  case plain
  /// Rows and columns exchanged.
  case transposed
}

/// The extents of a product `C = A · B`: `C` is `rows × columns`, summed over `inner`.
public struct ProductShape: Hashable, Sendable {
  /// Rows of the result.
  public let rows: Int
  /// Columns of the result.
  public let columns: Int
  /// The length of the sums.
  public let inner: Int

  /// States the three extents.
  public init(rows: Int, columns: Int, inner: Int) {
    self.rows = rows
    self.columns = columns
    self.inner = inner
  }
}

/// Computes `result = scale · op(left) · op(right) + keeping · result` over row-major elements.
///
/// The elements are stored row by row without gaps: `op(left)` is `rows × inner`, `op(right)` is
/// `inner × columns`. One thread; the same input gives the same bits on one machine.
///
/// - Complexity: O(rows × columns × inner)
public func multiply<Scalar: MatrixScalar>(
  _ left: Span<Scalar>, _ leftOrientation: Orientation = .plain,
  by right: Span<Scalar>, _ rightOrientation: Orientation = .plain,
  shape: ProductShape, scale: Scalar = 1, keeping: Scalar = 0,
  into result: inout MutableSpan<Scalar>
) {
  precondition(left.count == shape.rows * shape.inner, "left factor does not fit \(shape)")
  precondition(right.count == shape.inner * shape.columns, "right factor does not fit \(shape)")
  precondition(result.count == shape.rows * shape.columns, "result does not fit \(shape)")
  guard shape.rows > 0, shape.columns > 0 else { return }
  Scalar.product(
    left, leftOrientation, right, rightOrientation, shape: shape, scale: scale, keeping: keeping,
    into: &result)
}

extension Matrix {
  /// The matrix product.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    left.times(.plain, right, .plain)
  }

  /// The product `op(self) · op(right)`, either factor transposed without a copy.
  public func times(
    _ orientation: Orientation, _ right: Matrix, _ rightOrientation: Orientation
  ) -> Matrix {
    let (rows, inner) = orientation == .plain ? (self.rows, columns) : (columns, self.rows)
    let (rightInner, rightColumns) =
      rightOrientation == .plain ? (right.rows, right.columns) : (right.columns, right.rows)
    precondition(inner == rightInner, "product of \(rows) × \(inner) and \(rightInner) rows")
    var result = Matrix(rows: rows, columns: rightColumns)
    let shape = ProductShape(rows: rows, columns: rightColumns, inner: inner)
    result.withElements { elements in
      var span = elements.mutableSpan
      multiply(
        self.elements.span, orientation, by: right.elements.span, rightOrientation, shape: shape,
        into: &span)
    }
    return result
  }

  /// The product with a vector.
  public func applied(to vector: [Scalar]) -> [Scalar] {
    (self * Matrix(rows: vector.count, columns: 1, elements: vector)).elements
  }
}
