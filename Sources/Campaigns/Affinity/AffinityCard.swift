import PropertyModels
public import Provenance
import Screening

/// The card of freshly trained towers.
public enum AffinityCard {
  /// The card, with what the gate says.
  public static func card(
    of outcome: AffinityTraining.Outcome, name: String, data: Artifact, license: String,
    request: AffinityRequest
  ) -> ModelCard {
    let model = outcome.model
    let decisions = ColdProtein.Compounds.allCases.compactMap { model.decisions[$0] }
    let measured = decisions.filter { $0.summary.concordance != nil }
    return ModelCard(
      name: name, task: .regression,
      endpoint: .init(
        name: model.task.name, unit: model.task.unit,
        meaning: "of a compound to a protein, "
          + (model.task.higherIsBetter ? "higher is better" : "lower is better")),
      architecture:
        "mean of \(request.settings.members) networks of two towers, one for the compound,"
        + " one for the protein by its spectrum's cosines with \(model.proteinIDs.count) others",
      training: TrainingRecord(
        data: data, license: license,
        split:
          "families of proteins at a cosine of \(model.validation.plan.familyCosine), and a part"
          + " of the compounds, hidden in \(model.validation.plan.folds) folds, seed"
          + " \(model.validation.plan.seed)",
        rows: [
          "pairs": outcome.pairs, "proteins": model.proteinIDs.count,
          "families": model.validation.families, "compounds": model.domain.compounds.count,
        ], refused: outcome.refused.pairs.count + outcome.refused.proteins.count,
        seeds: [request.seed], settings: settings(model, request)),
      performance: measured.map { decision in
        performance(
          "two towers", decision,
          [
            ("concordance index", decision.summary.concordance),
            ("Spearman", decision.summary.spearman),
          ])
      },
      baselines: measured.flatMap { decision in
        decision.summary.rivals.map { rival in
          performance(
            rival.answer.name, decision,
            [("concordance index", rival.concordance), ("two towers ahead by", rival.ahead)])
        }
      },
      applicabilityDomain: decisions.map { decision in
        let kind = decision.compounds == .known ? "Compounds learned from" : "New compounds"
        guard let level = decision.level else { return "\(kind): nowhere, \(decision.reason)." }
        return
          "\(kind): proteins whose spectrum has a cosine of at least \(level.fixed(2)) with that of"
          + " a training protein; \(decision.reason)."
      }.joined(separator: " ")
        + " New compounds also need an ECFP4 Tanimoto similarity of at least"
        + " \(model.domain.threshold.fixed(2)) to a training compound.",
      limitations: [
        "It ranks the compounds of a protein; how large an affinity is it says with the errors of a"
          + " protein never measured.",
        "Spectra know relatives by their words, not by their folds: a remote relative is none.",
        "Bounds were left out, and values of several laboratories and assays are taken as one scale.",
      ])
  }

  static func settings(_ model: ValidatedAffinity, _ request: AffinityRequest) -> [String: String] {
    let settings = request.settings
    return [
      "epochs": "\(settings.epochs)", "members": "\(settings.members)",
      "batch": "\(settings.batch)", "tower": "\(settings.tower)",
      "embedding": "\(settings.embedding)",
      "head": settings.head.map(String.init).joined(separator: ","),
      "learning rate": "\(settings.learningRate)", "value column": model.task.name,
      "scale": request.columns.scale.rawValue, "folds": "\(request.plan.folds)",
      "family cosine": "\(request.plan.familyCosine)", "validation seed": "\(request.plan.seed)",
    ]
  }

  private static func performance(
    _ name: String, _ decision: AffinityDecision,
    _ measures: [(name: String, estimate: ColdSummary.Estimate?)]
  ) -> Performance {
    Performance(
      model: name,
      rows: "hidden proteins, "
        + (decision.compounds == .known ? "known compounds" : "compounds hidden too"),
      count: decision.summary.proteins,
      measures: measures.map { name, estimate in
        Performance.Measure(
          metric: name, value: estimate?.value, lower: estimate?.lower, upper: estimate?.upper,
          confidence: estimate.map { _ in AffinityGate().confidence }, higherIsBetter: true)
      })
  }

  private static func short(_ value: Double) -> String { value.fixed(2) }
}
