internal import LinearAlgebra

/// Newton's method over sums that someone else computes: it says where, takes them, and steps.
///
/// A value that asks and takes, so that the sums may come from one table, from threads, or from
/// hospitals that answer a round each. Steps that lose likelihood are halved. Progress is measured by
/// the decrement λ² = gᵀI⁻¹g, in squared standard errors, which no scale of a column changes
/// (Boyd & Vandenberghe, Convex Optimization, 9.5). Below `tolerance` the last step is still taken:
/// convergence is quadratic, so what is left is about λ².
public struct NewtonSolver: Hashable, Sendable {
  /// What to do next.
  public enum Step: Hashable, Sendable {
    /// Ask for the sums at ``place``.
    case ask
    /// The maximum.
    case converged(NewtonFit)
    /// There is none, and why.
    case failed(RegressionFailure)
  }

  /// Where the sums are wanted next.
  public private(set) var place: [Double]
  /// How many sums were taken.
  public private(set) var rounds = 0
  private let tolerance: Double
  private let limit: Int
  private var best: Standing?
  private var first: Standing?
  /// The share of the step that was taken.
  private var scale = 1.0
  /// Whole steps in a row after which little was left to gain, and yet hardly less than before.
  private var slow = 0

  /// Begins at a place, at zeros by default.
  ///
  /// - Parameters:
  ///   - tolerance: of λ, in standard errors.
  ///   - limit: the most rounds.
  public init(order: Int, start: [Double]? = nil, tolerance: Double = 1e-10, limit: Int = 60) {
    precondition((start?.count ?? order) == order, "a start for every coefficient")
    place = start ?? [Double](repeating: 0, count: order)
    self.tolerance = tolerance
    self.limit = limit
  }

  /// Takes the sums at ``place``, of all parts together.
  public mutating func take(_ sums: NewtonAggregate) -> Step {
    precondition(sums.order == place.count, "sums of \(sums.order) coefficients")
    rounds += 1
    if let best, !sums.isFinite || best.isWorse(sums) { return back(from: best) }
    guard sums.isFinite else { return .failed(.notFinite) }
    guard let standing = Standing(sums, at: place) else {
      if let first { return .failed(.separated(column: first.widest(in: sums))) }
      return .failed(Standing.dependent(in: sums))
    }
    if let best, scale == 1, standing.decrement < 1e-3, standing.decrement > best.decrement / 10 {
      // Rounding leaves a rest that no step takes away; it is far below what the sums resolve.
      if standing.decrement < 1e-14 * max(1, abs(sums.logLikelihood)) { return finish(standing) }
      // Newton's method squares the error. Where it only divides it, the maximum lies at infinity.
      slow += 1
      if slow == 2, let first { return .failed(.separated(column: first.widest(in: sums))) }
    } else {
      slow = 0
    }
    if first == nil { first = standing }
    if standing.decrement <= tolerance * tolerance { return finish(standing) }
    guard rounds < limit else { return .failed(.notConverged(rounds: rounds)) }
    best = standing
    scale = 1
    place = zip(standing.place, standing.step).map { $0 + $1 }
    return .ask
  }

  /// Half the step, where the whole lost likelihood.
  private mutating func back(from best: Standing) -> Step {
    scale /= 2
    guard scale > 1e-9, rounds < limit else { return .failed(.notConverged(rounds: rounds)) }
    place = zip(best.place, best.step).map { $0 + scale * $1 }
    return .ask
  }

  private func finish(_ standing: Standing) -> Step {
    let start = first ?? standing
    return .converged(
      NewtonFit(
        coefficients: zip(standing.place, standing.step).map { $0 + $1 },
        covariance: standing.covariance,
        logLikelihood: standing.sums.logLikelihood + standing.decrement / 2,
        startLogLikelihood: start.sums.logLikelihood, scoreStatistic: start.decrement,
        rows: standing.sums.rows, rounds: rounds))
  }

  /// Fits where the sums can be had by a call.
  public static func fit(
    order: Int, start: [Double]? = nil, sums: ([Double]) -> NewtonAggregate
  ) -> Result<NewtonFit, RegressionFailure> {
    var solver = NewtonSolver(order: order, start: start)
    while true {
      switch solver.take(sums(solver.place)) {
      case .ask: continue
      case .converged(let fit): return .success(fit)
      case .failed(let reason): return .failure(reason)
      }
    }
  }
}

/// Sums at a place, with the step that they propose.
private struct Standing: Hashable, Sendable {
  let sums: NewtonAggregate
  let place: [Double]
  let step: [Double]
  let decrement: Double

  /// Nil where the information is singular.
  init?(_ sums: NewtonAggregate, at place: [Double]) {
    guard let equations = NormalEquations(Self.matrix(sums, sums.order)) else { return nil }
    self.sums = sums
    self.place = place
    step = equations.solve(sums.gradient)
    decrement = max(0, zip(sums.gradient, step).reduce(0) { $0 + $1.0 * $1.1 })
    guard decrement.isFinite else { return nil }
  }

  /// The inverse of the information, its lower triangle.
  var covariance: [Double] {
    guard let inverse = NormalEquations(Self.matrix(sums, sums.order))?.inverse else { return [] }
    return (0..<inverse.rows).flatMap { row in (0...row).map { inverse[row, $0] } }
  }

  /// Whether likelihood was lost, beyond the rounding of a sum.
  func isWorse(_ other: NewtonAggregate) -> Bool {
    let rounding = 1e-11 * max(1, abs(sums.logLikelihood))
    return other.logLikelihood < sums.logLikelihood - rounding && decrement > rounding
  }

  /// The coefficient about which the least of what was known at the start is left.
  func widest(in other: NewtonAggregate) -> Int {
    let left = place.indices.map { other.information($0, $0) / sums.information($0, $0) }
    return left.indices.min { left[$0] < left[$1] } ?? 0
  }

  /// The first column that the ones before it make up.
  static func dependent(in sums: NewtonAggregate) -> RegressionFailure {
    let column = (0..<sums.order).first { NormalEquations(matrix(sums, $0 + 1)) == nil }
    return .dependentColumns(column: column ?? max(0, sums.order - 1))
  }

  private static func matrix(_ sums: NewtonAggregate, _ order: Int) -> Matrix<Double> {
    var matrix = Matrix<Double>(rows: order, columns: order)
    for row in 0..<order {
      for column in 0..<order { matrix[row, column] = sums.information(row, column) }
    }
    return matrix
  }
}
