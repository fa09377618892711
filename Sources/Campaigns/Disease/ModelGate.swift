import Entities
import Evaluation
import Foundation
import PropertyModels
import Provenance

/// Whether a model may rank compounds that somebody will pay for.
///
/// It must predict a potency of which more is better, and have been tested on compounds that it never
/// saw: enough of them, with a rank correlation that is surely above zero and errors smaller than those
/// of a constant. That is little; what it is worth beyond stands on its card.
public struct ModelGate: Hashable, Sendable {
  /// The least measured compounds it learned from.
  public var fewestTrained = 50
  /// The least compounds it was tested on.
  public var fewestTested = 20

  /// The usual gate.
  public init() {}

  /// Why a model may not rank; empty where it may.
  func objections(to folder: ModelFolder, task number: Int) -> [String] {
    let task = folder.model.tasks[number]
    var found: [String] = []
    if task.kind != .regression || !task.unit.contains("log₁₀(mol/L)") {
      found.append("it predicts \(task.name) in \(task.unit), not a potency in −log₁₀(mol/L)")
    }
    if !task.higherIsBetter { found.append("of \(task.name) it takes less for better") }
    let trained = folder.model.domain.compounds.count
    if trained < fewestTrained {
      found.append("it learned from \(trained) compounds, fewer than \(fewestTrained)")
    }
    let test = folder.test.filter { $0.task == task.name }
    guard test.count >= fewestTested else {
      found.append("it was tested on \(test.count) compounds, fewer than \(fewestTested)")
      return found
    }
    let only = folder.model.tasks.count == 1
    func measure(_ list: [Performance], _ name: (Performance) -> Bool, _ metric: String)
      -> Performance.Measure?
    {
      list.filter { only || $0.model.hasPrefix(task.name + ": ") }.first(where: name)?
        .measures.first { $0.metric == metric }
    }
    let card = folder.card
    if let rank = measure(card.performance, { _ in true }, "Spearman"), (rank.lower ?? -1) <= 0 {
      found.append("on its test nothing shows that it ranks better than chance")
    }
    let own = measure(card.performance, { _ in true }, "RMSE")?.value
    let constant = measure(card.baselines, { $0.model.contains("dummy") }, "RMSE")?.value
    if let own, let constant, own >= constant {
      found.append("its error on the test is no smaller than a constant's")
    }
    return found
  }
}
