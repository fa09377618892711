public import Parallelism
import Provenance

/// A recipe trained on examples: predicts in the tasks' units.
public struct TrainedModel: Sendable {
  /// What was trained.
  public let recipe: ModelRecipe
  /// What is predicted.
  public let tasks: [LearningTask]
  /// How the numbers were scaled for learning.
  public let scalings: [TaskScaling]
  let fitted: any FittedModel

  /// What the family says of compounds, on the learnt scales.
  public func outputs(
    for compounds: CompoundTable, using pool: WorkerPool
  ) throws -> [TaskOutput] {
    try fitted.outputs(for: compounds, using: pool)
  }

  /// The estimates for each task, in its unit; for a class the probability of 1.
  public func values(
    for compounds: CompoundTable, using pool: WorkerPool = WorkerPool(threads: 1)
  ) throws -> [[Double]] {
    zip(try outputs(for: compounds, using: pool), scalings).map { output, scaling in
      output.values.map { scaling.value($0) }
    }
  }

  /// What was learnt, as it is written into a folder.
  public func files() throws -> ModelFiles { try fitted.files() }

  /// The same recipe and tasks with what was learnt from files; nothing in them is trusted.
  public func reading(_ files: ModelFiles) throws -> TrainedModel {
    TrainedModel(
      recipe: recipe, tasks: tasks, scalings: scalings,
      fitted: try Self.fitted(recipe.family, files, tasks))
  }

  static func fitted<Family: ModelFamily>(
    _ family: Family, _ files: ModelFiles, _ tasks: [LearningTask]
  ) throws -> any FittedModel {
    try family.read(files, tasks: tasks)
  }
}

extension ModelRecipe {
  /// Trains on examples.
  public func train(on examples: Examples, in context: TrainingContext) throws -> TrainedModel {
    let scalings = examples.scalings
    let fitted = try Self.fit(family, examples.trainingSet(scalings), context)
    return TrainedModel(recipe: self, tasks: examples.tasks, scalings: scalings, fitted: fitted)
  }

  /// What models that did not see a compound say of it, on the learnt scales; one output a task.
  ///
  /// - Parameter folds: the fold of each compound, from 0.
  public func heldOut(
    of examples: Examples, folds: [Int], in context: TrainingContext
  ) throws -> [TaskOutput] {
    try trainHoldingOut(examples, folds: folds, in: context).heldOut
  }

  /// Trains on examples, and predicts each by a model that did not see it.
  func trainHoldingOut(
    _ examples: Examples, folds: [Int], in context: TrainingContext
  ) throws -> (model: TrainedModel, heldOut: [TaskOutput]) {
    let scalings = examples.scalings
    let (fitted, heldOut) = try Self.fit(
      family, examples.trainingSet(scalings), folds, context)
    let model = TrainedModel(
      recipe: self, tasks: examples.tasks, scalings: scalings, fitted: fitted)
    return (model, heldOut)
  }

  static func fit<Family: ModelFamily>(
    _ family: Family, _ set: TrainingSet, _ folds: [Int], _ context: TrainingContext
  ) throws -> (any FittedModel, [TaskOutput]) {
    let fit = try family.fit(set, holdingOut: folds, in: context)
    return (fit.model, fit.heldOut)
  }

  static func fit<Family: ModelFamily>(
    _ family: Family, _ set: TrainingSet, _ context: TrainingContext
  ) throws -> any FittedModel {
    try family.fit(set, in: context)
  }
}
