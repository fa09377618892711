import Foundation
internal import LinearAlgebra

/// A regression over the population, fitted to a sample and judged by its design.
///
/// Coefficients solve the weighted likelihood equations (Binder, Int. Stat. Rev. 1983); their
/// covariance is that of the weighted scores by the design, between two inverse informations.
public struct SurveyRegression: Hashable, Sendable {
  /// Which outcome.
  public enum Family: String, Codable, Hashable, Sendable, CaseIterable {
    /// A number: least squares.
    case gaussian
    /// 0 or 1: the logit.
    case logistic
  }

  /// The coefficients, in the order of the columns.
  public let coefficients: [Double]
  /// Their covariance.
  public let covariance: [[Double]]
  /// Degrees of freedom of the design, less the columns but one.
  public let degrees: Int

  /// The standard errors.
  public var standardErrors: [Double] { covariance.indices.map { covariance[$0][$0].squareRoot() } }

  /// Fits; a row without its outcome or one of its columns is left out.
  ///
  /// - Parameter columns: without the intercept, which comes first in the coefficients.
  public init(
    _ outcome: [Double?], on columns: [[Double?]], _ family: Family, design: SurveyDesign,
    among domain: [Bool]? = nil
  ) throws(SurveyError) {
    try design.check(.mean(outcome), domain)
    for column in columns { try design.check(.mean(column), nil) }
    let rows = outcome.indices.filter { row in
      (domain?[row] ?? true) && outcome[row] != nil && columns.allSatisfy { $0[row] != nil }
    }
    let y = rows.map { outcome[$0] ?? 0 }
    let weights = rows.map { design.weights[$0] }
    if family == .logistic, y.contains(where: { $0 != 0 && $0 != 1 }) {
      throw .undefined("a logistic regression needs an outcome of 0 and 1")
    }
    guard rows.count > columns.count else { throw .undefined("fewer rows than coefficients") }
    let x = Design(
      [[Double](repeating: 1, count: rows.count)]
        + columns.map { column in rows.map { column[$0] ?? 0 } })
    var place = [Double](repeating: 0, count: x.columns.count)
    var last: (residuals: [Double], equations: NormalEquations)?
    for _ in 0..<60 {
      let state = Self.state(family, y, x.predictor(place))
      let information = x.crossProduct(zip(weights, state.variances).map(*))
      guard let equations = NormalEquations(information) else {
        throw .undefined("the columns depend on one another, or tell the outcome apart")
      }
      last = (state.residuals, equations)
      let step = equations.solve(x.product(zip(weights, state.residuals).map(*)))
      let moved = zip(step, place).map { abs($0) / max(1, abs($1)) }.max() ?? 0
      if moved < 1e-13 { break }
      place = zip(place, step).map(+)
      guard place.allSatisfy(\.isFinite), moved < 1e6 else {
        throw .undefined("the regression has no finite solution")
      }
    }
    guard let last else { throw .empty }
    let inverse = last.equations.inverse
    let scores = place.indices.map { coefficient in
      var column = [Double](repeating: 0, count: design.rows)
      for (place, row) in rows.enumerated() {
        var value = 0.0
        for other in x.columns.indices {
          value += inverse[coefficient, other] * x.columns[other][place]
        }
        column[row] = weights[place] * last.residuals[place] * value
      }
      return column
    }
    var isUsed = [Bool](repeating: false, count: design.rows)
    for row in rows { isUsed[row] = true }
    coefficients = place
    covariance = design.covariance(of: scores)
    degrees = design.degreesOfFreedom(isUsed) + 1 - place.count
  }

  private static func state(
    _ family: Family, _ outcome: [Double], _ predictor: [Double]
  ) -> (residuals: [Double], variances: [Double]) {
    switch family {
    case .gaussian:
      return (zip(outcome, predictor).map(-), [Double](repeating: 1, count: outcome.count))
    case .logistic:
      let fitted = predictor.map { 1 / (1 + exp(-$0)) }
      return (zip(outcome, fitted).map(-), fitted.map { $0 * (1 - $0) })
    }
  }
}
