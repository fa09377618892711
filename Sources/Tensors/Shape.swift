/// The extents of a tensor, outermost first; no extents make a scalar.
public struct Shape: Hashable, Sendable {
  /// The extents, outermost first.
  public let extents: [Int]

  /// States the extents; none may be negative.
  public init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "negative extent in \(extents)")
    self.extents = extents
  }

  /// How many elements.
  public var count: Int { extents.reduce(1, *) }

  /// The outermost extent; 1 for a scalar.
  public var rows: Int { extents.first ?? 1 }

  /// The elements of one row: the product of the extents after the first.
  public var columns: Int { extents.dropFirst().reduce(1, *) }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape written as `[rows, columns]`.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// The extents as `[2 × 3]`.
  public var description: String { "[\(extents.map(String.init).joined(separator: " × "))]" }
}
