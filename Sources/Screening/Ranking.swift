/// A scored row of a library, ordered by score, then by identifier.
public struct ScoredRow: Hashable, Codable, Sendable {
  /// The row in the library.
  public let row: Int
  /// The number to order by, larger is better.
  public let score: Float

  /// Creates a scored row.
  public init(row: Int, score: Float) {
    self.row = row
    self.score = score
  }
}

/// Keeps the best rows of a long stream in memory that does not grow.
///
/// The order is total: higher scores first, equal scores by identifier, equal identifiers by row.
/// So the answer does not depend on the order in which rows arrive, nor on the number of threads.
/// - Complexity: O(log capacity) for a row that enters, O(1) for one that does not.
public struct Ranking {
  /// How many rows are kept.
  public let capacity: Int
  private let identifier: (Int) -> String
  /// A heap with the worst kept row at the top.
  private var heap: [ScoredRow] = []

  /// Creates a ranking; identifiers are asked for only where scores are equal.
  public init(capacity: Int, identifier: @escaping (Int) -> String) {
    precondition(capacity > 0, "a ranking keeps at least one row")
    self.capacity = capacity
    self.identifier = identifier
  }

  /// Whether `left` stands before `right`.
  public func precedes(_ left: ScoredRow, _ right: ScoredRow) -> Bool {
    if left.score != right.score { return left.score > right.score }
    let ids = (identifier(left.row), identifier(right.row))
    return ids.0 != ids.1 ? ids.0 < ids.1 : left.row < right.row
  }

  /// Offers a row; NaN scores never enter.
  public mutating func offer(_ candidate: ScoredRow) {
    if candidate.score.isNaN { return }
    if heap.count < capacity {
      heap.append(candidate)
      siftUp(heap.count - 1)
    } else if let worst = heap.first, precedes(candidate, worst) {
      heap[0] = candidate
      siftDown(0)
    }
  }

  /// The kept rows, best first.
  /// - Complexity: O(n log n)
  public var best: [ScoredRow] { heap.sorted { precedes($0, $1) } }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(heap[parent], heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if precedes(heap[worst], heap[child]) { worst = child }
      }
      if worst == parent { return }
      heap.swapAt(worst, parent)
      parent = worst
    }
  }
}
