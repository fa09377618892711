/// A dense array of single-precision numbers with a shape, stored row by row.
///
/// A value: copies are independent and share storage until one of them changes.
public struct Tensor: Hashable, Sendable {
  /// The extents, outermost first.
  public let shape: Shape
  /// The elements, the last extent running fastest; changed in place, never in number.
  public internal(set) var elements: [Float]

  /// Wraps elements that are stored in the shape's order.
  public init(_ shape: Shape, _ elements: [Float]) {
    precondition(elements.count == shape.count, "\(elements.count) elements for shape \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// A tensor filled with one value.
  public init(_ shape: Shape, repeating value: Float) {
    self.init(shape, [Float](repeating: value, count: shape.count))
  }

  /// A scalar.
  public init(_ value: Float) { self.init([], [value]) }

  /// Zeros of a shape.
  public static func zeros(_ shape: Shape) -> Tensor { Tensor(shape, repeating: 0) }

  /// The extent of the outermost dimension; 1 for a scalar.
  public var rows: Int { shape.rows }

  /// The elements of one row.
  public var columns: Int { shape.columns }

  /// How many elements.
  public var count: Int { elements.count }

  /// The element of a matrix.
  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The value of a tensor with a single element.
  public var scalar: Float {
    precondition(count == 1, "a tensor of shape \(shape) is not a scalar")
    return elements[0]
  }

  /// The same elements in another shape of the same count.
  public func reshaped(_ shape: Shape) -> Tensor { Tensor(shape, elements) }

  /// Whether no element is NaN or infinite.
  public var isFinite: Bool { elements.allSatisfy(\.isFinite) }
}
