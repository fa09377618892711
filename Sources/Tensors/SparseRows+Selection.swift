extension SparseRows {
  /// The rows with these numbers, in this order; a row may be taken more than once.
  ///
  /// - Complexity: O(entries taken)
  public func selecting(_ chosen: some Collection<Int>) -> SparseRows {
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(chosen.count + 1)
    var indices: [Int32] = []
    var values: [Float]? = self.values == nil ? nil : []
    for row in chosen {
      let range = Int(self.offsets[row])..<Int(self.offsets[row + 1])
      indices.append(contentsOf: self.indices[range])
      if let all = self.values { values?.append(contentsOf: all[range]) }
      offsets.append(Int32(indices.count))
    }
    return SparseRows(trusted: columns, offsets, indices, values)
  }

  /// The rows of a range.
  public subscript(range: Range<Int>) -> SparseRows {
    let first = self.offsets[range.lowerBound]
    let entries = Int(first)..<Int(self.offsets[range.upperBound])
    return SparseRows(
      trusted: columns, self.offsets[range.lowerBound...range.upperBound].map { $0 - first },
      Array(self.indices[entries]), self.values.map { Array($0[entries]) })
  }

  /// The columns of both matrices side by side; the rows must be as many.
  ///
  /// Several fingerprints of one molecule become one sparse input this way.
  public func joined(with other: SparseRows) -> SparseRows {
    precondition(rows == other.rows, "\(rows) rows beside \(other.rows)")
    let weighted = values != nil || other.values != nil
    var offsets: [Int32] = [0]
    var indices: [Int32] = []
    var values: [Float] = []
    indices.reserveCapacity(self.indices.count + other.indices.count)
    for row in 0..<rows {
      for (part, shift) in [(self, 0), (other, columns)] {
        let range = Int(part.offsets[row])..<Int(part.offsets[row + 1])
        indices.append(contentsOf: part.indices[range].lazy.map { $0 + Int32(shift) })
        guard weighted else { continue }
        if let own = part.values {
          values.append(contentsOf: own[range])
        } else {
          values.append(contentsOf: repeatElement(1, count: range.count))
        }
      }
      offsets.append(Int32(indices.count))
    }
    return SparseRows(
      trusted: columns + other.columns, offsets, indices, weighted ? values : nil)
  }
}
