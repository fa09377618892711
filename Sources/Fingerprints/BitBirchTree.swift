/// The tree of BitBIRCH: rows go down by the nearest centroid and join a cluster in a leaf.
///
/// Zhang, Ramakrishnan & Livny 1996 for the tree (BIRCH); López Pérez et al. 2025 for bits.
struct BitBirchTree {
  /// The rows below an entry of a node; for a leaf's entry that is a cluster.
  private struct Feature {
    /// Empty while a cluster has one row: then its centroid is that row.
    var counters = ClusteringCounters()
    /// Kept for clusters only.
    var similarity = InstantSimilarity()
  }

  private let options: BitBirch
  private let kernel: ClusteringKernel
  private var nodes = [BitBirchNode()]
  private var features: [Feature] = []
  private var root = 0
  /// The way down from the root, without the leaf.
  private var path: [(node: Int, entry: Int)] = []
  /// How many clusters there are.
  private(set) var clusterCount = 0

  init(_ options: BitBirch, kernel: ClusteringKernel) {
    self.options = options
    self.kernel = kernel
  }

  /// Puts a row into a cluster; returns the cluster's number, which never changes.
  ///
  /// Numbers are not consecutive, for the inner nodes have some too.
  /// - Complexity: O(depth × branching factor × words)
  mutating func insert(_ row: [CacheLine]) -> Int {
    let popcount = kernel.popcount(row)
    let leaf = descend(row, popcount)
    if nodes[leaf].count > 0 {
      let entry = nodes[leaf].nearest(to: row, popcount: popcount, by: kernel)
      if let cluster = join(row, popcount, leaf: leaf, entry: entry) {
        for step in path { add(row, to: step) }
        return cluster
      }
    }
    let cluster = features.count
    features.append(
      Feature(similarity: InstantSimilarity(count: 1, sum: popcount, squares: popcount)))
    clusterCount += 1
    nodes[leaf].append(row, popcount: popcount, feature: cluster, child: nil)
    ascend(row, from: leaf)
    return cluster
  }

  private mutating func descend(_ row: [CacheLine], _ popcount: Int) -> Int {
    path.removeAll(keepingCapacity: true)
    var node = root
    while !nodes[node].isLeaf {
      let entry = nodes[node].nearest(to: row, popcount: popcount, by: kernel)
      path.append((node, entry))
      node = Int(nodes[node].children[entry])
    }
    return node
  }

  /// Counts a row in an entry, whose centroid may change.
  private mutating func add(_ row: [CacheLine], to step: (node: Int, entry: Int)) {
    let feature = Int(nodes[step.node].features[step.entry])
    let popcount = features[feature].counters.add(
      row, by: kernel, majority: &nodes[step.node].centroids, at: step.entry)
    nodes[step.node].setPopcount(popcount, of: step.entry)
  }
}

// Joining a cluster.
extension BitBirchTree {
  /// Adds the row to a leaf's entry if the criterion admits it; returns the cluster's number.
  private mutating func join(
    _ row: [CacheLine], _ popcount: Int, leaf: Int, entry: Int
  ) -> Int? {
    let number = Int(nodes[leaf].features[entry])
    let before = features[number].similarity
    let centroid = nodes[leaf].centroid(entry, lines: kernel.lines)
    if before.count == 1 { features[number].counters = ClusteringCounters(centroid) }
    let shared = kernel.sum(features[number].counters.planes, at: row)
    let after = before.adding(popcount: popcount, shared: shared)
    let isAdmitted = options.criterion.admits(
      count: before.count,
      after: mean(after, of: features[number].counters, with: row),
      before: { mean(before, of: features[number].counters, around: centroid) },
      threshold: options.threshold)
    guard isAdmitted else {
      if before.count == 1 { features[number].counters = ClusteringCounters() }
      return nil
    }
    features[number].similarity = after
    add(row, to: (leaf, entry))
    return number
  }

  /// What the criterion measures in a cluster with one more row.
  private func mean(
    _ similarity: InstantSimilarity, of counters: ClusteringCounters, with row: [CacheLine]
  ) -> Double {
    if !options.criterion.needsCentroid { return similarity.tanimoto ?? 0 }
    var counters = counters
    var centroid = [CacheLine](repeating: .zero, count: kernel.lines)
    _ = counters.add(row, by: kernel, majority: &centroid, at: 0)
    return mean(similarity, of: counters, around: centroid)
  }

  /// What the criterion measures in a cluster.
  ///
  /// The mean similarity of n rows to their centroid comes from the means of all pairs without the
  /// centroid, and with it as one row more.
  private func mean(
    _ similarity: InstantSimilarity, of counters: ClusteringCounters, around centroid: [CacheLine]
  ) -> Double {
    let pairs = similarity.tanimoto ?? 0
    if !options.criterion.needsCentroid { return pairs }
    let shared = kernel.sum(counters.planes, at: centroid)
    let joined = similarity.adding(popcount: kernel.popcount(centroid), shared: shared)
    let count = Double(similarity.count)
    return ((joined.tanimoto ?? 0) * (count + 1) - pairs * (count - 1)) / 2
  }
}

// Splitting.
extension BitBirchTree {
  /// Goes back to the root after a leaf got an entry: what grew too large is split, and the rest
  /// counts the row.
  private mutating func ascend(_ row: [CacheLine], from leaf: Int) {
    var isSplit = nodes[leaf].count > options.branchingFactor
    for step in path.reversed() {
      if isSplit {
        split(childAt: step)
        isSplit = nodes[step.node].count > options.branchingFactor
      } else {
        add(row, to: step)
      }
    }
    if isSplit { splitRoot() }
  }

  /// Splits the child of an entry: the first part takes the entry's place, the other is added.
  private mutating func split(childAt step: (node: Int, entry: Int)) {
    let child = Int(nodes[step.node].children[step.entry])
    let (one, other) = nodes[child].split(by: kernel)
    nodes[child] = other
    nodes.append(one)
    let counters = counters(of: one)
    let majority = counters.majority(by: kernel)
    features[Int(nodes[step.node].features[step.entry])].counters = counters
    nodes[step.node].replace(
      step.entry, by: majority, popcount: kernel.popcount(majority), child: nodes.count - 1)
    append(child, to: step.node)
  }

  private mutating func splitRoot() {
    let (one, other) = nodes[root].split(by: kernel)
    nodes[root] = other
    nodes += [one, BitBirchNode()]
    append(nodes.count - 2, to: nodes.count - 1)
    append(root, to: nodes.count - 1)
    root = nodes.count - 1
  }

  private mutating func append(_ child: Int, to node: Int) {
    let counters = counters(of: nodes[child])
    let majority = counters.majority(by: kernel)
    features.append(Feature(counters: counters))
    nodes[node].append(
      majority, popcount: kernel.popcount(majority), feature: features.count - 1, child: child)
  }

  private func counters(of node: BitBirchNode) -> ClusteringCounters {
    var sum = ClusteringCounters()
    for entry in 0..<node.count {
      let counters = features[Int(node.features[entry])].counters
      sum.add(
        counters.count > 0
          ? counters : ClusteringCounters(node.centroid(entry, lines: kernel.lines)),
        by: kernel)
    }
    return sum
  }
}
