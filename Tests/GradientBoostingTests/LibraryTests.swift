import Testing

@testable import GradientBoosting

@Suite struct LibraryTests {
  @Test(
    "our way down the trees gives the library's own sums, to the bit",
    arguments: [
      BoostingPlan(rounds: 60, learningRate: 0.1),
      BoostingPlan(rounds: 1, treesPerRound: 30, rowShare: 0.6, columnsPerSplit: 0.5),
      BoostingPlan(rounds: 20, method: .exact),
    ], [BoostingObjective.squaredError, .logistic])
  func agrees(plan: BoostingPlan, objective: BoostingObjective) throws {
    let table = SmallTable()
    let values = objective == .logistic ? table.values.map { $0 > 0.7 ? 1 : 0 } : table.values
    let data = try LibraryMatrix(table.matrix)
    try data.set(values.map { Float($0) }, as: "label")
    let booster = try LibraryBooster(for: data)
    for (name, value) in plan.parameters(seed: 3) + objective.parameters(start: 0.4) {
      try booster.set(value, as: name)
    }
    for round in 0..<plan.rounds { try booster.grow(round: round, on: data) }
    let trees = try BoostedTrees(decoding: try booster.json())
    #expect(trees.margins(of: table.matrix) == (try booster.margins(of: data)))
  }

  @Test func `the library's own reason is the error`() throws {
    let data = try LibraryMatrix(SmallTable(rows: 10).matrix)
    let booster = try LibraryBooster(for: data)
    try booster.set("no-such-objective", as: "objective")
    #expect {
      try booster.grow(round: 0, on: data)
    } throws: { "\($0)".contains("no-such-objective") }
  }
}
