public import Tensors

extension FeatureRecipe {
  /// The rows as the sparse matrix a network's first layer reads, shape `[rows, columns]`.
  ///
  /// Values are left out where every entry is 1.
  public func matrix(_ rows: some Collection<FeatureRow>) -> SparseRows {
    var offsets: [Int32] = [0]
    var indices: [Int32] = []
    var values: [Float] = []
    for row in rows {
      indices += row.columns
      values += row.values
      offsets.append(Int32(indices.count))
    }
    let binary = blocks.allSatisfy { $0.value == .binary }
    return SparseRows(
      columns: columns, offsets: offsets, indices: indices, values: binary ? nil : values)
  }
}
