import Foundation
import GradientBoosting
import Testing

/// A matrix whose absent entries follow from its numbers, and labels that follow from it.
struct SmallTable {
  var matrix = FeatureMatrix(columns: 6)
  var values: [Double] = []

  init(rows: Int = 200) {
    for row in 0..<rows {
      let numbers = (0..<6).map { column in Float((row * (column + 3) * 7 + column) % 17) }
      matrix.append(
        numbers.enumerated().filter { $0.element > 4 }.map {
          (column: $0.offset, value: $0.element)
        })
      values.append(Double(numbers[0]) / 8 - (numbers[3] > 9 ? 1 : 0) + Double(numbers[5]) / 40)
    }
  }

  func trees(
    _ plan: BoostingPlan, _ objective: BoostingObjective = .squaredError, seed: UInt64 = 1
  ) throws -> BoostedTrees {
    let labels =
      objective == .logistic
      ? BoostingLabels(values.map { $0 > 0.7 ? 1 : 0 }) : BoostingLabels(values)
    return try #require(
      try BoostedTrees.grown(
        on: matrix, labels: labels, objective: objective, plan: plan, seed: seed))
  }
}

@Suite struct TreesTests {
  @Test func `trees learn what they are shown`() throws {
    let table = SmallTable()
    let trees = try table.trees(BoostingPlan(rounds: 50))
    let errors = zip(trees.margins(of: table.matrix), table.values).map { Double($0) - $1 }
    #expect(errors.allSatisfy { abs($0) < 0.05 })
    #expect(trees.treeCount == 50)
  }

  @Test func `the same seed gives the same trees, also after others were grown between`() throws {
    let table = SmallTable()
    let plan = BoostingPlan(rounds: 10, rowShare: 0.6, columnsPerTree: 0.5)
    let first = try table.trees(plan)
    let other = try table.trees(plan, seed: 2)
    #expect(try table.trees(plan) == first)
    #expect(other != first)
  }

  @Test func `a model read from its bytes predicts the same bits`() throws {
    let table = SmallTable()
    for objective in [BoostingObjective.squaredError, .logistic, .censored(deviation: 0.5)] {
      let trees = try table.trees(BoostingPlan(rounds: 8), objective)
      let again = try BoostedTrees(decoding: trees.json)
      #expect(again.margins(of: table.matrix) == trees.margins(of: table.matrix))
    }
  }

  @Test func `a forest is one round of many trees`() throws {
    let plan = BoostingPlan(
      rounds: 1, treesPerRound: 40, learningRate: 1, depth: 12, rowShare: 0.63,
      columnsPerSplit: 0.5, ridge: 0)
    let table = SmallTable()
    let trees = try table.trees(plan)
    #expect(trees.treeCount == 40)
    let errors = zip(trees.margins(of: table.matrix), table.values).map { Double($0) - $1 }
    #expect((errors.map { $0 * $0 }.reduce(0, +) / 200).squareRoot() < 0.2)
  }

  @Test func `a bound pulls the prediction beyond it, and no further than it must`() throws {
    var matrix = FeatureMatrix(columns: 1)
    for row in 0..<40 { matrix.append([(column: 0, value: Float(row % 2))]) }
    // Even rows are exactly 0; of odd rows it is known that they lie above 2.
    let lower = (0..<40).map { $0 % 2 == 0 ? 0.0 : 2 }
    let upper = (0..<40).map { $0 % 2 == 0 ? 0.0 : Double.infinity }
    let plan = BoostingPlan(
      rounds: 300, learningRate: 0.1, ridge: 0)
    let trees = try #require(
      try BoostedTrees.grown(
        on: matrix, labels: BoostingLabels(lower: lower, upper: upper),
        objective: .censored(deviation: 0.5), plan: plan, seed: 0))
    let margins = trees.margins(of: matrix, rows: 0..<2)
    #expect(abs(margins[0]) < 0.1)
    #expect(margins[1] > 2 && margins[1] < 5)
  }

  @Test func `a training that is told to stop gives nothing`() throws {
    let table = SmallTable(rows: 20)
    let trees = try BoostedTrees.grown(
      on: table.matrix, labels: BoostingLabels(table.values), objective: .squaredError,
      plan: BoostingPlan(), seed: 0,
      shouldStop: { true })
    #expect(trees == nil)
  }
}
