import Foundation
internal import LinearAlgebra

/// Logistic regression by maximum likelihood, converged to the last digits.
///
/// Newton's method with halved steps. Three tests of a coefficient exist and differ in the second
/// or third digit: Wald's, the likelihood ratio's and Rao's score; each has its name here.
public struct LogisticRegression: Hashable, Sendable {
  /// The coefficients, in the order of the columns.
  public let coefficients: [Double]
  /// Their standard errors by the Fisher information.
  public let standardErrors: [Double]
  /// −2 log likelihood.
  public let deviance: Double
  /// Whether nothing is left to be gained.
  public let isConverged: Bool
  /// Whether cases and controls, or some of them, can be told apart by the columns: no finite estimate
  /// exists then.
  public let isSeparated: Bool

  /// Fits; nil where the columns depend on one another or the outcome is constant.
  ///
  /// - Parameter outcome: 1 for a case, 0 for a control.
  public init?(_ outcome: [Double], _ design: Design, steps: Int = 60) {
    precondition(outcome.count == design.rows, "an outcome for every row")
    let sum = outcome.reduce(0, +)
    guard sum > 0, sum < Double(outcome.count) else { return nil }
    var place = [Double](repeating: 0, count: design.columns.count)
    var likelihood = Self.logLikelihood(outcome, design.predictor(place))
    var inverse: Matrix<Double>?
    var converged = false
    var gain = Double.infinity
    for _ in 0..<steps {
      let state = LogisticState(outcome, design, place)
      guard let equations = NormalEquations(design.crossProduct(state.weights)) else {
        // Weights that vanish are fitted values of 0 and 1: separation.
        guard NormalEquations(design.crossProduct()) != nil else { return nil }
        break
      }
      inverse = equations.inverse
      let step = equations.solve(state.score)
      gain = zip(state.score, step).reduce(0) { $0 + $1.0 * $1.1 }
      var scale = 1.0
      var next = place
      var reached = -Double.infinity
      while scale > 1e-6 {
        next = zip(place, step).map { $0 + scale * $1 }
        reached = Self.logLikelihood(outcome, design.predictor(next))
        if reached >= likelihood - 1e-12 * abs(likelihood) { break }
        scale /= 2
      }
      let moved = zip(next, place).map { abs($0 - $1) / max(1, abs($0)) }.max() ?? 0
      place = next
      likelihood = reached
      if moved < 1e-13 {
        converged = true
        break
      }
    }
    if let equations = NormalEquations(
      design.crossProduct(LogisticState(outcome, design, place).weights))
    {
      inverse = equations.inverse
    }
    guard let inverse else { return nil }
    coefficients = place
    standardErrors = place.indices.map { inverse[$0, $0].squareRoot() }
    deviance = -2 * likelihood
    // Columns far from 0, such as years, leave a rounding in the steps that no round takes away; the
    // likelihood that is still to be gained says whether that matters.
    isConverged = converged || gain < 1e-12
    let furthest = design.predictor(place).map(abs).max() ?? 0
    isSeparated = !isConverged || -2 * likelihood < 1e-6 || furthest > 30
  }

  /// Wald's z of a coefficient.
  public func z(_ column: Int) -> Double { coefficients[column] / standardErrors[column] }

  /// Its two-sided p by the normal distribution.
  public func waldPValue(_ column: Int) -> Double {
    2 * Normal.share(below: -abs(z(column)))
  }

  /// Twice the gain in log likelihood over a model with fewer columns.
  public func likelihoodRatio(over smaller: LogisticRegression) -> Double {
    max(0, smaller.deviance - deviance)
  }

  /// Rao's score statistic for one more column: χ² of one degree, from the smaller model alone.
  ///
  /// U²/V with V = x'Wx − x'WZ (Z'WZ)⁻¹ Z'Wx.
  public func score(of column: [Double], outcome: [Double], design: Design) -> Double? {
    let state = LogisticState(outcome, design, coefficients)
    guard let equations = NormalEquations(design.crossProduct(state.weights)) else { return nil }
    let u = zip(column, state.residuals).reduce(0) { $0 + $1.0 * $1.1 }
    let weighted = zip(column, state.weights).map(*)
    let cross = design.product(weighted)
    let own = zip(column, weighted).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = own - zip(cross, equations.solve(cross)).reduce(0) { $0 + $1.0 * $1.1 }
    return variance > 0 ? u * u / variance : nil
  }

  static func logLikelihood(_ outcome: [Double], _ predictor: [Double]) -> Double {
    // log(1 + eˣ) without overflow on either side.
    zip(outcome, predictor).reduce(0) { sum, row in
      let (y, x) = row
      return sum + y * x - (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)))
    }
  }
}

/// Fitted probabilities and what follows from them.
struct LogisticState {
  let weights: [Double]
  let residuals: [Double]
  let score: [Double]

  init(_ outcome: [Double], _ design: Design, _ coefficients: [Double]) {
    let fitted = design.predictor(coefficients).map { 1 / (1 + exp(-$0)) }
    weights = fitted.map { $0 * (1 - $0) }
    residuals = zip(outcome, fitted).map(-)
    score = design.product(residuals)
  }
}
