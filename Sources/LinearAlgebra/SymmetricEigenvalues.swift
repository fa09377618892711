/// The eigenvalues of a symmetric matrix, ascending, with their vectors on demand.
public struct SymmetricEigenvalues<Scalar: MatrixScalar>: Sendable {
  /// The eigenvalues, ascending.
  public let values: [Scalar]
  /// The eigenvectors, column `i` belonging to value `i`; nil when they were not asked for.
  public let vectors: Matrix<Scalar>?

  /// Decomposes a symmetric matrix; only its lower triangle is read.
  ///
  /// - Complexity: O(order³)
  public init(of matrix: Matrix<Scalar>, vectors wanted: Bool = false) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "eigenvalues of a matrix that is not square")
    var elements = matrix.elements
    var values = [Scalar](repeating: 0, count: matrix.rows)
    if matrix.rows > 0 {
      let status = Scalar.decomposeSymmetric(
        &elements, order: matrix.rows, values: &values, vectors: wanted)
      if status > 0 { throw .noConvergence }
      if status < 0 { throw .notFinite }
    }
    self.values = values
    vectors =
      wanted ? Matrix(rows: matrix.rows, columns: matrix.rows, elements: elements) : nil
  }
}
