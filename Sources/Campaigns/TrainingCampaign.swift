public import Entities
public import Foundation
import Molecules
public import Parallelism
public import PropertyModels
public import Provenance
public import Records

/// What a training gave.
public struct TrainingOutcome: Sendable {
  /// The trained model.
  public let model: CalibratedModel
  /// Predictions of the compounds kept for the test, task by task.
  public let test: [TestedCompound]
  /// Rows that could not be used.
  public let refused: [RefusedRecord]
  /// Labels of one structure that did not agree; rows count the training rows.
  public let contradictions: [Contradiction]
  /// How rows were parted, in words.
  public let split: String
  /// Test compounds whose structure is in the training set too.
  public let leaked: Int
  /// What a search of recipes tried.
  public let trials: [SearchTrial]
  /// The seed of everything that was drawn.
  public let seed: UInt64
}

/// Trains a model from a table of activities; a killed training goes on with its next piece.
public struct TrainingCampaign: Sendable {
  private let request: TrainingRequest
  private let pool: WorkerPool
  private let workFolder: URL

  /// Prepares a training.
  /// - Parameter workFolder: where finished pieces are kept until the model stands.
  public init(_ request: TrainingRequest, pool: WorkerPool, workFolder: URL) {
    self.request = request
    self.pool = pool
    self.workFolder = workFolder
  }

  /// Reads, searches where asked, trains, calibrates and tests.
  ///
  /// The test rows play no part in anything but the test.
  /// - Parameter progress: told what is being done, and how much of it is.
  public func run(
    on source: RecordSource, dataDigest: Digest,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ stage: String, _ share: Double) -> Void = { _, _ in }
  ) throws -> TrainingOutcome {
    var table = try LoadedTable(source, request: request, pool: pool)
    let key = try key(dataDigest)
    while true {
      let needed = 20
      guard table.train.count >= needed else {
        throw TrainingError.tooFew(rows: table.train.count, needed: needed)
      }
      do {
        let examples = try Examples(
          compounds: CompoundTable(smiles: table.train.smiles), tasks: table.tasks,
          labels: table.train.labels)
        let (recipe, trials) = try recipe(examples, key, shouldStop) { progress("search", $0) }
        let context = TrainingContext(
          seed: request.seed, pool: pool, shouldStop: shouldStop,
          progress: { progress("training", $0) },
          store: try PieceStore(
            in: workFolder.appending(path: "training"),
            key: Digest(of: Data(key.hex.utf8) + (try StableJSON.encode(recipe)))))
        let model = try recipe.trainCalibrated(
          on: examples, ids: table.train.ids, folds: min(request.folds, table.train.count / 10),
          preparation: request.preparation, in: context)
        return TrainingOutcome(
          model: model, test: try test(table.test, model), refused: table.refused,
          contradictions: table.contradictions, split: table.splitDescription,
          leaked: table.leaked, trials: trials, seed: request.seed)
      } catch FittingError.structure(let smiles, let error) {
        // A structure without features is one bad row: the others are trained on.
        table.refuse(smiles, error)
      }
    }
  }

  /// Removes what was kept, once the model stands.
  public func discardWork() { try? FileManager.default.removeItem(at: workFolder) }

  /// What is trained: the given recipe, or the best of a search on the training rows.
  private func recipe(
    _ examples: Examples, _ key: Digest, _ shouldStop: @escaping @Sendable () -> Bool,
    _ progress: @escaping @Sendable (Double) -> Void
  ) throws -> (ModelRecipe, [SearchTrial]) {
    guard request.tune > 0 else { return (request.recipe.learningBounds(of: examples), []) }
    let drawn = RecipeSpace.candidates(request.tune - 1, seed: request.seed)
    let search = RecipeSearch(
      ([request.recipe] + drawn).map { $0.learningBounds(of: examples) })
    let store = try TrialStore(in: workFolder, key: key)
    let context = TrainingContext(
      seed: request.seed, pool: pool, shouldStop: shouldStop, progress: progress)
    let (best, trials) = try search.run(on: examples, known: store.trials(), in: context) {
      try store.add($0)
    }
    return (best, trials)
  }

  private func key(_ dataDigest: Digest) throws -> Digest {
    let parts = [
      try StableJSON.encode(request.recipe), try StableJSON.encode(request.preparation),
      Data(
        """
        \(dataDigest) \(request.columns) \(request.testShare) \(request.split) \(request.endpoint) \
        \(request.tune) \(request.folds) \(request.seed) \(CodeVersion.current)
        """.utf8),
    ]
    return Digest(of: parts.reduce(Data(), +))
  }

  private func test(_ rows: LabelledRows, _ model: CalibratedModel) throws -> [TestedCompound] {
    guard rows.count > 0 else { return [] }
    let outcomes = try model.outcomes(for: CompoundTable(smiles: rows.smiles), using: pool)
    return model.tasks.indices.flatMap { task in
      outcomes.enumerated().compactMap { row, outcome in
        // A bound cannot be scored, nor a compound without a prediction.
        guard let label = rows.labels[task][row], label.relation == .equal,
          let prediction = try? outcome.get()
        else { return nil }
        return TestedCompound(
          task: model.tasks[task].name, id: rows.ids[row], smiles: rows.smiles[row],
          measured: label.value, prediction: prediction.tasks[task].range,
          nearest: prediction.nearest.measured(task), inDomain: prediction.inDomain)
      }
    }
  }
}
