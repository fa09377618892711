internal import LinearAlgebra

/// Orthonormal columns that span the intercept and the covariates, each row weighed.
///
/// By the modified Gram–Schmidt process, twice, so that covariates far from 0, such as years, lose no
/// digits.
struct CovariateBasis: Sendable {
  /// The columns, each of length 1.
  let columns: [[Double]]

  /// - Parameter weights: square roots of the rows' weights; nil for 1.
  init(
    _ covariates: [[Double]], names: [String], people: Int, weights: [Double]? = nil
  ) throws(BiobankError) {
    let one = [Double](repeating: 1, count: people)
    var found: [[Double]] = []
    for (place, plain) in ([one] + covariates).enumerated() {
      var column = weights.map { zip(plain, $0).map(*) } ?? plain
      let length = Self.product(column, column).squareRoot()
      for _ in 0..<2 {
        for earlier in found {
          Self.subtract(earlier, Self.product(earlier, column), from: &column)
        }
      }
      let left = Self.product(column, column).squareRoot()
      guard left > 1e-9 * length, left.isFinite else {
        throw .noEstimate(
          place == 0
            ? "the trait's model leaves no variance"
            : "the covariate \(names[place - 1]) is constant, or follows from those before it")
      }
      found.append(column.map { $0 / left })
    }
    columns = found
  }

  /// What the columns do not explain of a vector.
  func residual(of vector: [Double]) -> [Double] {
    var left = vector
    for _ in 0..<2 {
      for column in columns { Self.subtract(column, Self.product(column, left), from: &left) }
    }
    return left
  }

  static func product(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for row in one.indices { sum += one[row] * other[row] }
    return sum
  }

  private static func subtract(_ column: [Double], _ factor: Double, from vector: inout [Double]) {
    for row in column.indices { vector[row] -= factor * column[row] }
  }
}
