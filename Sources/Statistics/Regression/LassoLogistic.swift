import Foundation

/// Logistic regression with a penalty on the absolute coefficients: few of many columns stay.
///
/// Minimises −(1/n) log likelihood + λ Σ |βⱼ| over columns scaled to unit deviation, the intercept
/// free, by cyclic coordinate descent on Newton's quadratic (Friedman, Hastie & Tibshirani, J. Stat.
/// Softw. 2010, 33(1)): glmnet's objective, so its λ means the same. Constant columns stay at 0.
public struct LassoLogistic: Hashable, Sendable {
  /// The penalty.
  public let penalty: Double
  /// The intercept, and a coefficient for each column on its own scale.
  public let intercept: Double, coefficients: [Double]
  /// The mean deviance, −2 log likelihood a row.
  public let deviance: Double

  /// The log odds of rows.
  public func predictor(_ columns: [[Double]]) -> [Double] {
    precondition(columns.count == coefficients.count, "a column for every coefficient")
    var result = [Double](repeating: intercept, count: columns.first?.count ?? 0)
    for (column, coefficient) in zip(columns, coefficients) where coefficient != 0 {
      for row in result.indices { result[row] += coefficient * column[row] }
    }
    return result
  }

  /// How many columns stay.
  public var chosen: Int { coefficients.count { $0 != 0 } }

  /// The fits along falling penalties, each begun where the one before ended.
  ///
  /// - Parameters:
  ///   - outcome: 1 or 0, both of them present.
  ///   - tolerance: of the largest change of a standardised coefficient in a round.
  public static func path(
    _ outcome: [Double], _ columns: [[Double]], penalties: [Double], tolerance: Double = 1e-9
  ) -> Result<[LassoLogistic], RegressionFailure> {
    let cases = outcome.reduce(0, +)
    guard cases > 0, cases < Double(outcome.count) else { return .failure(.noEvents) }
    precondition(columns.allSatisfy { $0.count == outcome.count }, "columns of all rows")
    precondition(penalties.allSatisfy { $0 > 0 }, "a penalty above 0")
    var descent = LassoDescent(outcome, columns, tolerance: tolerance)
    var fits: [LassoLogistic] = []
    for penalty in penalties {
      guard descent.descend(penalty) else { return .failure(.notConverged(rounds: descent.limit)) }
      fits.append(descent.fit(penalty))
    }
    return .success(fits)
  }

  /// The least penalty at which no column stays.
  public static func largestPenalty(_ outcome: [Double], _ columns: [[Double]]) -> Double {
    LassoDescent(outcome, columns, tolerance: 1).largestPenalty
  }

  /// Penalties from the largest down to `ratio` of it, evenly on the logarithm.
  public static func penalties(
    _ outcome: [Double], _ columns: [[Double]], count: Int = 60, ratio: Double = 1e-3
  ) -> [Double] {
    precondition(count >= 2 && ratio > 0 && ratio < 1, "two penalties at least")
    let largest = max(largestPenalty(outcome, columns), 1e-12)
    return (0..<count).map { largest * pow(ratio, Double($0) / Double(count - 1)) }
  }
}
