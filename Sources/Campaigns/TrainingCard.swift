import Featurization
import Foundation
import PropertyModels
public import Provenance
import Screening

/// The card of a freshly trained model.
public struct TrainingCard {
  private let name: String
  private let data: Artifact
  private let license: String
  private let outcome: TrainingOutcome
  private let assessments: [TestAssessment]

  /// Describes a model by what it was made of and how it did.
  public init(
    name: String, data: Artifact, license: String, outcome: TrainingOutcome,
    assessments: [TestAssessment]
  ) {
    self.name = name
    self.data = data
    self.license = license
    self.outcome = outcome
    self.assessments = assessments
  }

  private var tasks: [LearningTask] { outcome.model.tasks }

  /// The card.
  public var card: ModelCard {
    ModelCard(
      name: name, task: tasks[0].kind == .classification ? .classification : .regression,
      endpoint: .init(
        name: tasks.map(\.name).joined(separator: ", "),
        unit: Set(tasks.map(\.unit)).count == 1
          ? tasks[0].unit : tasks.map(\.unit).joined(separator: ", "),
        meaning: meaning),
      architecture: RecipeText.sentence(outcome.model.model.recipe),
      training: TrainingRecord(
        data: data, license: license, split: outcome.split, rows: rows,
        refused: outcome.refused.count, seeds: [outcome.seed], settings: settings),
      performance: assessments.map(\.model), baselines: assessments.flatMap(\.baselines),
      calibration: assessments.first?.calibration,
      applicabilityDomain: "inside when the nearest training compound has an ECFP4 Tanimoto"
        + " similarity of at least \(outcome.model.domain.threshold.fixed(2)), the similarity that"
        + " \(Int(TrainingDomain.shareInside * 100)) % of the training compounds have to"
        + " their nearest neighbour",
      limitations: [
        "Intervals hold as often as they say for compounds like the training set; for others they"
          + " grow with the distance, without a promise.",
        "Values of several laboratories and assays are taken as one scale.",
      ])
  }

  private var meaning: String {
    let better = tasks[0].higherIsBetter ? "higher is better" : "lower is better"
    return tasks[0].kind == .classification ? "probability of class 1, \(better)" : better
  }

  private var rows: [String: Int] {
    var rows = [
      "train": outcome.model.domain.compounds.count, "test": outcome.test.count,
      "test structures also in train": outcome.leaked,
    ]
    if !outcome.contradictions.isEmpty {
      rows["structures with labels that do not agree"] = outcome.contradictions.count
    }
    return rows
  }

  private var settings: [String: String] {
    var settings = ["recipe": "in \(TrainedModel.manifestFile)"]
    if !outcome.trials.isEmpty {
      let tried = Set(outcome.trials.map(\.candidate)).count
      settings["search"] = "\(tried) recipes by successive halving on the training rows"
    }
    for task in tasks where task.scale == .logarithmic {
      settings[task.name] = "learnt as logarithm"
    }
    return settings
  }
}

/// A recipe in words.
enum RecipeText {
  static func sentence(_ recipe: ModelRecipe) -> String {
    switch recipe.family {
    case let stack as StackedEnsemble:
      let members = stack.members.map { sentence($0) }.joined(separator: "; ")
      return stack.weighting == .equal ? "mean of [\(members)]" : "stack of [\(members)]"
    case let bounds as BoundImputation: return "\(sentence(bounds.member)), bounds by expectation"
    case let network as FingerprintNetwork:
      let hidden = network.hidden.map(String.init).joined(separator: ", ")
      return "mean of \(network.members) fingerprint networks of \(network.features.columns) sparse"
        + " inputs and hidden layers \(hidden)"
    case let network as MessagePassing:
      return "mean of \(network.members) message-passing networks of width \(network.hidden) and"
        + " depth \(network.depth)"
    default: return recipe.name.replacing("-", with: " ")
    }
  }
}
