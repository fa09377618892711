import LinearAlgebra
import Testing

private let symmetric = Matrix<Double>([[4, 12, -16], [12, 37, -43], [-16, -43, 98]])

@Test func `the Cholesky factor of a textbook matrix`() throws {
  let factor = try CholeskyFactor(of: symmetric)
  #expect(factor.lowerTriangle == Matrix([[2, 0, 0], [6, 1, 0], [-8, 5, 3]]))
  // det = (2 · 1 · 3)² = 36
  #expect(abs(factor.logDeterminant - 3.58351893845611) < 1e-12)
}

@Test func `a Cholesky solution satisfies the equations`() throws {
  let solution = try CholeskyFactor(of: symmetric).solve([1, 2, 3])
  for (x, y) in zip(symmetric.applied(to: solution), [1.0, 2, 3]) { #expect(abs(x - y) < 1e-10) }
}

@Test func `an indefinite matrix names the row where it stops being definite`() {
  #expect(throws: LinearAlgebraError.notPositiveDefinite(at: 1)) {
    try CholeskyFactor(of: Matrix<Double>([[1, 2], [2, 1]]))
  }
}

@Test func `a matrix with a NaN is refused`() {
  let bad = Matrix<Double>([[.nan, 0], [0, 1]])
  #expect(throws: LinearAlgebraError.notFinite) { try CholeskyFactor(of: bad) }
  #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigenvalues(of: bad) }
  #expect(throws: LinearAlgebraError.notFinite) {
    try LeastSquares(design: bad, rightSides: Matrix(rows: 2, columns: 1))
  }
}

@Test func `eigenvalues ascend and rebuild the matrix`() throws {
  let result = try SymmetricEigenvalues(of: symmetric, vectors: true)
  #expect(result.values == result.values.sorted())
  let vectors = try #require(result.vectors)
  var diagonal = Matrix<Double>(rows: 3, columns: 3)
  for index in 0..<3 { diagonal[index, index] = result.values[index] }
  let rebuilt = (vectors * diagonal).times(.plain, vectors, .transposed)
  for (x, y) in zip(rebuilt.elements, symmetric.elements) { #expect(abs(x - y) < 1e-10) }
}

@Test func `least squares fits a line and reports a deficient rank`() throws {
  let line = try LeastSquares<Double>(
    design: Matrix([[1, 0], [1, 1], [1, 2]]), rightSides: Matrix([[1], [3], [5]]))
  #expect(zip(line.solution.elements, [1.0, 2]).allSatisfy { abs($0 - $1) < 1e-12 })
  #expect(line.rank == 2)
  let twice = try LeastSquares<Double>(
    design: Matrix([[1, 1], [1, 1], [1, 1]]), rightSides: Matrix([[2], [2], [2]]))
  #expect(twice.rank == 1)
  // Of all exact fits the shortest.
  #expect(zip(twice.solution.elements, [1.0, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
}

@Test func `an under-determined system has a solution of the design's width`() throws {
  let wide = try LeastSquares<Float>(design: Matrix([[3, 4]]), rightSides: Matrix([[25]]))
  #expect(zip(wide.solution.elements, [3.0, 4]).allSatisfy { abs($0 - $1) < 1e-5 })
}
