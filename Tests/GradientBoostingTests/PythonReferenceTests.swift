import GradientBoosting
import Testing

/// The numbers that Python's xgboost 1.7.4 gives: Tests/References/xgboost_trees.py printed them.
///
/// Another version of the library may grow other trees, so these are held only against their own.
@Suite(.enabled(if: xgboostVersion.hasPrefix("1.7."), "the library is another version"))
struct PythonReferenceTests {
  private let table = SmallTable()
  private var weights: [Double] { (0..<200).map { 1 + Double($0 % 3) } }

  private func check(
    _ labels: BoostingLabels, _ objective: BoostingObjective, _ plan: BoostingPlan,
    _ expected: [Float]
  ) throws {
    let trees = try #require(
      try BoostedTrees.grown(
        on: table.matrix, labels: labels, objective: objective, plan: plan, seed: 7))
    for (mine, theirs) in zip(trees.margins(of: table.matrix, rows: 0..<5), expected) {
      #expect(abs(mine - theirs) <= 1e-6 * max(1, abs(theirs)), "\(mine), not \(theirs)")
    }
  }

  @Test func `boosted regression on weighted rows`() throws {
    try check(
      BoostingLabels(table.values, weights: weights), .squaredError,
      BoostingPlan(
        rounds: 60, learningRate: 0.1, depth: 4, rowShare: 0.8, columnsPerTree: 0.7, ridge: 2),
      [
        0.12676803767681122, -0.24560438096523285, 1.3742493391036987, 0.5764787793159485,
        2.1949312686920166,
      ])
  }

  @Test func `boosted classes on weighted rows`() throws {
    try check(
      BoostingLabels(table.values.map { $0 > 0.7 ? 1 : 0 }, weights: weights), .logistic,
      BoostingPlan(rounds: 30, method: .exact),
      [
        -4.936670780181885, -5.809152603149414, 5.692478179931641, -4.902438640594482,
        5.885575294494629,
      ])
  }

  @Test func `a forest`() throws {
    try check(
      BoostingLabels(table.values), .squaredError,
      BoostingPlan(
        rounds: 1, treesPerRound: 50, learningRate: 1, depth: 8, rowShare: 0.632,
        columnsPerSplit: 0.5, ridge: 0, method: .exact),
      [
        0.12500044703483582, -0.2499997913837433, 1.375001311302185, 0.5750007629394531,
        2.200000762939453,
      ])
  }

  @Test func `bounds`() throws {
    let upper = table.values.map { $0 > 1.2 ? Double.infinity : $0 }
    try check(
      BoostingLabels(lower: table.values, upper: upper), .censored(deviation: 0.5),
      BoostingPlan(rounds: 40, depth: 3),
      [
        0.12515893578529358, -0.2498670518398285, 3.053767442703247, 0.5754469037055969,
        3.922151803970337,
      ])
  }
}
