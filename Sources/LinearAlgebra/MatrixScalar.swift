/// A number type that BLAS and LAPACK compute with: `Float` or `Double`.
///
/// The requirements are the room's whole vocabulary towards the C libraries; only `Float` and
/// `Double` can conform.
public protocol MatrixScalar: BinaryFloatingPoint, Hashable, Sendable {
  /// `result = scale · op(left) · op(right) + keeping · result`; extents already checked.
  static func product(
    _ left: Span<Self>, _ leftOrientation: Orientation, _ right: Span<Self>,
    _ rightOrientation: Orientation, shape: ProductShape, scale: Self, keeping: Self,
    into result: inout MutableSpan<Self>)

  /// Overwrites the lower triangle with the Cholesky factor; LAPACK's status.
  static func factorCholesky(_ elements: inout [Self], order: Int) -> Int

  /// Solves with a Cholesky factor, in place of the right-hand sides.
  static func solveCholesky(
    _ factor: [Self], order: Int, _ rightSides: inout [Self], columns: Int)

  /// Overwrites the matrix with its eigenvectors and fills the values; LAPACK's status.
  static func decomposeSymmetric(
    _ elements: inout [Self], order: Int, values: inout [Self], vectors: Bool
  ) -> Int

  /// Minimum-norm least squares by singular values; LAPACK's status and the rank.
  static func solveLeastSquares(
    _ elements: inout [Self], rows: Int, columns: Int, _ rightSides: inout [Self],
    rightColumns: Int, tolerance: Self
  ) -> (status: Int, rank: Int)
}
