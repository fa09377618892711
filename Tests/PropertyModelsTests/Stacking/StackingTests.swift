import Foundation
import Parallelism
import PropertyModels
import Testing

@Suite struct StackingTests {
  private let context = TrainingContext(seed: 2, pool: WorkerPool(threads: 2))

  @Test func `a useless member gets next to nothing`() throws {
    let stack = StackedEnsemble(
      [ModelRecipe(Dummy()), ModelRecipe(NearestNeighbours(neighbours: 3))],
      weighting: .fitted(folds: 3))
    let set = try SmallExamples().both
    let model = try ModelRecipe(stack).train(on: set, in: context)
    let files = try model.files()
    let blends = try #require(
      try JSONSerialization.jsonObject(with: files.data("weights.json")) as? [[String: Any]])
    let numbers = try #require(blends[0]["weights"] as? [Double])
    #expect(numbers[1] > 0.5 && numbers[0] < 0.5 && numbers[0] >= 0)
    // A dummy's logit is a constant, so of classes only the other's weight says something.
    let classes = try #require(blends[1]["weights"] as? [Double])
    #expect(classes[1] > 0.1)
  }

  @Test func `what it says of held-out rows is about as good as its best member`() throws {
    let examples = SmallExamples(count: 60, missing: false)
    let folds = (0..<60).map { $0 % 3 }
    let stack = ModelRecipe(
      StackedEnsemble(
        [ModelRecipe(NearestNeighbours()), ModelRecipe(Dummy(.median))],
        weighting: .fitted(folds: 3)))
    let answers = try stack.heldOut(of: examples.regression, folds: folds, in: context)[0]
    let member = try ModelRecipe(NearestNeighbours()).heldOut(
      of: examples.regression, folds: folds, in: context)[0]
    let scaling = try examples.regression.scalings[0]
    let measured = examples.numbers.compactMap { $0?.value }
    func error(_ output: TaskOutput) -> Double {
      rootMeanSquare(output.values.map { scaling.value($0) }, measured)
    }
    #expect(error(answers) < 1.05 * error(member))
    #expect(answers.deviations?.allSatisfy { $0 >= 0 && $0.isFinite } == true)
  }

  @Test func `of members that count the same the answer is their mean`() throws {
    let examples = try SmallExamples(count: 60, missing: false).regression
    let recipes = [ModelRecipe(NearestNeighbours()), ModelRecipe(Dummy(.median))]
    let blend = try ModelRecipe(StackedEnsemble(recipes, weighting: .equal))
      .train(on: examples, in: context).values(for: examples.compounds)[0]
    let apart = try recipes.map {
      try $0.train(on: examples, in: context).values(for: examples.compounds)[0]
    }
    for row in blend.indices {
      #expect(abs(blend[row] - (apart[0][row] + apart[1][row]) / 2) < 1e-9)
    }
  }

  @Test func `a stack without members or folds is refused`() throws {
    let examples = try SmallExamples().regression
    #expect(throws: FittingError.self) {
      try ModelRecipe(StackedEnsemble([])).train(on: examples, in: context)
    }
    #expect(throws: FittingError.self) {
      try ModelRecipe(StackedEnsemble([ModelRecipe(Dummy())], weighting: .fitted(folds: 1)))
        .train(on: examples, in: context)
    }
  }
}
