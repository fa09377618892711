import Campaigns
import Featurization
import Foundation
import PropertyModels
import Provenance
import Screening

/// The card of a freshly trained model.
struct TrainingCard {
  let name: String
  let data: Artifact
  let license: String
  let outcome: TrainingOutcome
  let assessments: [TestAssessment]

  private var tasks: [LearningTask] { outcome.model.tasks }

  var card: ModelCard {
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

/// A contradiction in a line.
enum ContradictionText {
  static func line(_ contradiction: Contradiction) -> String {
    let values = contradiction.values.map { $0.fixed(2) }.joined(separator: ", ")
    let kept = contradiction.kept.map { "kept \($0.fixed(2))" } ?? "none kept"
    return "\(contradiction.task) of \(contradiction.smiles): \(values); \(kept)"
  }
}

/// A model's test in a few lines.
enum ModelText {
  static func lines(of card: ModelCard) -> [String] {
    var lines: [String] = []
    for performance in card.performance + card.baselines {
      let measures = performance.measures.map { measure -> String in
        let value = measure.value?.fixed(3) ?? "undefined"
        guard let low = measure.lower, let high = measure.upper else {
          return "\(measure.metric) \(value)"
        }
        return "\(measure.metric) \(value) [\(low.fixed(3))–\(high.fixed(3))]"
      }
      lines.append("  \(performance.model): " + measures.joined(separator: "  "))
    }
    if let calibration = card.calibration, let observed = calibration.observedCoverage {
      lines.append(
        "  90 % intervals held \((observed * 100).fixed(1)) % of \(calibration.count) test values")
    }
    return lines
  }
}
