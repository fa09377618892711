import Foundation

extension LassoLogistic {
  /// Which of the penalties is taken.
  public enum Choice: String, Codable, CaseIterable, Hashable, Sendable {
    /// The one that predicts best.
    case best
    /// The largest that predicts within a standard error of the best.
    case oneStandardError
  }

  /// What penalties are worth on rows that were not fitted.
  public struct CrossValidation: Hashable, Sendable {
    /// The penalties, falling.
    public let penalties: [Double]
    /// The mean deviance of left-out rows, and its standard error over the folds.
    public let deviances: [Double], errors: [Double]

    /// The penalty by a rule.
    public func penalty(_ choice: Choice) -> Double {
      guard let best = deviances.indices.min(by: { deviances[$0] < deviances[$1] }) else {
        return penalties[0]
      }
      let bound = choice == .best ? deviances[best] : deviances[best] + errors[best]
      return penalties[deviances.firstIndex { $0 <= bound } ?? best]
    }
  }

  /// Leaves each fold out in turn.
  ///
  /// - Parameter folds: each row's fold, from 0.
  public static func crossValidated(
    _ outcome: [Double], _ columns: [[Double]], penalties: [Double], folds: [Int],
    tolerance: Double = 1e-7
  ) -> Result<CrossValidation, RegressionFailure> {
    precondition(folds.count == outcome.count, "a fold for every row")
    let count = (folds.max() ?? 0) + 1
    var deviances: [[Double]] = []
    var sizes: [Double] = []
    for fold in 0..<count {
      let kept = folds.indices.filter { folds[$0] != fold }
      let left = folds.indices.filter { folds[$0] == fold }
      guard !left.isEmpty else { continue }
      let fits: [LassoLogistic]
      switch path(
        kept.map { outcome[$0] }, columns.map { column in kept.map { column[$0] } },
        penalties: penalties, tolerance: tolerance)
      {
      case .success(let found): fits = found
      case .failure(let reason): return .failure(reason)
      }
      let held = left.map { outcome[$0] }
      let heldColumns = columns.map { column in left.map { column[$0] } }
      deviances.append(
        fits.map { fit in
          var predictor = fit.predictor(heldColumns)
          if columns.isEmpty { predictor = held.map { _ in fit.intercept } }
          return -2 * LogisticRegression.logLikelihood(held, predictor) / Double(left.count)
        })
      sizes.append(Double(left.count))
    }
    let total = sizes.reduce(0, +)
    var means: [Double] = []
    var errors: [Double] = []
    for place in penalties.indices {
      let mean = zip(deviances, sizes).reduce(0) { $0 + $1.0[place] * $1.1 } / total
      let spread = zip(deviances, sizes).reduce(0) { sum, fold in
        sum + fold.1 * (fold.0[place] - mean) * (fold.0[place] - mean)
      }
      means.append(mean)
      errors.append((spread / total / Double(max(1, sizes.count - 1))).squareRoot())
    }
    return .success(CrossValidation(penalties: penalties, deviances: means, errors: errors))
  }

  /// Folds of nearly one size, drawn by a seed, with cases and others spread evenly.
  public static func folds(_ outcome: [Double], count: Int = 10, seed: UInt64) -> [Int] {
    precondition(count >= 2, "two folds at least")
    var generator = Xoshiro256(seed: seed)
    var folds = [Int](repeating: 0, count: outcome.count)
    var next = 0
    for value in [1.0, 0.0] {
      let rows = outcome.indices.filter { outcome[$0] == value }
      for place in generator.drawOrder(of: rows.count) {
        folds[rows[place]] = next % count
        next += 1
      }
    }
    return folds
  }
}
