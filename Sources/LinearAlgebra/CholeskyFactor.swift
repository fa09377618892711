internal import Glibc

/// The factor `L` of a symmetric positive definite matrix `A = L · Lᵀ`.
public struct CholeskyFactor<Scalar: MatrixScalar>: Sendable {
  /// The order of the matrix.
  public let order: Int
  private let elements: [Scalar]

  /// Factors a symmetric matrix; only its lower triangle is read.
  ///
  /// - Complexity: O(order³ / 3)
  public init(of matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "Cholesky of \(matrix.rows) × \(matrix.columns)")
    order = matrix.rows
    var elements = matrix.elements
    if order > 0 {
      let status = Scalar.factorCholesky(&elements, order: order)
      if status > 0 { throw .notPositiveDefinite(at: status - 1) }
      // LAPACKE answers a negative status for a NaN it found before it began.
      if status < 0 { throw .notFinite }
    }
    self.elements = elements
  }

  /// The solution `x` of `A · x = b`.
  ///
  /// - Complexity: O(order²)
  public func solve(_ rightSide: [Scalar]) -> [Scalar] {
    solve(Matrix(rows: rightSide.count, columns: 1, elements: rightSide)).elements
  }

  /// The solution `X` of `A · X = B`, column by column.
  ///
  /// - Complexity: O(order² × columns)
  public func solve(_ rightSides: Matrix<Scalar>) -> Matrix<Scalar> {
    precondition(rightSides.rows == order, "\(rightSides.rows) equations for order \(order)")
    guard order > 0, rightSides.columns > 0 else { return rightSides }
    var result = rightSides
    result.withElements {
      Scalar.solveCholesky(elements, order: order, &$0, columns: rightSides.columns)
    }
    return result
  }

  /// The natural logarithm of the determinant of `A`.
  public var logDeterminant: Double {
    (0..<order).reduce(0) { $0 + 2 * log(Double(elements[$1 * (order + 1)])) }
  }

  /// The lower triangular factor `L`, zeros above the diagonal.
  public var lowerTriangle: Matrix<Scalar> {
    var result = Matrix<Scalar>(rows: order, columns: order)
    for row in 0..<order {
      for column in 0...row { result[row, column] = elements[row * order + column] }
    }
    return result
  }
}
