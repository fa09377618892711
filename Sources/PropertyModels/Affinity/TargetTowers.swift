public import Featurization
import Parallelism

/// Two towers that are asked for one protein alone: a family that cannot be trained by itself.
struct TargetTowers: ModelFamily {
  static let name = "two-towers"

  /// The protein's chain.
  let sequence: String

  func fit(_ set: TrainingSet, in context: TrainingContext) throws -> FittedTowers {
    throw FittingError.settings(
      family: Self.name, reason: "they learn from pairs: osong affinity train")
  }

  func read(_ files: ModelFiles, tasks: [LearningTask]) throws -> FittedTowers {
    FittedTowers(model: try AffinityModel(reading: files), protein: try ProteinSequence(sequence))
  }
}

/// The towers with the protein.
struct FittedTowers: FittedModel {
  let model: AffinityModel
  let protein: ProteinSequence

  func outputs(for compounds: CompoundTable, using pool: WorkerPool) throws -> [TaskOutput] {
    let pairs = AffinityTable(
      compounds: compounds, proteins: [protein],
      entries: (0..<compounds.count).map { .init(compound: $0, protein: 0, value: 0) })
    return [TaskOutput(values: try model.predictions(of: pairs, using: pool))]
  }

  func files() throws -> ModelFiles { try model.files() }
}

extension ValidatedAffinity {
  /// Hidden pairs from which nothing was calibrated, with what would have been predicted of them: the
  /// test of a target's model.
  public func hiddenTest(by model: CalibratedModel) -> [(pair: HiddenPair, said: TaskPrediction)] {
    validation.pairs.filter { !$0.calibrates }.map { pair in
      (
        pair,
        model.calibrations[0].prediction(
          value: pair.said, deviation: nil, distance: 1 - pair.similarity, scaling: .none)
      )
    }
  }

  /// The towers for one protein, as a model of one task that screens like any other.
  ///
  /// Its doubt is learned on pairs of hidden proteins and hidden compounds, those of every second
  /// protein. Nil where there are too few of them. The gate is not asked: see ``verdicts(on:)``.
  public func model(for protein: ProteinSequence) -> CalibratedModel? {
    let pairs = validation.pairs.filter(\.calibrates)
    guard pairs.count >= Examples.fewestLabels else { return nil }
    let calibration = TaskCalibration(
      task, labels: pairs.map { TaskLabel($0.measured) }, TaskOutput(values: pairs.map(\.said)),
      scaling: .none, distances: pairs.map { 1 - $0.similarity })
    return CalibratedModel(
      model: TrainedModel(
        recipe: ModelRecipe(TargetTowers(sequence: protein.letters)), tasks: [task],
        scalings: [.none], fitted: FittedTowers(model: model, protein: protein)),
      calibrations: [calibration], domain: domain, preparation: preparation)
  }
}

extension HiddenPair {
  /// Whether errors are learned from it; the others test what was learned.
  fileprivate var calibrates: Bool { protein % 2 == 0 }
}
