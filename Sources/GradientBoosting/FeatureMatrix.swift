/// Rows of features of which only those present are kept; an absent one is missing to a tree.
public struct FeatureMatrix: Hashable, Sendable {
  /// How many columns.
  public let columns: Int
  /// Where each row's entries begin, and one past the last.
  public private(set) var offsets: [Int] = [0]
  /// The column of each entry.
  public private(set) var indices: [UInt32] = []
  /// The number of each entry.
  public private(set) var values: [Float] = []

  /// A matrix without rows.
  public init(columns: Int) {
    precondition(columns >= 0 && columns <= Int(Int32.max), "\(columns) columns")
    self.columns = columns
  }

  /// How many rows.
  public var rows: Int { offsets.count - 1 }

  /// Adds a row, given by its entries; a number that is NaN is left out, for it is missing.
  public mutating func append(_ entries: some Sequence<(column: Int, value: Float)>) {
    for (column, value) in entries where !value.isNaN {
      precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
      indices.append(UInt32(column))
      values.append(value)
    }
    offsets.append(indices.count)
  }
}
