import Foundation

extension BoostedTrees {
  /// Grows trees.
  ///
  /// One thread; the same rows, labels, plan and seed give the same trees.
  /// - Parameters:
  ///   - shouldStop: asked after each round.
  ///   - progress: told the rounds that are done.
  /// - Returns: nil when it was told to stop.
  public static func grown(
    on matrix: FeatureMatrix, labels: BoostingLabels, plan: BoostingPlan, seed: UInt64,
    shouldStop: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
  ) throws(BoostingError) -> BoostedTrees? {
    if let flaw = plan.flaw { throw .setting(flaw) }
    if let flaw = labels.flaw(for: plan.objective, rows: matrix.rows) { throw .data(flaw) }
    guard matrix.columns > 0 else { throw .data("rows without columns") }
    // An infinite feature would be taken for a missing one.
    guard matrix.values.allSatisfy(\.isFinite) else { throw .data("a feature is infinite") }
    let data = try LibraryMatrix(matrix)
    for (name, values) in labels.columns(for: plan.objective) { try data.set(values, as: name) }
    let booster = try LibraryBooster(for: data)
    for (name, value) in plan.parameters(seed: seed, start: start(labels, plan.objective)) {
      try booster.set(value, as: name)
    }
    for round in 0..<plan.rounds {
      if shouldStop() { return nil }
      try booster.grow(round: round, on: data)
      progress(round + 1)
    }
    return try BoostedTrees(decoding: try booster.json())
  }

  /// Where the sum begins: at the weighted mean of the labels, of classes their share.
  private static func start(_ labels: BoostingLabels, _ objective: BoostingPlan.Objective) -> Double
  {
    // For censored numbers the library takes the logarithm of it: e⁰ = 1.
    if case .censored = objective { return 1 }
    var (sum, total) = (0.0, 0.0)
    for row in labels.lower.indices {
      let weight = labels.weights?[row] ?? 1
      sum += weight * labels.lower[row]
      total += weight
    }
    let mean = sum / total
    // The library wants a probability strictly between 0 and 1.
    return objective == .logistic ? min(max(mean, 1e-6), 1 - 1e-6) : mean
  }
}
