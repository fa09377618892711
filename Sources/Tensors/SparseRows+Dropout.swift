extension SparseRows {
  /// Some entries left out and the others scaled up, as `DropoutMask` says.
  ///
  /// - Complexity: O(entries)
  public func dropping(_ mask: DropoutMask) -> SparseRows {
    guard mask.rate > 0 else { return self }
    // The mask over ones is zero where an entry goes, and the scale where it stays.
    let factors = Kernels.best.dropout(Tensor([indices.count], repeating: 1), mask).elements
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(self.offsets.count)
    var indices: [Int32] = []
    var values: [Float] = []
    for row in 0..<rows {
      for entry in Int(self.offsets[row])..<Int(self.offsets[row + 1]) where factors[entry] > 0 {
        indices.append(self.indices[entry])
        values.append((self.values?[entry] ?? 1) * factors[entry])
      }
      offsets.append(Int32(indices.count))
    }
    return SparseRows(trusted: columns, offsets, indices, values)
  }
}
