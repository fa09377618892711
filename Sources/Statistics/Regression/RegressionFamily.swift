import Foundation
internal import LinearAlgebra

/// How an outcome hangs on its linear predictor η = offset + Σ xⱼβⱼ, each with its natural link.
public enum RegressionFamily: String, Codable, CaseIterable, Hashable, Sendable {
  /// A measured outcome of mean η. The log likelihood is −½ Σ (y − η)², of unit variance: one step
  /// of Newton's is the least-squares fit, and −2 × the log likelihood its residual sum of squares.
  case linear
  /// 1 or 0, with odds eᵑ.
  case logistic
  /// A count of mean eᵑ; an offset of log person-time makes it a rate.
  case poisson

  /// The log likelihood, score and information over the rows of a design.
  ///
  /// The sum of this over parts of the rows is this over all of them. Complexity: rows × columns².
  ///
  /// - Parameters:
  ///   - outcome: a value for every row; not negative for ``poisson``, 0 or 1 for ``logistic``.
  ///   - coefficients: one for each column.
  public func aggregate(
    _ outcome: [Double], _ design: Design, at coefficients: [Double]
  ) -> NewtonAggregate {
    precondition(outcome.count == design.rows, "an outcome for every row")
    precondition(coefficients.count == design.columns.count, "a coefficient for every column")
    var weights = design.predictor(coefficients)
    var residuals = outcome
    var value = 0.0
    for row in outcome.indices {
      let (y, eta) = (outcome[row], weights[row])
      switch self {
      case .linear:
        residuals[row] = y - eta
        value -= residuals[row] * residuals[row] / 2
        weights[row] = 1
      case .logistic:
        // log(1 + eˣ) without overflow on either side.
        let small = exp(-abs(eta))
        value += y * eta - max(eta, 0) - log1p(small)
        let fitted = eta > 0 ? 1 / (1 + small) : small / (1 + small)
        residuals[row] = y - fitted
        weights[row] = small / ((1 + small) * (1 + small))
      case .poisson:
        let mean = exp(eta)
        value += (y == 0 ? 0 : y * eta) - mean - lgamma(y + 1)
        residuals[row] = y - mean
        weights[row] = mean
      }
    }
    let cross = design.crossProduct(weights)
    var information: [Double] = []
    for i in 0..<cross.rows {
      for j in 0...i { information.append(cross[i, j]) }
    }
    return NewtonAggregate(
      unchecked: value, design.product(residuals), information, outcome.count)
  }

  /// The maximum-likelihood fit.
  public func fit(_ outcome: [Double], _ design: Design) -> Result<NewtonFit, RegressionFailure> {
    let count = design.columns.count
    guard outcome.count >= count else {
      return .failure(.fewRows(rows: outcome.count, columns: count))
    }
    guard self == .linear || outcome.contains(where: { $0 > 0 }) else {
      return .failure(.noEvents)
    }
    return NewtonSolver.fit(order: count) { aggregate(outcome, design, at: $0) }
  }
}
