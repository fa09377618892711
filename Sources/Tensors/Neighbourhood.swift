/// Where the rows of a message-passing step come from: each from one origin and some neighbours.
///
/// The same neighbour may be listed more than once; the order of the list is the order of the sum.
public struct Neighbourhood: Hashable, Sendable {
  /// The origin of each row, a row of the base.
  public let origins: [Int32]
  /// Where each row's neighbours begin, and one past the last; `rows + 1` numbers from 0.
  public let offsets: [Int32]
  /// The neighbours, rows of the messages.
  public let neighbours: [Int32]
  /// How many rows the base has.
  public let originCount: Int
  /// How many rows the messages have.
  public let neighbourCount: Int

  /// How many rows.
  public var rows: Int { origins.count }

  /// Wraps the lists; their consistency is the caller's duty and is checked.
  ///
  /// - Complexity: O(rows + neighbours)
  public init(
    origins: [Int32], among originCount: Int, offsets: [Int32], neighbours: [Int32],
    among neighbourCount: Int
  ) {
    precondition(offsets.count == origins.count + 1, "one origin and one range for each row")
    precondition(offsets.first == 0 && offsets.last == Int32(neighbours.count), "offsets of a list")
    precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "offsets ascend")
    precondition(origins.allSatisfy { $0 >= 0 && $0 < originCount }, "origin beyond \(originCount)")
    precondition(
      neighbours.allSatisfy { $0 >= 0 && $0 < neighbourCount }, "row beyond \(neighbourCount)")
    self.init(trusted: origins, originCount, offsets, neighbours, neighbourCount)
  }

  /// Wraps lists whose consistency follows from how they were made.
  init(
    trusted origins: [Int32], _ originCount: Int, _ offsets: [Int32], _ neighbours: [Int32],
    _ neighbourCount: Int
  ) {
    self.origins = origins
    self.originCount = originCount
    self.offsets = offsets
    self.neighbours = neighbours
    self.neighbourCount = neighbourCount
  }
}

extension Neighbourhood {
  /// `f(base[origin] + Σ messages[neighbour])`, row by row.
  ///
  /// Every row's result depends on its own list alone, to the last bit.
  public func sum(base: Tensor, messages: Tensor, _ function: ElementFunction) -> Tensor {
    Kernels.best.neighbourSum(self, base: base, messages: messages, function)
  }

  /// The rows in whose lists each neighbour stands, ascending: the way back for slopes.
  var users: SparseRows {
    SparseRows(trusted: neighbourCount, offsets, neighbours, nil).transposed()
  }

  /// The rows that begin at each origin, ascending.
  var offspring: SparseRows {
    SparseRows(
      trusted: originCount, Array(0...Int32(rows)), origins, nil
    ).transposed()
  }
}
