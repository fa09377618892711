/// How many of some rows have each bit, and what iSIM needs of that.
///
/// The counters stand upright: a plane, as long as a row, holds one binary digit of all of them. So
/// n rows take ⌊log₂ n⌋ + 1 planes, one row is its own counters, and a row is added to all
/// positions by a few vector instructions.
struct ClusteringCounters: Sendable {
  /// How many rows were added.
  private(set) var count = 0
  /// The planes, the lowest digit first.
  private(set) var planes: [CacheLine] = []

  /// The least counter of a position that at least half of the rows have.
  var half: Int { (count + 1) / 2 }

  /// Counters of nothing.
  init() {}

  /// The counters of one row.
  init(_ row: [CacheLine]) {
    count = 1
    planes = row
  }

  /// Adds a row, and writes to place `place` of `majority` the bits that at least half of the rows
  /// have; returns how many these are.
  mutating func add(
    _ row: [CacheLine], by kernel: ClusteringKernel, majority: inout [CacheLine], at place: Int
  ) -> Int {
    count += 1
    makeRoom(lines: kernel.lines)
    return kernel.add(row, to: &planes, least: half, majority: &majority, at: place)
  }

  /// Adds other counters.
  mutating func add(_ others: ClusteringCounters, by kernel: ClusteringKernel) {
    count += others.count
    makeRoom(lines: kernel.lines)
    kernel.add(others.planes, to: &planes)
  }

  /// The bits that at least half of the rows have.
  func majority(by kernel: ClusteringKernel) -> [CacheLine] {
    kernel.majority(of: planes, least: half)
  }

  private mutating func makeRoom(lines: Int) {
    let wanted = (Int.bitWidth - count.leadingZeroBitCount) * lines
    guard planes.count < wanted else { return }
    // No more than wanted: most clusters are small and many.
    var larger: [CacheLine] = []
    larger.reserveCapacity(wanted)
    larger += planes
    larger += repeatElement(.zero, count: wanted - planes.count)
    planes = larger
  }
}
