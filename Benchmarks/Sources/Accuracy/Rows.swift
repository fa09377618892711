import Featurization
import Foundation
import Molecules
import PropertyModels
import Records

/// Standardised structures of a table, in order, with their values where it has any.
struct Rows {
  private(set) var smiles: [String] = []
  private(set) var values: [Double] = []

  /// A structure that cannot be standardised is kept as it is written: no row may be lost.
  init(reading path: String) throws {
    let table = try TableReader(.file(path))
    let column = table.header.firstIndex(of: "value")
    let preparation = CompoundPreparation()
    while let row = try table.next() {
      guard case .row(let row) = row else { throw CocoaError(.fileReadCorruptFile) }
      let standard = try? preparation.compound(from: .smiles(row.fields[0])).smiles
      smiles.append(standard ?? row.fields[0])
      if let column { values.append(Double(row.fields[column]) ?? .nan) }
    }
  }

  /// The values as labels; on a logarithmic scale a value that is not positive counts as half the
  /// least positive one, below what the assay sees.
  func labels(of task: LearningTask) -> [TaskLabel?] {
    let least = values.filter { $0 > 0 }.min() ?? 1
    return values.map { TaskLabel(task.scale == .logarithmic ? max($0, least / 2) : $0) }
  }
}
