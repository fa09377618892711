/// A matrix that is mostly zeros, kept as the list of each row's non-zero columns.
///
/// A fingerprint of 2,048 bits has about 45 set: a product with it gathers 45 weight rows instead
/// of multiplying 2,048. Row `r` owns the entries `offsets[r]..<offsets[r + 1]`.
public struct SparseRows: Hashable, Sendable {
  /// Where each row's entries begin, and one past the last; `rows + 1` numbers, ascending from 0.
  public let offsets: [Int32]
  /// The column of each entry.
  public let indices: [Int32]
  /// The value of each entry; nil when every value is 1.
  public let values: [Float]?
  /// How many columns the matrix has.
  public let columns: Int

  /// How many rows.
  public var rows: Int { offsets.count - 1 }

  /// Wraps the lists; their consistency is the caller's duty and is checked.
  ///
  /// - Complexity: O(rows + entries)
  public init(columns: Int, offsets: [Int32], indices: [Int32], values: [Float]? = nil) {
    precondition(offsets.first == 0, "offsets begin with 0")
    precondition(offsets.last == Int32(indices.count), "the last offset is the number of entries")
    precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "offsets ascend")
    precondition(values.map { $0.count == indices.count } ?? true, "one value for each entry")
    precondition(indices.allSatisfy { $0 >= 0 && $0 < columns }, "a column beyond \(columns)")
    self.init(trusted: columns, offsets, indices, values)
  }

  /// Wraps lists whose consistency follows from how they were made.
  init(trusted columns: Int, _ offsets: [Int32], _ indices: [Int32], _ values: [Float]?) {
    self.offsets = offsets
    self.indices = indices
    self.values = values
    self.columns = columns
  }

  /// Makes the matrix from each row's set columns, every value 1.
  public init(columns: Int, setColumns rows: [[Int]]) {
    var offsets: [Int32] = [0]
    var indices: [Int32] = []
    for row in rows {
      indices.append(contentsOf: row.lazy.map(Int32.init))
      offsets.append(Int32(indices.count))
    }
    self.init(columns: columns, offsets: offsets, indices: indices)
  }

  /// Makes the matrix from each row's columns and values.
  public init(columns: Int, entries rows: [[(column: Int, value: Float)]]) {
    var offsets: [Int32] = [0]
    var indices: [Int32] = []
    var values: [Float] = []
    for row in rows {
      indices.append(contentsOf: row.lazy.map { Int32($0.column) })
      values.append(contentsOf: row.lazy.map(\.value))
      offsets.append(Int32(indices.count))
    }
    self.init(columns: columns, offsets: offsets, indices: indices, values: values)
  }

  /// The mean over the rows of the sum of squared values; 0 without rows.
  ///
  /// - Complexity: O(entries)
  public var meanSquaredLength: Double {
    let sum = values.map { $0.reduce(0) { $0 + Double($1) * Double($1) } } ?? Double(indices.count)
    return rows > 0 ? sum / Double(rows) : 0
  }

  /// The matrix written out, zeros and all.
  ///
  /// - Complexity: O(rows × columns)
  public func dense() -> Tensor {
    var result = Tensor.zeros([rows, columns])
    for row in 0..<rows {
      for entry in Int(offsets[row])..<Int(offsets[row + 1]) {
        result[row, Int(indices[entry])] += values?[entry] ?? 1
      }
    }
    return result
  }
}
