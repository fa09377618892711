import Foundation
internal import LinearAlgebra

/// The normal equations of a regression: symmetric, positive definite, of few unknowns.
struct NormalEquations {
  private let factor: CholeskyFactor<Double>

  /// Factors a matrix; nil where columns depend on one another to working precision.
  init?(_ matrix: Matrix<Double>) {
    guard let factor = try? CholeskyFactor(of: matrix) else { return nil }
    let lower = factor.lowerTriangle
    for row in 0..<matrix.rows {
      // A pivot that lost all its digits belongs to a column that the others make up.
      let pivot = lower[row, row] * lower[row, row]
      guard pivot > 1e-13 * abs(matrix[row, row]), pivot.isFinite else { return nil }
    }
    self.factor = factor
  }

  /// The logarithm of the determinant.
  var logDeterminant: Double { factor.logDeterminant }

  /// The solution for a right side.
  func solve(_ right: [Double]) -> [Double] { factor.solve(right) }

  /// The inverse.
  var inverse: Matrix<Double> { factor.solve(.identity(factor.order)) }
}

/// The columns that an outcome is explained by, the intercept among them.
public struct Design: Hashable, Sendable {
  /// The columns, each with a value for every row.
  public let columns: [[Double]]
  /// How many rows there are.
  public let rows: Int
  /// What is known of each row's linear predictor beforehand; nil for nothing.
  public let offset: [Double]?

  /// A design of columns of one length.
  public init(_ columns: [[Double]], offset: [Double]? = nil) {
    precondition(!columns.isEmpty, "a design has a column")
    precondition(Set(columns.map(\.count)).count == 1, "columns have the same number of rows")
    self.columns = columns
    rows = columns[0].count
    precondition((offset?.count ?? columns[0].count) == columns[0].count, "an offset for every row")
    self.offset = offset
  }

  /// Σ weight · xᵢ · xⱼ over the rows.
  func crossProduct(_ weights: [Double]? = nil) -> Matrix<Double> {
    let order = columns.count
    var result = Matrix<Double>(rows: order, columns: order)
    for i in 0..<order {
      var weighted = columns[i]
      if let weights {
        for row in 0..<rows { weighted[row] *= weights[row] }
      }
      for j in 0...i {
        let other = columns[j]
        var sum = 0.0
        for row in 0..<rows { sum += weighted[row] * other[row] }
        result[i, j] = sum
        result[j, i] = sum
      }
    }
    return result
  }

  /// Σ xⱼ · value over the rows.
  func product(_ values: [Double]) -> [Double] {
    columns.map { column in
      var sum = 0.0
      for row in 0..<rows { sum += column[row] * values[row] }
      return sum
    }
  }

  /// The offset and Σ xⱼ · βⱼ for each row.
  public func predictor(_ coefficients: [Double]) -> [Double] {
    var result = offset ?? [Double](repeating: 0, count: rows)
    for (column, coefficient) in zip(columns, coefficients) {
      for row in 0..<rows { result[row] += column[row] * coefficient }
    }
    return result
  }
}
