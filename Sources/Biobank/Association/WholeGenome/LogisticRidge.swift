import Foundation
internal import LinearAlgebra

/// Logistic regression whose coefficients are shrunk: the log likelihood less ½ λ Σ β².
enum LogisticRidge {
  /// The coefficients, by Newton's method with halved steps from a start.
  static func fit(
    _ predictors: Matrix<Double>, _ cases: [Double], offset: [Double], penalty: Double,
    start: [Double]
  ) throws(BiobankError) -> [Double] {
    var place = start
    var value = objective(predictors, cases, offset, penalty, place)
    for _ in 0..<100 {
      let shares = zip(offset, predictors.applied(to: place)).map { 1 / (1 + exp(-$0 - $1)) }
      let slope = zip(
        predictors.transposed().applied(to: zip(cases, shares).map(-)), place
      ).map { $0 - penalty * $1 }
      if (slope.map(abs).max() ?? 0) < 1e-8 { return place }
      var weighted = predictors.elements
      for row in 0..<predictors.rows {
        let weight = shares[row] * (1 - shares[row])
        for column in 0..<predictors.columns {
          weighted[row * predictors.columns + column] *= weight
        }
      }
      let curvature = predictors.times(
        .transposed,
        Matrix(rows: predictors.rows, columns: predictors.columns, elements: weighted), .plain)
      let step = try Ridge.solve(curvature, slope, penalty: penalty)
      var scale = 1.0
      var next = place
      var reached = -Double.infinity
      while scale > 1e-9 {
        next = zip(place, step).map { $0 + scale * $1 }
        reached = objective(predictors, cases, offset, penalty, next)
        if reached >= value - 1e-12 * abs(value) { break }
        scale /= 2
      }
      (place, value) = (next, reached)
    }
    throw .noEstimate("the logistic ridge regression did not come to rest")
  }

  private static func objective(
    _ predictors: Matrix<Double>, _ cases: [Double], _ offset: [Double], _ penalty: Double,
    _ place: [Double]
  ) -> Double {
    let odds = zip(offset, predictors.applied(to: place)).map(+)
    let likelihood = zip(cases, odds).reduce(0) { sum, row in
      sum + row.0 * row.1 - (row.1 > 0 ? row.1 + log1p(exp(-row.1)) : log1p(exp(row.1)))
    }
    return likelihood - penalty / 2 * place.reduce(0) { $0 + $1 * $1 }
  }
}
