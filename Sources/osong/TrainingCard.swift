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
  let assessment: TestAssessment?

  var card: ModelCard {
    let description = outcome.model.description
    let settings = description.settings
    return ModelCard(
      name: name, task: .regression,
      endpoint: .init(
        name: description.endpoint, unit: description.unit,
        meaning: description.higherIsBetter ? "higher is better" : "lower is better"),
      architecture: "mean of \(settings.members) fingerprint networks of"
        + " \(settings.features.columns) sparse inputs and hidden layers"
        + " \(settings.hidden.map(String.init).joined(separator: ", "))",
      training: TrainingRecord(
        data: data, license: license, split: outcome.split,
        rows: [
          "train": outcome.model.domain.compounds.count, "test": outcome.test.count,
          "test structures also in train": outcome.leaked,
        ],
        refused: outcome.refused.count, seeds: [settings.seed],
        settings: [
          "epochs": "\(settings.epochs)", "batch size": "\(settings.batchSize)",
          "learning rate": "\(settings.learningRate)", "dropout": "\(settings.dropout)",
          "input dropout": "\(settings.inputDropout)",
          "weight decay": "\(settings.weightDecay)",
        ]),
      performance: assessment.map { [$0.model] } ?? [],
      baselines: assessment?.baselines ?? [], calibration: assessment?.calibration,
      applicabilityDomain: "inside when the nearest measured compound has an ECFP4 Tanimoto"
        + " similarity of at least \(description.domainThreshold.fixed(2)), the similarity that"
        + " \(Int(NeighbourhoodDomain.shareInside * 100)) % of the training compounds have to"
        + " their nearest neighbour",
      limitations: [
        "Intervals hold as often as they say for compounds like the training set; for others they"
          + " grow with the distance, without a promise.",
        "Values of several laboratories and assays are taken as one scale.",
      ])
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
