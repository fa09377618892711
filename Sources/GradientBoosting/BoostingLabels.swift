import Foundation

/// What trees are fitted to: a number or an interval for each row.
public struct BoostingLabels: Hashable, Sendable {
  /// The numbers; the lower ends of intervals, −∞ for none.
  public let lower: [Double]
  /// The upper ends of intervals, +∞ for none; equal to the lower ends where a number is known.
  public let upper: [Double]
  /// How much each row counts; nil for all alike.
  public let weights: [Double]?

  /// Known numbers.
  public init(_ values: [Double], weights: [Double]? = nil) {
    self.init(lower: values, upper: values, weights: weights)
  }

  /// Intervals in which the true numbers lie.
  public init(lower: [Double], upper: [Double], weights: [Double]? = nil) {
    self.lower = lower
    self.upper = upper
    self.weights = weights
  }

  /// What is wrong with them for an objective and a number of rows; nil for nothing.
  func flaw(for objective: BoostingObjective, rows: Int) -> String? {
    guard rows > 0 else { return "no rows to learn from" }
    guard lower.count == rows, upper.count == rows else {
      return "\(lower.count) labels for \(rows) rows"
    }
    if let weights {
      guard weights.count == rows else { return "\(weights.count) weights for \(rows) rows" }
      guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else { return "a weight is not positive" }
    }
    switch objective {
    case .squaredError, .logistic:
      guard lower == upper else { return "bounds need the objective for censored numbers" }
      guard lower.allSatisfy(\.isFinite) else { return "a label is not finite" }
      if objective == .logistic, !lower.allSatisfy({ $0 == 0 || $0 == 1 }) {
        return "a class is neither 0 nor 1"
      }
    case .censored:
      for row in lower.indices {
        let (low, high) = (lower[row], upper[row])
        // Beyond ±80 the exponential that XGBoost is given leaves the range of its numbers.
        guard low <= high, low < 80, high > -80, low.isFinite || high.isFinite,
          !low.isFinite || low > -80, !high.isFinite || high < 80
        else { return "the interval from \(low) to \(high) cannot be learnt: scale the labels" }
      }
    }
    return nil
  }

  /// The columns that XGBoost reads, by its names.
  func columns(for objective: BoostingObjective) -> [(name: String, values: [Float])] {
    var columns: [(String, [Float])] = []
    switch objective {
    case .squaredError, .logistic: columns.append(("label", lower.map { Float($0) }))
    case .censored:
      // The model is of the logarithms of its labels; ours may be negative, so it gets e to them.
      columns.append(("label_lower_bound", lower.map { Float(exp($0)) }))
      columns.append(("label_upper_bound", upper.map { Float(exp($0)) }))
    }
    if let weights { columns.append(("weight", weights.map { Float($0) })) }
    return columns
  }
}
