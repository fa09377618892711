/// Which rows belong together, whatever the method.
///
/// Clusters are in the order of their sizes, the largest first, equal ones by their first row. The
/// same clusters make the same value.
public struct Clustering: Hashable, Sendable {
  /// Rows that belong together.
  public struct Cluster: Hashable, Sendable {
    /// The member that stands for all: the centre, or the medoid.
    public let representative: Int
    /// The rows, ascending.
    public let members: [Int]
  }

  /// By cluster: the member that stands for all.
  public private(set) var representatives: [Int]
  /// By row: the cluster, −1 for rows left out.
  private let numbers: [Int32]
  /// By cluster: its first place among the members; at the end their number.
  private let offsets: [Int]
  /// The members cluster by cluster, ascending in each.
  private let members: [UInt32]

  /// The number of clusters.
  public var count: Int { representatives.count }
  /// The rows that are in a cluster.
  public var memberCount: Int { members.count }
  /// The rows of the table, those left out too.
  public var rowCount: Int { numbers.count }
  /// The sizes of the clusters, descending.
  public var sizes: [Int] { (0..<count).map { offsets[$0 + 1] - offsets[$0] } }
  /// The clusters of one row.
  public var singletonCount: Int { sizes.reversed().prefix { $0 == 1 }.count }

  /// The cluster a row is in; nil for a row that was left out.
  public func cluster(ofRow row: Int) -> Int? {
    precondition(numbers.indices.contains(row), "row \(row) of \(rowCount)")
    return numbers[row] < 0 ? nil : Int(numbers[row])
  }

  /// A cluster by its number.
  public subscript(number: Int) -> Cluster {
    Cluster(representative: representatives[number], members: rows(of: number).map(Int.init))
  }

  /// The clusters of rows with equal labels; those with negative ones are left out.
  ///
  /// - Parameter centres: by label the row that stands for its cluster; without, the first row.
  init(labels: [Int32], centres: [Int]? = nil) {
    var (first, sizes, number) = ([Int](), [Int](), [Int](repeating: -1, count: labels.count))
    var seen = [Int](repeating: -1, count: Int(labels.max() ?? -1) + 1)
    for (row, label) in labels.enumerated() where label >= 0 {
      if seen[Int(label)] < 0 {
        seen[Int(label)] = sizes.count
        first.append(row)
        sizes.append(0)
      }
      number[row] = seen[Int(label)]
      sizes[number[row]] += 1
    }
    let order = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    var rank = [Int](repeating: 0, count: order.count)
    for (place, cluster) in order.enumerated() { rank[cluster] = place }
    offsets = order.reduce(into: [0]) { $0.append($0[$0.count - 1] + sizes[$1]) }
    var next = offsets
    var members = [UInt32](repeating: 0, count: offsets[order.count])
    for row in labels.indices where labels[row] >= 0 {
      let cluster = rank[number[row]]
      members[next[cluster]] = UInt32(row)
      next[cluster] += 1
    }
    self.members = members
    numbers = number.map { $0 < 0 ? -1 : Int32(rank[$0]) }
    representatives = order.map { centres?[Int(labels[first[$0]])] ?? first[$0] }
  }

  /// The rows of a cluster, ascending.
  func rows(of cluster: Int) -> ArraySlice<UInt32> {
    members[offsets[cluster]..<offsets[cluster + 1]]
  }

  /// The same clusters, for which other members stand.
  func represented(by representatives: [Int]) -> Clustering {
    precondition(representatives.count == count)
    var copy = self
    copy.representatives = representatives
    return copy
  }
}
