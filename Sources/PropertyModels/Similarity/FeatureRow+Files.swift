import Featurization
import Tensors

extension ModelFiles {
  /// Adds rows of features as a safetensors file, with more tensors beside them.
  mutating func add(
    _ all: [SimilarityRow], with more: [String: Tensor] = [:], as name: String
  ) {
    let rows = all.map(\.sparse)
    // Lengths and columns are whole numbers far below 2²⁴, which single precision holds exactly.
    let lengths = rows.map { Float($0.columns.count) }
    let columns = rows.flatMap { $0.columns.map { Float($0) } }
    let values = rows.flatMap(\.values)
    var tensors = more
    tensors["rows.lengths"] = Tensor([lengths.count], lengths)
    tensors["rows.columns"] = Tensor([columns.count], columns)
    tensors["rows.values"] = Tensor([values.count], values)
    if let width = all.first?.dense.count, width > 0 {
      tensors["rows.dense"] = Tensor([all.count, width], all.flatMap(\.dense))
    }
    add(tensors, as: name)
  }

  /// Reads rows of features that fit a layout, and the whole file.
  func rows(
    _ name: String, layout: SimilarityLayout
  ) throws(ModelError) -> (rows: [SimilarityRow], file: Safetensors) {
    let file = try tensors(name)
    func damaged(_ reason: String) -> ModelError { .damaged(file: name, reason: reason) }
    guard let lengths = file.tensors["rows.lengths"]?.elements,
      let columns = file.tensors["rows.columns"]?.elements,
      let values = file.tensors["rows.values"]?.elements, columns.count == values.count
    else { throw damaged("it has no rows of features") }
    guard values.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw damaged("a feature is not a positive number")
    }
    let width = Float(layout.sparseColumns)
    var rows: [SimilarityRow] = []
    var place = 0
    for length in lengths {
      guard length >= 0, length <= Float(columns.count - place), length == length.rounded() else {
        throw damaged("its rows do not add up")
      }
      var row = FeatureRow()
      var last: Float = -1
      for entry in place..<place + Int(length) {
        let column = columns[entry]
        guard column > last, column < width, column == column.rounded() else {
          throw damaged("a column is out of order or beyond \(layout.sparseColumns)")
        }
        last = column
        row.columns.append(Int32(column))
        row.values.append(values[entry])
      }
      rows.append(SimilarityRow(sparse: row))
      place += Int(length)
    }
    guard place == columns.count else { throw damaged("its rows do not add up") }
    if layout.denseColumns > 0 {
      guard let dense = file.tensors["rows.dense"], dense.isFinite,
        dense.shape == [rows.count, layout.denseColumns]
      else { throw damaged("its dense numbers do not fit its rows") }
      for row in rows.indices {
        let start = row * layout.denseColumns
        rows[row].dense = Array(dense.elements[start..<start + layout.denseColumns])
      }
    }
    return (rows, file)
  }
}

/// Numbers of double precision in tensors of single: the nearest single and what is missing to it.
///
/// Some 48 of 53 bits are kept. A model that predicts with ``kept(_:)`` predicts the same bits after
/// it was read again.
enum DoublePrecision {
  /// The numbers as they will be read.
  static func kept(_ numbers: [Double]) -> [Double] {
    numbers.map { number in
      let high = Float(number)
      return Double(high) + Double(Float(number - Double(high)))
    }
  }

  /// A tensor of shape `[2, numbers]`.
  static func tensor(_ numbers: [Double]) -> Tensor {
    let high = numbers.map { Float($0) }
    let low = zip(numbers, high).map { Float($0 - Double($1)) }
    return Tensor([2, numbers.count], high + low)
  }

  /// The numbers of a tensor; nil if it has another shape or holds one that is not finite.
  static func numbers(_ tensor: Tensor?, count: Int) -> [Double]? {
    guard let tensor, tensor.shape == [2, count], tensor.isFinite else { return nil }
    return (0..<count).map { Double(tensor.elements[$0]) + Double(tensor.elements[count + $0]) }
  }
}
