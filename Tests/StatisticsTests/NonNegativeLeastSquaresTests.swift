import Statistics
import Testing

@Suite struct NonNegativeLeastSquaresTests {
  @Test func `where no coefficient is negative it is least squares`() {
    let columns: [[Double]] = [[1, 1, 1, 1], [0, 1, 2, 3]]
    let fit = NonNegativeLeastSquares(columns: columns, targets: [1, 3, 5, 7], ridge: 0)
    #expect(abs(fit.coefficients[0] - 1) < 1e-12 && abs(fit.coefficients[1] - 2) < 1e-12)
  }

  // scipy.optimize.nnls of SciPy 1.17.1 on the same numbers.
  @Test func `it agrees with SciPy where coefficients are held at zero`() {
    let rows: [[Double]] = [
      [1, 2, 0.5, -1], [2, -1, 1, 0.5], [0, 1, 3, 2], [1, 1, 1, 1], [-1, 0.5, 2, 0.3],
      [3, 1, 0, -2],
    ]
    let columns = (0..<4).map { column in rows.map { $0[column] } }
    let fit = NonNegativeLeastSquares(columns: columns, targets: [2, 0.5, 2, 1.2, 1, 4], ridge: 0)
    let expected = [0.7351339782552866, 0.8290214878863112, 0.3575207602088864, 0]
    for (mine, theirs) in zip(fit.coefficients, expected) { #expect(abs(mine - theirs) < 1e-12) }
  }

  @Test func `equal columns share, columns that do not help get nothing`() {
    let column = [1.0, 2, 3, 4]
    let fit = NonNegativeLeastSquares(
      columns: [column, column, column.map { -$0 }], targets: column)
    #expect(abs(fit.coefficients[0] - 0.5) < 1e-6 && abs(fit.coefficients[1] - 0.5) < 1e-6)
    #expect(fit.coefficients[2] == 0)
  }

  @Test func `a row that weighs twice is a row that stands there twice`() {
    let columns = [[1.0, 2, 3], [1.0, 0, 1]]
    let weighted = NonNegativeLeastSquares(
      columns: columns, targets: [2, 1, 5], weights: [1, 2, 1], ridge: 0)
    let twice = NonNegativeLeastSquares(
      columns: [[1, 2, 2, 3], [1, 0, 0, 1]], targets: [2, 1, 1, 5], ridge: 0)
    for (one, other) in zip(weighted.coefficients, twice.coefficients) {
      #expect(abs(one - other) < 1e-12)
    }
  }

  @Test func `nothing to learn from gives zeros`() {
    #expect(
      NonNegativeLeastSquares(columns: [[0, 0], [1, 1]], targets: [0, 0]).coefficients == [0, 0])
    #expect(NonNegativeLeastSquares(columns: [], targets: [1]).coefficients.isEmpty)
  }
}
