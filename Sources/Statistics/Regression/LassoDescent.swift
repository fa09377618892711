import Foundation

/// The state of a coordinate descent: standardised columns, coefficients, and the fitted values.
struct LassoDescent {
  /// The most rounds over the columns for one penalty.
  let limit = 200_000
  private let outcome: [Double]
  private let columns: [[Double]]
  private let means: [Double]
  private let deviations: [Double]
  private let tolerance: Double
  private var intercept: Double
  private var slopes: [Double]
  private var predictor: [Double]

  init(_ outcome: [Double], _ columns: [[Double]], tolerance: Double) {
    self.outcome = outcome
    self.tolerance = tolerance
    let n = Double(max(1, outcome.count))
    let means = columns.map { $0.reduce(0, +) / n }
    let deviations = zip(columns, means).map { column, mean in
      (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    }
    self.means = means
    // A column that is constant to working precision has no scale, and stays at 0.
    self.deviations = zip(deviations, means).map { $0 > 1e-12 * max(1, abs($1)) ? $0 : 0 }
    let scales = self.deviations
    self.columns = columns.indices.map { place in
      scales[place] == 0 ? [] : columns[place].map { ($0 - means[place]) / scales[place] }
    }
    let share = outcome.reduce(0, +) / n
    intercept = log(share / (1 - share))
    slopes = [Double](repeating: 0, count: columns.count)
    predictor = [Double](repeating: intercept, count: outcome.count)
  }

  var largestPenalty: Double {
    let n = Double(outcome.count)
    let share = outcome.reduce(0, +) / n
    let sums = columns.map { column in
      abs(zip(column, outcome).reduce(0) { $0 + $1.0 * ($1.1 - share) }) / n
    }
    return sums.max() ?? 0
  }

  /// Descends to the minimum for a penalty; false where it is not reached.
  mutating func descend(_ penalty: Double) -> Bool {
    let n = Double(outcome.count)
    var rounds = 0
    while rounds < limit {
      // Newton's quadratic at this place; its minimum is found by descent, then a new one is set up.
      var weights = predictor
      var residuals = predictor
      for row in predictor.indices {
        let fitted = 1 / (1 + exp(-predictor[row]))
        weights[row] = max(fitted * (1 - fitted), 1e-5) / n
        residuals[row] = (outcome[row] - fitted) / n
      }
      let curvatures = columns.map { column in
        var sum = 0.0
        for row in column.indices { sum += weights[row] * column[row] * column[row] }
        return sum
      }
      let total = weights.reduce(0, +)
      let before = slopes
      let interceptBefore = intercept
      // Columns at 0 are looked at once a while: most stay there.
      var active = [Int](columns.indices)
      while rounds < limit {
        rounds += 1
        let isWhole = active.count == columns.count
        var change = moveIntercept(total, weights, &residuals)
        for column in active where !columns[column].isEmpty {
          change = max(
            change, move(column, penalty, curvatures[column], weights, &residuals))
        }
        if change < tolerance {
          if isWhole { break }
          active = [Int](columns.indices)
        } else {
          active = columns.indices.filter { slopes[$0] != 0 }
        }
      }
      var moved = abs(intercept - interceptBefore)
      for column in slopes.indices { moved = max(moved, abs(slopes[column] - before[column])) }
      if moved < 10 * tolerance { return true }
    }
    return false
  }

  private mutating func moveIntercept(
    _ total: Double, _ weights: [Double], _ residuals: inout [Double]
  ) -> Double {
    let step = residuals.reduce(0, +) / total
    intercept += step
    for row in residuals.indices {
      residuals[row] -= step * weights[row]
      predictor[row] += step
    }
    return abs(step)
  }

  private mutating func move(
    _ column: Int, _ penalty: Double, _ curvature: Double, _ weights: [Double],
    _ residuals: inout [Double]
  ) -> Double {
    let values = columns[column]
    var slope = curvature * slopes[column]
    for row in values.indices { slope += values[row] * residuals[row] }
    // Soft thresholding: what the penalty leaves of the slope.
    let left = abs(slope) - penalty
    let next = left > 0 ? (slope > 0 ? left : -left) / curvature : 0
    let step = next - slopes[column]
    guard step != 0 else { return 0 }
    slopes[column] = next
    for row in values.indices {
      residuals[row] -= step * values[row] * weights[row]
      predictor[row] += step * values[row]
    }
    return abs(step)
  }

  /// The fit on the columns' own scales.
  func fit(_ penalty: Double) -> LassoLogistic {
    let coefficients = slopes.indices.map { place in
      deviations[place] == 0 ? 0 : slopes[place] / deviations[place]
    }
    let shift = zip(coefficients, means).reduce(0) { $0 + $1.0 * $1.1 }
    return LassoLogistic(
      penalty: penalty, intercept: intercept - shift, coefficients: coefficients,
      deviance: -2 * LogisticRegression.logLikelihood(outcome, predictor) / Double(outcome.count))
  }
}
