internal import LinearAlgebra

/// Ordinary or weighted least squares, with the t-test of each coefficient.
public struct LinearRegression: Hashable, Sendable {
  /// The coefficients, in the order of the columns.
  public let coefficients: [Double]
  /// Their standard errors, with the residual variance RSS/(n − p).
  public let standardErrors: [Double]
  /// Rows less columns.
  public let degrees: Int
  /// The residual standard deviation.
  public let residualDeviation: Double
  /// The share of the outcome's variance that is explained.
  public let rSquared: Double

  /// Fits; nil where the columns depend on one another or leave no degree of freedom.
  ///
  /// - Parameter weights: of the rows; each squared residual counts so often.
  public init?(_ outcome: [Double], _ design: Design, weights: [Double]? = nil) {
    precondition(outcome.count == design.rows, "an outcome for every row")
    let p = design.columns.count
    guard design.rows > p, let equations = NormalEquations(design.crossProduct(weights)) else {
      return nil
    }
    let w = weights ?? [Double](repeating: 1, count: outcome.count)
    var coefficients = equations.solve(design.product(zip(w, outcome).map(*)))
    // One round of refinement: the normal equations square the condition, the residuals do not.
    let first = zip(outcome, design.predictor(coefficients)).map(-)
    let correction = equations.solve(design.product(zip(w, first).map(*)))
    for (place, value) in correction.enumerated() { coefficients[place] += value }
    let residuals = zip(outcome, design.predictor(coefficients)).map(-)
    let squares = zip(w, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    degrees = design.rows - p
    let variance = squares / Double(degrees)
    self.coefficients = coefficients
    residualDeviation = variance.squareRoot()
    let inverse = equations.inverse
    standardErrors = (0..<p).map { (inverse[$0, $0] * variance).squareRoot() }
    let weight = w.reduce(0, +)
    let mean = zip(w, outcome).reduce(0) { $0 + $1.0 * $1.1 } / weight
    let total = zip(w, outcome).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    rSquared = total > 0 ? 1 - squares / total : 0
  }

  /// The t of a coefficient.
  public func t(_ column: Int) -> Double { coefficients[column] / standardErrors[column] }

  /// The two-sided p of a coefficient by Student's t.
  public func pValue(_ column: Int) -> Double {
    StudentT.share(beyond: abs(t(column)), degrees: Double(degrees))
  }
}
