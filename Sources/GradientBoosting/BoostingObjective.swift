/// What trees are fitted to.
public enum BoostingObjective: Codable, Hashable, Sendable {
  /// Numbers, by squared error.
  case squaredError
  /// Classes 0 and 1, by cross entropy.
  case logistic
  /// Numbers of which some are known only to lie above or below a bound: the accelerated failure
  /// time model with a normal error, which on the scale of the labels is Tobit's (Barnwal,
  /// Cho & Hocking 2022).
  /// - deviation: of the error, in the unit of the labels.
  case censored(deviation: Double)
}

extension BoostingObjective {
  /// XGBoost's names and values.
  func parameters(start: Double) -> [(name: String, value: String)] {
    let start = ("base_score", "\(start)")
    switch self {
    case .squaredError: return [("objective", "reg:squarederror"), start]
    case .logistic: return [("objective", "binary:logistic"), start]
    case .censored(let deviation):
      return [
        ("objective", "survival:aft"), ("aft_loss_distribution", "normal"),
        ("aft_loss_distribution_scale", "\(deviation)"), start,
      ]
    }
  }

  /// What is wrong with it; nil for nothing.
  var flaw: String? {
    guard case .censored(let deviation) = self, !(deviation > 0 && deviation.isFinite) else {
      return nil
    }
    return "an error of deviation \(deviation)"
  }

  /// Where the sum begins: at the weighted mean of the labels, of classes their share.
  func start(_ labels: BoostingLabels) -> Double {
    // For censored numbers the library takes the logarithm of it: e⁰ = 1.
    if case .censored = self { return 1 }
    var (sum, total) = (0.0, 0.0)
    for row in labels.lower.indices {
      let weight = labels.weights?[row] ?? 1
      sum += weight * labels.lower[row]
      total += weight
    }
    let mean = sum / total
    // The library wants a probability strictly between 0 and 1.
    return self == .logistic ? min(max(mean, 1e-6), 1 - 1e-6) : mean
  }
}
