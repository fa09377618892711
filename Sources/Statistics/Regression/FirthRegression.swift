import Foundation
internal import LinearAlgebra

/// Logistic regression with Firth's penalty: finite estimates for rare outcomes and separated data.
///
/// The log likelihood plus half the logarithm of the information's determinant (Firth, Biometrika
/// 1993; Heinze & Schemper, Stat. Med. 2002). Newton's method with the information of all columns,
/// halved where a step would lose; the penalised likelihood ratio keeps **all** columns in the
/// penalty of the restricted model, as regenie does. plink2 tells Wald's p of the same estimate:
/// the two differ by up to .8 in −log₁₀ p, so name the one you mean.
public struct FirthRegression: Hashable, Sendable {
  /// The coefficients, in the order of the columns.
  public let coefficients: [Double]
  /// Their standard errors by the Fisher information at the estimate.
  public let standardErrors: [Double]
  /// The penalised log likelihood.
  public let logLikelihood: Double
  /// Whether the penalised score vanished.
  public let isConverged: Bool

  /// Fits; nil where the columns depend on one another or the outcome is constant.
  ///
  /// - Parameter fixed: columns whose coefficient stays 0; they still count in the penalty.
  public init?(
    _ outcome: [Double], _ design: Design, fixed: Set<Int> = [], start: [Double]? = nil,
    steps: Int = 200
  ) {
    precondition(outcome.count == design.rows, "an outcome for every row")
    let sum = outcome.reduce(0, +)
    guard sum > 0, sum < Double(outcome.count) else { return nil }
    let free = design.columns.indices.filter { !fixed.contains($0) }
    var place = start ?? [Double](repeating: 0, count: design.columns.count)
    for column in fixed { place[column] = 0 }
    guard var state = FirthState(outcome, design, place) else { return nil }
    var converged = false
    for _ in 0..<steps {
      let score = free.map { state.score[$0] }
      if (score.map(abs).max() ?? 0) < 1e-13 * max(1, Double(outcome.count)) {
        converged = true
        break
      }
      let inner = Matrix(free.map { i in free.map { state.information[i, $0] } })
      guard let equations = NormalEquations(inner) else { return nil }
      let step = equations.solve(score)
      // A step of more than 5 leaves the region where the quadratic is a likeness.
      var scale = min(1, 5 / max(step.map(abs).max() ?? 0, 5))
      var next: FirthState?
      var moved = place
      while scale > 1e-10 {
        for (number, column) in free.enumerated() {
          moved[column] = place[column] + scale * step[number]
        }
        next = FirthState(outcome, design, moved)
        if let next, next.logLikelihood >= state.logLikelihood - 1e-13 * abs(state.logLikelihood) {
          break
        }
        scale /= 2
      }
      guard let next else { return nil }
      let change = zip(moved, place).map { abs($0 - $1) / max(1, abs($0)) }.max() ?? 0
      place = moved
      state = next
      if change < 1e-14 {
        converged = true
        break
      }
    }
    coefficients = place
    logLikelihood = state.logLikelihood
    isConverged = converged
    guard let equations = NormalEquations(state.information) else { return nil }
    let inverse = equations.inverse
    standardErrors = place.indices.map { inverse[$0, $0].squareRoot() }
  }

  /// Wald's two-sided p of a coefficient.
  public func waldPValue(_ column: Int) -> Double {
    2 * Normal.share(below: -abs(coefficients[column] / standardErrors[column]))
  }

  /// The penalised likelihood ratio of a column: χ² of one degree.
  public static func likelihoodRatio(
    of column: Int, _ outcome: [Double], _ design: Design
  ) -> (full: FirthRegression, chiSquared: Double)? {
    guard let full = FirthRegression(outcome, design),
      let restricted = FirthRegression(outcome, design, fixed: [column])
    else { return nil }
    return (full, max(0, 2 * (full.logLikelihood - restricted.logLikelihood)))
  }
}

/// The penalised likelihood at a place.
private struct FirthState {
  let information: Matrix<Double>
  let score: [Double]
  let logLikelihood: Double

  init?(_ outcome: [Double], _ design: Design, _ coefficients: [Double]) {
    let predictor = design.predictor(coefficients)
    let fitted = predictor.map { 1 / (1 + exp(-$0)) }
    let weights = fitted.map { $0 * (1 - $0) }
    information = design.crossProduct(weights)
    guard let equations = NormalEquations(information) else { return nil }
    logLikelihood =
      LogisticRegression.logLikelihood(outcome, predictor) + equations.logDeterminant / 2
    // Half the derivative of the determinant's logarithm is Σ hᵢ (½ − πᵢ) xᵢ, with hᵢ the hat.
    let inverse = equations.inverse
    var adjusted = [Double](repeating: 0, count: outcome.count)
    for row in outcome.indices {
      var hat = 0.0
      for (i, column) in design.columns.enumerated() {
        for (j, other) in design.columns.enumerated() {
          hat += column[row] * inverse[i, j] * other[row]
        }
      }
      adjusted[row] = outcome[row] - fitted[row] + hat * weights[row] * (0.5 - fitted[row])
    }
    score = design.product(adjusted)
  }
}
