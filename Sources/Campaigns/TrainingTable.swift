import Entities
import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Tensors

/// The rows of a table of measured activities, prepared for training.
struct PreparedTable {
  var compounds: [MeasuredCompound] = []
  var features: [FeatureRow] = []
  var words: [[UInt64]] = []

  var count: Int { compounds.count }

  func fingerprints() -> FingerprintArena {
    var arena = FingerprintArena(bitCount: FingerprintAlgorithm.ecfp4.bitCount)
    for row in words { arena.append(row) }
    return arena
  }

  mutating func append(_ row: PreparedRow) {
    compounds.append(row.compound)
    features.append(row.features)
    words.append(row.words)
  }

  /// The rows with these numbers, in this order.
  func selecting(_ chosen: [Int]) -> PreparedTable {
    PreparedTable(
      compounds: chosen.map { compounds[$0] }, features: chosen.map { features[$0] },
      words: chosen.map { words[$0] })
  }

  /// One row for each structure: the median of its values, under its first identifier.
  func mergingDuplicates() -> PreparedTable {
    var rows: [String: [Int]] = [:]
    var order: [String] = []
    for (index, compound) in compounds.enumerated() {
      if rows[compound.smiles] == nil { order.append(compound.smiles) }
      rows[compound.smiles, default: []].append(index)
    }
    var merged = PreparedTable()
    for smiles in order {
      guard let same = rows[smiles], let first = same.first else { continue }
      let values = same.map { compounds[$0].value }.sorted()
      let middle = values.count / 2
      let median =
        values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
      var compound = compounds[first]
      compound.value = median
      merged.append(
        PreparedRow(
          compound: compound, features: features[first], words: words[first]))
    }
    return merged
  }
}

/// One row, ready.
struct PreparedRow: Sendable {
  let compound: MeasuredCompound
  let features: FeatureRow
  let words: [UInt64]
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
