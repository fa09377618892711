import Entities
import Evaluation
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records

/// New assay results held against a model that did not learn from them.
///
/// The table has a structure, and the measured values in a column named like the model's task. Rows
/// with a bound instead of a value, rows that cannot be read, and compounds that the model learned
/// from are counted and left out: a model must not be judged by what it was told.
struct MeasuredResults {
  let check: MeasurementCheck

  init(at url: URL, model: CalibratedModel, task: Int, pool: WorkerPool) throws {
    let name = model.tasks[task].name
    let reader = try CompoundReader(.file(url.path))
    guard let column = reader.header.firstIndex(of: name) else {
      throw NightError.missing(
        "\(url.lastPathComponent) has no column \(name); there are "
          + reader.header.joined(separator: ", "))
    }
    let learned = Set(model.domain.compounds.map(\.smiles))
    var rows: [MeasurementCheck.Row] = []
    var leftOut: [String: Int] = [:]
    try PredictionCampaign(model: model, pool: pool).run(on: reader) { record in
      func skip(_ reason: String) { leftOut[reason, default: 0] += 1 }
      guard let compound = try? record.outcome.get() else { return skip("unreadable") }
      let text = record.fields[column]
      guard let label = try? LabelText.label(text, column: name, scale: .endpoint) else {
        return skip(text.isEmpty ? "not measured" : "unreadable")
      }
      guard label.relation == .equal else { return skip("bounds") }
      guard !learned.contains(compound.smiles) else { return skip("the model learned from") }
      let predicted = compound.tasks[task]
      rows.append(
        MeasurementCheck.Row(
          id: record.id, measured: label.value, predicted: predicted.value,
          lower: predicted.lower, upper: predicted.upper))
    }
    check = MeasurementCheck(rows: rows, leftOut: leftOut)
  }
}
