import Featurization
import Foundation
import GradientBoosting
import Molecules
import NeuralNetworks
import Parallelism
import PropertyModels
import TestSupport

/// Every family with settings small enough for a test: a new family adds a line here.
enum SmallRecipes {
  static let all: [ModelRecipe] = [
    ModelRecipe(Dummy(.mean)),
    ModelRecipe(Dummy(.median)),
    ModelRecipe(NearestNeighbours(neighbours: 3)),
    ModelRecipe(KernelRidge(features: CompoundFeatures(fingerprints: twoCounts))),
    ModelRecipe(
      GaussianProcess(
        features: CompoundFeatures(
          fingerprints: twoCounts, dense: [.reducedGraph, .properties]))),
    // So few that the compounds are seen through others.
    ModelRecipe(
      GaussianProcess(
        features: CompoundFeatures(fingerprints: twoCounts), likelihoodRows: 40, exactRows: 20,
        inducingRows: 30)),
    ModelRecipe(RandomForest(plan: .forest(trees: 30))),
    ModelRecipe(
      GradientBoostedTrees(
        plan: BoostingPlan(rounds: 40, learningRate: 0.2, depth: 3, rowShare: 0.8), members: 2)),
    ModelRecipe(
      FingerprintNetwork(
        features: twoCounts, dense: [.properties], hidden: [24], dropout: 0,
        plan: TrainingPlan(epochs: 25, batchSize: 16, learningRate: 1e-2), members: 2)),
    ModelRecipe(
      MessagePassing(
        dense: [.properties], hidden: 16, aggregation: .mean, predictorHidden: [16],
        plan: TrainingPlan(epochs: 20, batchSize: 16, pieceSize: 8, learningRate: 1e-2))),
    ModelRecipe(
      StackedEnsemble(
        [
          ModelRecipe(NearestNeighbours()),
          ModelRecipe(KernelRidge(features: CompoundFeatures(fingerprints: twoCounts))),
        ],
        weighting: .fitted(folds: 3))),
    ModelRecipe(
      StackedEnsemble(
        [ModelRecipe(NearestNeighbours()), ModelRecipe(Dummy())], weighting: .equal)),
    ModelRecipe(BoundImputation(ModelRecipe(NearestNeighbours(neighbours: 3)), folds: 3)),
  ]

  private static let twoCounts = FeatureRecipe(blocks: [
    FeatureBlock(.morgan(radius: 2, bits: 512), .logCount),
    FeatureBlock(.atomPair(bits: 512), .logCount),
  ])

  /// Those that are no combination of others.
  static let simple = all.filter { $0.name != StackedEnsemble.name }

  /// Those that learn something.
  static let learners = all.filter { $0.name != Dummy.name }
}

/// Made-up compounds with one number and one class, each missing on some rows.
struct SmallExamples {
  let smiles: [String]
  let numbers: [TaskLabel?]
  let classes: [TaskLabel?]

  static let number = LearningTask(name: "potency", unit: "log")
  static let activity = LearningTask(name: "active", kind: .classification)

  init(count: Int = 70, first: Int = 0, missing: Bool = true) {
    smiles = (first..<first + count).map {
      MadeUpCompounds.smiles($0 * 11 % MadeUpCompounds.count)
    }
    let values = smiles.map(Self.value(of:))
    numbers = values.enumerated().map { row, value in
      missing && row % 7 == 3 ? nil : TaskLabel(value)
    }
    classes = values.enumerated().map { row, value in
      missing && row % 5 == 2 ? nil : TaskLabel(value > 5.5 ? 1 : 0)
    }
  }

  /// Something a fingerprint can learn: nitrogens and rings pull apart.
  static func value(of smiles: String) -> Double {
    let nitrogens = smiles.count { $0 == "n" || $0 == "N" }
    return 5 + 0.7 * Double(nitrogens) - 0.4 * Double(smiles.count { $0 == "1" })
  }

  var regression: Examples {
    get throws {
      try Examples(
        compounds: CompoundTable(smiles: smiles), tasks: [Self.number], labels: [numbers])
    }
  }

  var classification: Examples {
    get throws {
      try Examples(
        compounds: CompoundTable(smiles: smiles), tasks: [Self.activity], labels: [classes])
    }
  }

  var both: Examples {
    get throws {
      try Examples(
        compounds: CompoundTable(smiles: smiles), tasks: [Self.number, Self.activity],
        labels: [numbers, classes])
    }
  }
}

/// The root of the mean squared distance.
func rootMeanSquare(_ predicted: [Double], _ measured: [Double]) -> Double {
  let squares = zip(predicted, measured).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  return (squares / Double(measured.count)).squareRoot()
}

/// All files below a folder, by their paths in it.
func allFiles(in folder: URL) throws -> [String: Data] {
  var found: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
    let file = folder.appending(path: name)
    if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
      found[name] = try Data(contentsOf: file)
    }
  }
  return found
}
