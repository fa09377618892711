/// Least squares with coefficients that may not be negative.
///
/// Lawson & Hanson: Solving least squares problems. 1974, chapter 23, on the normal equations: meant
/// for a handful of columns, however many rows.
public struct NonNegativeLeastSquares: Hashable, Sendable {
  /// One coefficient for each column, none negative.
  public let coefficients: [Double]

  /// Minimises Σ weight × (target − Σ coefficient × column)².
  ///
  /// - Parameters:
  ///   - columns: the numbers of each column, row by row.
  ///   - weights: how much each row counts; nil for all alike.
  ///   - ridge: added to the diagonal as a share of its mean, so that equal columns share.
  /// - Complexity: O(rows × columns² + columns⁴)
  public init(
    columns: [[Double]], targets: [Double], weights: [Double]? = nil, ridge: Double = 1e-8
  ) {
    precondition(columns.allSatisfy { $0.count == targets.count }, "columns of other lengths")
    precondition(weights.map { $0.count == targets.count } ?? true, "a weight for each row")
    let count = columns.count
    var gram = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var moments = [Double](repeating: 0, count: count)
    for row in targets.indices {
      let weight = weights?[row] ?? 1
      for i in 0..<count {
        let x = weight * columns[i][row]
        moments[i] += x * targets[row]
        for j in 0...i { gram[i][j] += x * columns[j][row] }
      }
    }
    let share = ridge * (0..<count).reduce(0) { $0 + gram[$1][$1] } / Double(max(1, count))
    for i in 0..<count {
      gram[i][i] += share
      for j in 0..<i { gram[j][i] = gram[i][j] }
    }
    coefficients = Self.solve(gram, moments)
  }

  private static func solve(_ gram: [[Double]], _ moments: [Double]) -> [Double] {
    let count = moments.count
    var x = [Double](repeating: 0, count: count)
    var isFree = [Bool](repeating: false, count: count)
    let tolerance = 1e-10 * (moments.map(abs).max() ?? 0)
    // Each column enters and leaves a few times at most; the bound only guards against rounding.
    for _ in 0..<(10 * count + 10) {
      let slopes = (0..<count).map { i in
        moments[i] - (0..<count).reduce(0) { $0 + gram[i][$1] * x[$1] }
      }
      let entering = (0..<count).filter { !isFree[$0] && slopes[$0] > tolerance }
        .max { slopes[$0] < slopes[$1] }
      guard let entering else { break }
      isFree[entering] = true
      while true {
        let free = (0..<count).filter { isFree[$0] }
        guard let solution = solve(gram, moments, free) else {
          isFree[entering] = false
          return x
        }
        if zip(free, solution).allSatisfy({ $0.1 > 0 }) {
          x = [Double](repeating: 0, count: count)
          for (i, value) in zip(free, solution) { x[i] = value }
          break
        }
        // As far towards the solution as no coefficient turns negative; those at zero leave.
        var share = 1.0
        for (i, value) in zip(free, solution) where value <= 0 {
          share = min(share, x[i] / (x[i] - value))
        }
        for (i, value) in zip(free, solution) {
          x[i] += share * (value - x[i])
          if value <= 0, x[i] <= 1e-14 {
            x[i] = 0
            isFree[i] = false
          }
        }
        if !isFree.contains(true) { break }
      }
    }
    return x
  }

  /// The normal equations of some columns, by Cholesky; nil where they are singular.
  private static func solve(
    _ gram: [[Double]], _ moments: [Double], _ free: [Int]
  ) -> [Double]? {
    let n = free.count
    var l = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0...i {
        var sum = gram[free[i]][free[j]]
        for k in 0..<j { sum -= l[i][k] * l[j][k] }
        if i == j {
          guard sum > 0 else { return nil }
          l[i][i] = sum.squareRoot()
        } else {
          l[i][j] = sum / l[j][j]
        }
      }
    }
    var y = [Double](repeating: 0, count: n)
    for i in 0..<n {
      y[i] = (moments[free[i]] - (0..<i).reduce(0) { $0 + l[i][$1] * y[$1] }) / l[i][i]
    }
    for i in (0..<n).reversed() {
      y[i] = (y[i] - ((i + 1)..<n).reduce(0) { $0 + l[$1][i] * y[$1] }) / l[i][i]
    }
    return y
  }
}
