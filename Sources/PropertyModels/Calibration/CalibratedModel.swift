public import Featurization
public import Parallelism

/// A trained recipe with calibrated doubt and the compounds it knows: what is put to use.
public struct CalibratedModel: Sendable {
  /// The trained recipe.
  public let model: TrainedModel
  /// How each task's doubt becomes a promise.
  public let calibrations: [TaskCalibration]
  /// The compounds it was trained on, and how far they reach.
  public let domain: TrainingDomain
  /// How structures become compounds.
  public let preparation: CompoundPreparation

  /// What is predicted.
  public var tasks: [LearningTask] { model.tasks }

  /// What is said of compounds.
  public func predictions(
    for compounds: CompoundTable, using pool: WorkerPool = WorkerPool(threads: 1)
  ) throws -> [CompoundPrediction] {
    let outputs = try model.outputs(for: compounds, using: pool)
    let nearest = try domain.nearest(to: compounds, using: pool)
    return nearest.enumerated().map { row, nearest in
      let tasks = model.tasks.indices.map { task in
        calibrations[task].prediction(
          value: outputs[task].values[row], deviation: outputs[task].deviations?[row],
          distance: 1 - nearest.similarity, scaling: model.scalings[task])
      }
      return CompoundPrediction(
        tasks: tasks, nearest: nearest, inDomain: nearest.similarity >= domain.threshold)
    }
  }
}

/// What is said of one compound.
public struct CompoundPrediction: Hashable, Sendable {
  /// The prediction for each task.
  public let tasks: [TaskPrediction]
  /// The most similar training compound.
  public let nearest: NearestCompound
  /// Whether the compound lies in the model's domain.
  public let inDomain: Bool
}

extension ModelRecipe {
  /// Trains, and calibrates on folds whose compounds the predicting models had not seen.
  ///
  /// - Parameters:
  ///   - ids: the compounds' names; nil to number them from 1.
  ///   - folds: how many; the model is trained once more for each.
  ///   - preparation: how the structures were made, and others are to be.
  public func trainCalibrated(
    on examples: Examples, ids: [String]? = nil, folds: Int = 5,
    preparation: CompoundPreparation = CompoundPreparation(), in context: TrainingContext
  ) throws -> CalibratedModel {
    precondition(ids.map { $0.count == examples.compounds.count } ?? true, "an id a compound")
    let scalings = examples.scalings
    let assignment = examples.trainingSet(scalings).folds(folds, seed: context.seed)
    let (model, heldOut) = try trainHoldingOut(examples, folds: assignment, in: context)
    let fingerprints = try examples.compounds.rows(
      of: TrainingDomain.Feature(), using: context.pool)
    let distances = TrainingDomain.distances(
      of: fingerprints, folds: assignment, using: context.pool)
    let calibrations = try examples.tasks.indices.map { task in
      let labels = examples.labels[task]
      let exact = labels.count { $0?.relation == .equal }
      guard exact >= Examples.fewestLabels else {
        throw FittingError.tooFew(
          task: examples.tasks[task].name, labels: exact, needed: Examples.fewestLabels)
      }
      return TaskCalibration(
        examples.tasks[task], labels: labels, heldOut[task], scaling: scalings[task],
        distances: distances)
    }
    let compounds = (0..<examples.compounds.count).map { row in
      TrainingCompound(
        id: ids?[row] ?? "\(row + 1)", smiles: examples.compounds.smiles(row),
        labels: examples.labels.map { $0[row] })
    }
    return CalibratedModel(
      model: model, calibrations: calibrations,
      domain: TrainingDomain(
        compounds: compounds, fingerprints: fingerprints, using: context.pool),
      preparation: preparation)
  }
}
