/// The least-squares solution of an over- or under-determined system.
public struct LeastSquares<Scalar: MatrixScalar>: Sendable {
  /// The solution, one column per right-hand side; the shortest one where many fit equally well.
  public let solution: Matrix<Scalar>
  /// The numerical rank of the design.
  public let rank: Int

  /// Minimises `‖design · x − b‖` for every column `b`, by singular values.
  ///
  /// - Parameter tolerance: singular values below this share of the largest count as zero.
  /// - Complexity: O(rows × columns²)
  public init(
    design: Matrix<Scalar>, rightSides: Matrix<Scalar>, tolerance: Scalar? = nil
  ) throws(LinearAlgebraError) {
    precondition(design.rows == rightSides.rows, "\(design.rows) rows, \(rightSides.rows) targets")
    let (rows, columns, wide) = (design.rows, design.columns, rightSides.columns)
    guard rows > 0, columns > 0, wide > 0 else {
      solution = Matrix(rows: columns, columns: wide)
      rank = 0
      return
    }
    var elements = design.elements
    // LAPACK returns the solution in the place of the right-hand sides, so there must be room.
    let padding = [Scalar](repeating: 0, count: max(0, columns - rows) * wide)
    var sides = rightSides.elements + padding
    let outcome = Scalar.solveLeastSquares(
      &elements, rows: rows, columns: columns, &sides, rightColumns: wide,
      tolerance: tolerance ?? Scalar(max(rows, columns)) * .ulpOfOne)
    if outcome.status > 0 { throw .noConvergence }
    if outcome.status < 0 { throw .notFinite }
    solution = Matrix(rows: columns, columns: wide, elements: Array(sides[..<(columns * wide)]))
    rank = outcome.rank
  }
}
