import Foundation
public import Molecules

/// The non-zero entries of one compound's features, columns ascending.
public struct FeatureRow: Hashable, Sendable {
  /// The columns of the entries.
  public var columns: [Int32] = []
  /// Their numbers.
  public var values: [Float] = []

  /// An empty row.
  public init() {}
}

extension FeatureRecipe {
  /// The features of a structure.
  /// - Complexity: one fingerprint a block
  public func row(of structure: borrowing Structure) throws(MoleculeError) -> FeatureRow {
    var row = FeatureRow()
    var start: Int32 = 0
    for block in blocks {
      switch block.value {
      case .binary:
        for (index, word) in try structure.fingerprintWords(block.algorithm).enumerated() {
          var rest = word
          while rest != 0 {
            row.columns.append(start + Int32(index * 64 + rest.trailingZeroBitCount))
            row.values.append(1)
            rest &= rest - 1
          }
        }
      case .logCount:
        for (column, count) in try structure.fingerprintCounts(block.algorithm) {
          row.columns.append(start + Int32(column))
          row.values.append(Float(log2(Double(count) + 1)))
        }
      }
      start += Int32(block.columns)
    }
    return row
  }
}
