/// Collects the rows of a message-passing step, each different one once.
///
/// Two rows with the same origin and the same neighbours have the same value whatever the weights,
/// so it need be computed once. Neighbours are put in an order that depends on what they are and
/// not on where they stand, so the sum over them has the same bits in every batch.
public struct NeighbourhoodTable: Sendable {
  /// A hash of each row's content, the same in every batch.
  public private(set) var marks: [UInt64] = []
  private var origins: [Int32] = []
  private var offsets: [Int32] = [0]
  private var members: [Int32] = []
  /// Open addressing: row + 1, or 0 where nothing stands; a power of two in size.
  private var slots: [Int32]
  private let isShared: Bool

  /// An empty table.
  ///
  /// - Parameters:
  ///   - bound: how many rows will be asked for at most.
  ///   - isShared: false to keep every row apart, equal or not.
  public init(bound: Int, isShared: Bool) {
    self.isShared = isShared
    // At most half full, so that a free slot is near.
    var size = 64
    while size < 2 * bound { size *= 2 }
    slots = [Int32](repeating: 0, count: isShared ? size : 0)
    offsets.reserveCapacity(bound / 4)
    members.reserveCapacity(bound / 2)
  }

  /// How many rows.
  public var count: Int { marks.count }

  /// The number of the row with an origin and neighbours, added if it is new.
  ///
  /// Rows are compared by their content, not by their hash alone, so that no two different ones are
  /// ever taken for one.
  /// - Parameters:
  ///   - originMark: the origin's hash.
  ///   - neighbours: the neighbours in any order; put in order here.
  ///   - neighbourMarks: the hashes of all rows the neighbours may be.
  public mutating func row(
    origin: Int32, originMark: UInt64, neighbours: inout [Int32], neighbourMarks: [UInt64]
  ) -> Int32 {
    neighbours.sortFew { (neighbourMarks[Int($0)], $0) < (neighbourMarks[Int($1)], $1) }
    var mark = mixed(originMark)
    for neighbour in neighbours { mark = mixed(mark ^ neighbourMarks[Int(neighbour)]) }
    guard isShared else { return append(origin, neighbours, mark) }
    let last = slots.count - 1
    var slot = Int(truncatingIfNeeded: mark) & last
    while slots[slot] != 0 {
      let row = slots[slot] - 1
      if marks[Int(row)] == mark, equals(Int(row), origin, neighbours) { return row }
      slot = (slot + 1) & last
    }
    precondition(2 * count < slots.count, "more rows than announced")
    slots[slot] = Int32(count + 1)
    return append(origin, neighbours, mark)
  }

  /// The rows as a step reads them, with the numbers of rows of its base and its messages.
  public func neighbourhood(origins originCount: Int, neighbours neighbourCount: Int)
    -> Neighbourhood
  {
    Neighbourhood(
      origins: origins, among: originCount, offsets: offsets, neighbours: members,
      among: neighbourCount)
  }

  private func equals(_ row: Int, _ origin: Int32, _ neighbours: [Int32]) -> Bool {
    let start = Int(offsets[row])
    guard origins[row] == origin, Int(offsets[row + 1]) - start == neighbours.count else {
      return false
    }
    for place in neighbours.indices where members[start + place] != neighbours[place] {
      return false
    }
    return true
  }

  private mutating func append(_ origin: Int32, _ neighbours: [Int32], _ mark: UInt64) -> Int32 {
    marks.append(mark)
    origins.append(origin)
    members.append(contentsOf: neighbours)
    offsets.append(Int32(members.count))
    return Int32(marks.count - 1)
  }
}

extension [Int32] {
  /// Sorts a handful of numbers by insertion, without a call for each comparison.
  @inline(__always)
  fileprivate mutating func sortFew(by precedes: (Int32, Int32) -> Bool) {
    guard count > 1 else { return }
    for last in 1..<count {
      let moving = self[last]
      var place = last
      while place > 0, precedes(moving, self[place - 1]) {
        self[place] = self[place - 1]
        place -= 1
      }
      self[place] = moving
    }
  }
}
