/// A row found by a search, with its similarity to the query.
public struct Neighbour: Hashable, Sendable {
  /// The row's number.
  public let row: Int
  /// The similarity, between 0 and 1.
  public let similarity: Double

  /// Creates a neighbour.
  public init(row: Int, similarity: Double) {
    self.row = row
    self.similarity = similarity
  }

  /// The total order of results: higher similarity first, ties by lower row.
  public func precedes(_ other: Neighbour) -> Bool {
    similarity == other.similarity ? row < other.row : similarity > other.similarity
  }
}
