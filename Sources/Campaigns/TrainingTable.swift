import Entities
import Molecules
import PropertyModels

/// Rows of a table of measured activities: structures and labels.
struct LabelledRows {
  var ids: [String] = []
  var smiles: [String] = []
  /// For each task the label of each row.
  var labels: [[TaskLabel?]]

  init(tasks: Int) { labels = [[TaskLabel?]](repeating: [], count: tasks) }

  var count: Int { ids.count }

  mutating func append(_ row: LabelledRow) {
    ids.append(row.id)
    smiles.append(row.smiles)
    for (task, label) in row.labels.enumerated() { labels[task].append(label) }
  }

  func selecting(_ rows: [Int]) -> LabelledRows {
    var part = LabelledRows(tasks: labels.count)
    for row in rows {
      part.append(
        LabelledRow(id: ids[row], smiles: smiles[row], labels: labels.map { $0[row] }))
    }
    return part
  }

  /// One row for each structure, under its first identifier.
  func merged(_ tasks: [LearningTask]) -> (rows: LabelledRows, contradictions: [Contradiction]) {
    let merged = MergedLabels(smiles: smiles, tasks: tasks, labels: labels)
    var rows = selecting(merged.rows)
    rows.labels = merged.labels
    return (rows, merged.contradictions)
  }
}

/// One row, ready.
struct LabelledRow: Sendable {
  let id: String
  let smiles: String
  let labels: [TaskLabel?]
}

/// Which part of a data set a row belongs to.
public enum SplitRole: String, Sendable, CaseIterable {
  /// Seen in training.
  case train
  /// Kept for the test.
  case test

  init?(text: String) {
    switch text.lowercased() {
    case "train", "training", "valid", "validation", "train_val": self = .train
    case "test": self = .test
    default: return nil
    }
  }
}
