import Featurization
import Foundation
import GradientBoosting
import Parallelism
import Testing

@testable import PropertyModels

@Suite struct BoundTests {
  /// Values above a limit are only known to lie above it, as with a detection limit.
  private struct Censored {
    let smiles: [String]
    let values: [Double]
    let limit = 6.0

    init(_ examples: SmallExamples) {
      smiles = examples.smiles
      values = examples.numbers.compactMap { $0?.value }
    }

    func examples(_ keep: (Double) -> TaskLabel?) throws -> Examples {
      try Examples(
        compounds: CompoundTable(smiles: smiles), tasks: [SmallExamples.number],
        labels: [values.map(keep)])
    }
  }

  @Test(
    "bounds teach more than dropping them or taking them for values",
    arguments: [
      ModelRecipe(BoundImputation(ModelRecipe(KernelRidge()))),
      ModelRecipe(
        GradientBoostedTrees(
          features: CompoundFeatures(fingerprints: .fourCounts),
          plan: BoostingPlan(rounds: 60, learningRate: 0.1, depth: 4))),
    ])
  func learns(recipe: ModelRecipe) throws {
    let train = Censored(SmallExamples(count: 150, missing: false))
    let fresh = Censored(SmallExamples(count: 120, first: 500, missing: false))
    func error(_ keep: (Double) -> TaskLabel?) throws -> Double {
      let context = TrainingContext(seed: 1, pool: WorkerPool(threads: 2))
      let model = try recipe.train(on: train.examples(keep), in: context)
      return rootMeanSquare(
        try model.values(for: CompoundTable(smiles: fresh.smiles))[0], fresh.values)
    }
    let limit = train.limit
    let bounded = try error { $0 > limit ? TaskLabel(limit, .above) : TaskLabel($0) }
    let dropped = try error { $0 > limit ? nil : TaskLabel($0) }
    let flattened = try error { TaskLabel(min($0, limit)) }
    #expect(bounded < dropped && bounded < flattened, "\(bounded), \(dropped), \(flattened)")
  }

  // scipy.stats.truncnorm.mean of SciPy 1.17.1.
  @Test(
    "an expectation beyond a bound is the truncated normal's mean",
    arguments: [
      (TaskLabel(1, .above), 0.0, 1.0, 1.525135276160981),
      (TaskLabel(-1, .above), 0.5, 2.0, 1.2787641134718541),
      (TaskLabel(-1, .below), 0.5, 2.0, -2.1575559304424132),
      (TaskLabel(30, .above), 0.0, 1.0, 30.033259667436372),
      (TaskLabel(2), 0.0, 1.0, 2.0),
    ])
  func expectation(label: TaskLabel, mean: Double, deviation: Double, expected: Double) {
    let value = label.expectation(mean: mean, deviation: deviation)
    #expect(abs(value - expected) < 1e-6)
  }

  @Test func `bounds alone teach nothing, and say so`() throws {
    let train = Censored(SmallExamples(count: 30, missing: false))
    let examples = try train.examples { TaskLabel($0, .above) }
    #expect {
      try ModelRecipe(BoundImputation(ModelRecipe(KernelRidge())))
        .train(on: examples, in: TrainingContext())
    } throws: { "\($0)".contains("without its bounds") }
  }

  @Test func `without bounds it is its member`() throws {
    let examples = try SmallExamples(count: 40).regression
    let context = TrainingContext(seed: 3)
    let plain = ModelRecipe(NearestNeighbours())
    let wrapped = ModelRecipe(BoundImputation(plain))
    let fresh = CompoundTable(smiles: SmallExamples(count: 10, first: 300).smiles)
    #expect(
      try wrapped.train(on: examples, in: context).values(for: fresh)
        == plain.train(on: examples, in: context).values(for: fresh))
  }
}
