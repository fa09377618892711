/// A node of the tree: its entries' centroids side by side, so that one scan finds the nearest.
struct BitBirchNode: Sendable {
  /// The centroids, one row an entry: the bits that at least half of the entry's rows have.
  var centroids: [CacheLine] = []
  /// The centroids' popcounts.
  private(set) var popcounts: [UInt16] = []
  /// By entry: the number of its feature.
  var features: [UInt32] = []
  /// By entry: the node below; empty in a leaf.
  var children: [UInt32] = []

  var count: Int { popcounts.count }
  var isLeaf: Bool { children.isEmpty }

  /// The first of the entries whose centroids are most similar to a row.
  func nearest(to row: [CacheLine], popcount: Int, by kernel: ClusteringKernel) -> Int {
    kernel.nearest(
      to: row, popcount: popcount, in: centroids, popcounts: popcounts, places: 0..<count
    ).place
  }

  func centroid(_ entry: Int, lines: Int) -> [CacheLine] {
    Array(centroids[entry * lines..<(entry + 1) * lines])
  }

  mutating func append(_ centroid: [CacheLine], popcount: Int, feature: Int, child: Int?) {
    centroids += centroid
    popcounts.append(UInt16(popcount))
    features.append(UInt32(feature))
    if let child { children.append(UInt32(child)) }
  }

  mutating func replace(_ entry: Int, by centroid: [CacheLine], popcount: Int, child: Int) {
    let start = entry * centroid.count
    centroids.replaceSubrange(start..<start + centroid.count, with: centroid)
    popcounts[entry] = UInt16(popcount)
    children[entry] = UInt32(child)
  }

  mutating func setPopcount(_ popcount: Int, of entry: Int) {
    popcounts[entry] = UInt16(popcount)
  }

  /// Deals the entries to two nodes around two that are far from each other, in their order.
  ///
  /// The first is the one least similar to the centroid of the centroids, the second the one least
  /// similar to the first; the first of equals each time. What is as near to both goes with the
  /// second, but the first itself does not, and so neither node is empty.
  func split(by kernel: ClusteringKernel) -> (BitBirchNode, BitBirchNode) {
    var counters = ClusteringCounters()
    var majority = [CacheLine](repeating: .zero, count: kernel.lines)
    for entry in 0..<count {
      _ = counters.add(
        centroid(entry, lines: kernel.lines), by: kernel, majority: &majority, at: 0)
    }
    let first = leastSimilar(similarities(to: majority, by: kernel))
    let toFirst = similarities(to: centroid(first, lines: kernel.lines), by: kernel)
    let second = leastSimilar(toFirst)
    let toSecond = similarities(to: centroid(second, lines: kernel.lines), by: kernel)
    var (one, other) = (BitBirchNode(), BitBirchNode())
    for entry in 0..<count {
      if entry == first || toFirst[entry] > toSecond[entry] {
        one.append(entry, of: self, lines: kernel.lines)
      } else {
        other.append(entry, of: self, lines: kernel.lines)
      }
    }
    return (one, other)
  }

  private mutating func append(_ entry: Int, of node: BitBirchNode, lines: Int) {
    append(
      node.centroid(entry, lines: lines), popcount: Int(node.popcounts[entry]),
      feature: Int(node.features[entry]), child: node.isLeaf ? nil : Int(node.children[entry]))
  }

  private func similarities(to row: [CacheLine], by kernel: ClusteringKernel) -> [Double] {
    let popcount = kernel.popcount(row)
    return zip(kernel.common(of: row, with: centroids), popcounts).map { common, mine in
      SimilarityMetric.tanimoto.similarity(
        common: Int(common), query: popcount, row: Int(mine))
    }
  }

  private func leastSimilar(_ similarities: [Double]) -> Int {
    similarities.indices.min { similarities[$0] < similarities[$1] } ?? 0
  }
}
