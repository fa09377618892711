import Entities
import GradientBoosting
import Parallelism
import Statistics

/// Grows the sets of trees of one model.
struct TreeTraining {
  let family: String
  let features: CompoundFeatures
  let plan: BoostingPlan
  let members: Int
  let censoredDeviation: Double
  let isForest: Bool

  func run(_ examples: TaskExamples, _ context: TrainingContext) throws -> FittedTrees {
    guard (1...1_000).contains(members) else {
      throw FittingError.settings(family: family, reason: "\(members) members")
    }
    if let flaw = features.flaw {
      throw FittingError.settings(family: family, reason: flaw)
    }
    let matrix = try features.matrix(of: examples.compounds, using: context.pool)
    let (labels, objective) = self.labels(examples)
    let trees = try context.pool.map(throwing: members) { member in
      try grow(matrix, labels, objective, member: member, context)
    }
    return FittedTrees(
      trees: trees, features: features, kind: examples.task.kind,
      isForest: isForest)
  }

  private func labels(_ examples: TaskExamples) -> (BoostingLabels, BoostingObjective) {
    if examples.task.kind == .classification {
      // A forest's leaves hold shares of actives, which squared error gives; cross entropy would
      // take one step towards them and measure a leaf by p (1 − p), so that a rare class has none.
      return (
        BoostingLabels(examples.targets, weights: examples.weights),
        isForest ? .squaredError : .logistic
      )
    }
    guard let relations = examples.relations else {
      return (BoostingLabels(examples.targets, weights: examples.weights), .squaredError)
    }
    let pairs = zip(examples.targets, relations)
    return (
      BoostingLabels(
        lower: pairs.map { $1 == .below ? -Double.infinity : $0 },
        upper: pairs.map { $1 == .above ? Double.infinity : $0 }, weights: examples.weights),
      .censored(deviation: censoredDeviation)
    )
  }

  private func grow(
    _ matrix: FeatureMatrix, _ labels: BoostingLabels, _ objective: BoostingObjective,
    member: Int, _ context: TrainingContext
  ) throws -> BoostedTrees {
    try context.check()
    let grown: BoostedTrees?
    do throws(BoostingError) {
      grown = try BoostedTrees.grown(
        on: matrix, labels: labels, objective: objective, plan: plan,
        seed: SplitMix64.seed(context.seed, piece: member), shouldStop: context.shouldStop
      ) { round in
        // With several members the first speaks for all.
        if member == 0 { context.progress(Double(round) / Double(plan.rounds)) }
      }
    } catch {
      switch error {
      case .setting(let reason): throw FittingError.settings(family: family, reason: reason)
      default: throw FittingError.numerics(family: family, reason: "\(error)")
      }
    }
    guard let grown else { throw Interruption(of: "training") }
    return grown
  }
}
