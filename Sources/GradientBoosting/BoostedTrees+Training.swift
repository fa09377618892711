import Foundation

extension BoostedTrees {
  /// Grows trees.
  ///
  /// One thread; the same rows, labels, plan and seed give the same trees.
  /// - Parameters:
  ///   - objective: what the labels are.
  ///   - shouldStop: asked after each round.
  ///   - progress: told the rounds that are done.
  /// - Returns: nil when it was told to stop.
  public static func grown(
    on matrix: FeatureMatrix, labels: BoostingLabels, objective: BoostingObjective,
    plan: BoostingPlan, seed: UInt64,
    shouldStop: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
  ) throws(BoostingError) -> BoostedTrees? {
    if let flaw = plan.flaw ?? objective.flaw { throw .setting(flaw) }
    if let flaw = labels.flaw(for: objective, rows: matrix.rows) { throw .data(flaw) }
    guard matrix.columns > 0 else { throw .data("rows without columns") }
    // An infinite feature would be taken for a missing one.
    guard matrix.values.allSatisfy(\.isFinite) else { throw .data("a feature is infinite") }
    let data = try LibraryMatrix(matrix)
    for (name, values) in labels.columns(for: objective) { try data.set(values, as: name) }
    let booster = try LibraryBooster(for: data)
    let parameters =
      plan.parameters(seed: seed) + objective.parameters(start: objective.start(labels))
    for (name, value) in parameters {
      try booster.set(value, as: name)
    }
    for round in 0..<plan.rounds {
      if shouldStop() { return nil }
      try booster.grow(round: round, on: data)
      progress(round + 1)
    }
    return try BoostedTrees(decoding: try booster.json())
  }
}
