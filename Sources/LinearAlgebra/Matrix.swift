/// A dense matrix, stored row by row.
///
/// A value: copies are independent. Element `(i, j)` stands at `i × columns + j`.
public struct Matrix<Scalar: MatrixScalar>: Hashable, Sendable {
  /// How many rows.
  public let rows: Int
  /// How many columns.
  public let columns: Int
  /// The elements, row after row; `rows × columns` of them.
  public private(set) var elements: [Scalar]

  /// Wraps elements that are stored row by row.
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    precondition(
      elements.count == rows * columns,
      "\(elements.count) elements do not make a \(rows) × \(columns) matrix")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix filled with one value.
  public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    self.init(
      rows: rows, columns: columns, elements: [Scalar](repeating: value, count: rows * columns))
  }

  /// A matrix from its rows, which must be of one length.
  public init(_ rowsOfElements: [[Scalar]]) {
    let columns = rowsOfElements.first?.count ?? 0
    precondition(rowsOfElements.allSatisfy { $0.count == columns }, "rows of different lengths")
    self.init(
      rows: rowsOfElements.count, columns: columns, elements: rowsOfElements.flatMap { $0 })
  }

  /// The matrix with ones on the diagonal and zeros elsewhere.
  public static func identity(_ order: Int) -> Matrix {
    var result = Matrix(rows: order, columns: order)
    for index in 0..<order { result[index, index] = 1 }
    return result
  }

  /// The element in a row and a column.
  public subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// One row's elements.
  public func row(_ index: Int) -> ArraySlice<Scalar> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// The matrix with rows and columns exchanged.
  ///
  /// - Complexity: O(rows × columns)
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Changes the elements in place, without changing their number.
  mutating func withElements<Result>(_ change: (inout [Scalar]) -> Result) -> Result {
    change(&elements)
  }
}
