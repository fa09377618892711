import Campaigns
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Reporting
import Screening

/// A model's test, as the report shows it.
struct ModelReport {
  let folder: ModelFolder
  let task: Int
  let pool: WorkerPool

  var assessment: ModelAssessment {
    let card = folder.card
    let name = folder.model.tasks[task].name
    let test = folder.test.filter { $0.task == name }
    let tested = TestAssessment.all(
      of: test, by: folder.model, rows: card.training.split, using: pool
    ).first
    return ModelAssessment(
      name: card.architecture, split: card.training.split,
      trainingCount: folder.model.domain.compounds.count,
      test: test.map {
        TestPrediction(measured: $0.measured, prediction: $0.prediction)
      },
      contenders: [tested?.model].compactMap { $0 }.map { contender($0, .model) }
        + (tested?.baselines ?? []).map { contender($0, .baseline) },
      calibration: (tested?.coverage ?? []).map {
        CoverageLevel(nominal: $0.nominal, observed: $0.observed)
      },
      coverage90: (tested?.calibration).flatMap { calibration in
        calibration.observedCoverage.map {
          Metric(
            name: "90 % coverage", value: $0, low: calibration.lower, high: calibration.upper,
            better: .higher)
        }
      })
  }

  private func contender(_ performance: Performance, _ role: Contender.Role) -> Contender {
    Contender(
      name: performance.model, role: role,
      metrics: performance.measures.compactMap { measure in
        measure.value.map {
          Metric(
            name: measure.metric, value: $0, low: measure.lower, high: measure.upper,
            better: measure.higherIsBetter ? .higher : .lower)
        }
      })
  }
}

/// A plan in sentences.
enum PlanText {
  static func sentences(of plan: ScreeningPlan) -> [String] {
    var sentences = [
      "The best \(plan.count) compounds by \(rule(plan.ranking)); ties by identifier."
    ]
    for property in CompoundProperty.allCases {
      if let range = plan.properties[property] {
        sentences.append("\(property.rawValue) \(range.text) \(property.unit)".trimmed + ".")
      }
    }
    if !plan.excludedAlerts.isEmpty {
      let names = plan.excludedAlerts.sorted().map { $0.rawValue.uppercased() }
      sentences.append("No structural alert of \(names.joined(separator: ", ")).")
    }
    if !plan.required.isEmpty {
      sentences.append("With \(plan.required.joined(separator: " and ")).")
    }
    if !plan.forbidden.isEmpty {
      sentences.append("Without \(plan.forbidden.joined(separator: ", ")).")
    }
    if let most = plan.maximumPerScaffold {
      sentences.append("At most \(most) of one Murcko scaffold.")
    }
    if plan.onlyInDomain { sentences.append("Only inside the model's applicability domain.") }
    if let most = plan.maximumSimilarityToMeasured {
      sentences.append("No more similar than \(most.fixed(2)) to a measured compound.")
    }
    return sentences
  }

  private static func rule(_ rule: RankingRule) -> String {
    switch rule {
    case .predictedValue: "predicted value"
    case .cautiousBound: "the cautious end of the 90 % interval"
    case .optimisticBound: "the hopeful end of the 90 % interval"
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
