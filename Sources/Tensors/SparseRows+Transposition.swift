/// The touched columns of a sparse matrix, each with the rows it stands in.
struct TouchedColumns {
  /// The columns that hold an entry, ascending.
  let columns: [Int32]
  /// One row for each touched column; its entries are the original rows, ascending.
  let rows: SparseRows
}

extension SparseRows {
  /// The transposed matrix, its rows' entries ascending.
  ///
  /// - Complexity: O(rows + columns + entries)
  func transposed() -> SparseRows {
    var starts = [Int32](repeating: 0, count: columns + 1)
    for index in indices { starts[Int(index) + 1] += 1 }
    for column in 0..<columns { starts[column + 1] += starts[column] }
    let offsets = starts
    var members = [Int32](repeating: 0, count: indices.count)
    var weights = values == nil ? nil : [Float](repeating: 0, count: indices.count)
    for row in 0..<rows {
      for entry in Int(self.offsets[row])..<Int(self.offsets[row + 1]) {
        let column = Int(indices[entry])
        let place = Int(starts[column])
        members[place] = Int32(row)
        if let values { weights?[place] = values[entry] }
        starts[column] += 1
      }
    }
    return SparseRows(trusted: rows, offsets, members, weights)
  }

  /// The transposed matrix without its empty rows, by counting.
  ///
  /// The gradient of a product with sparse rows is the product with this, so the backward pass
  /// gathers too, writes every touched weight row once, and adds in a fixed order.
  ///
  /// - Complexity: O(columns + entries)
  func touchedColumns() -> TouchedColumns {
    let all = transposed()
    var touched: [Int32] = []
    var compact: [Int32] = [0]
    for column in 0..<columns where all.offsets[column] < all.offsets[column + 1] {
      touched.append(Int32(column))
      compact.append(all.offsets[column + 1])
    }
    return TouchedColumns(
      columns: touched, rows: SparseRows(trusted: rows, compact, all.indices, all.values))
  }
}
