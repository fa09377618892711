public import Parallelism

/// Clusters binary fingerprints in one pass, in time and memory linear in the number of rows.
///
/// López Pérez, Jung, Chen, Huddleston & Miranda-Quintana 2025, Digital Discovery 4, 1042. A row
/// goes down a tree to the nearest centroid and joins that cluster if the criterion allows, or
/// starts a new one. The same rows in the same order give the same clusters; another order gives
/// others. Similarities are Tanimoto's; two rows without a bit are alike here, as their mean
/// similarity is 1, but are never the nearest of anything.
///
/// Memory: for a cluster of n rows about ⌊log₂ n⌋ + 3 fingerprints, and 4 bytes a row.
public struct BitBirch: Hashable, Sendable {
  /// The least mean similarity in a cluster, 0 to 1.
  public let threshold: Double
  /// When a row may join a cluster.
  public let criterion: Criterion
  /// The most entries of a node; more take longer and give fewer single rows.
  public let branchingFactor: Int

  /// Creates a clustering.
  ///
  /// - Precondition: the threshold is a number, the branching factor at least 2, and a tolerance
  ///   finite and not negative.
  public init(threshold: Double, by criterion: Criterion = .diameter, branchingFactor: Int = 50) {
    precondition(!threshold.isNaN, "the threshold is not a number")
    precondition(branchingFactor >= 2, "\(branchingFactor) entries in a node")
    precondition(criterion.isValid, "the tolerance of \(criterion)")
    self.threshold = threshold
    self.criterion = criterion
    self.branchingFactor = branchingFactor
  }

  /// The clusters of the rows, each represented by its medoid.
  ///
  /// - Parameters:
  ///   - isIncluded: which rows count, say those that were not deleted; nil for all.
  ///   - pool: the threads that look for medoids; the tree itself grows on one.
  ///   - shouldStop: asked every few thousand rows; when true the clustering ends with an error.
  ///   - progress: told every few thousand rows.
  /// - Complexity: O(rows × depth × branching factor × words)
  public func clustering(
    of rows: ClusteringRows, where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best,
    shouldStop: () -> Bool = { false }, progress: (ClusteringProgress) -> Void = { _ in }
  ) throws(ClusteringStopped) -> Clustering {
    precondition(kernel.isAvailable, "this processor has no \(kernel)")
    let labels = try labels(
      of: rows, where: isIncluded, kernel: kernel, shouldStop: shouldStop, progress: progress)
    return Clustering(labels: labels).representedByMedoids(of: rows, using: pool, kernel: kernel)
  }

  /// For each row a number that it shares with its cluster; negative if it is left out.
  private func labels(
    of rows: ClusteringRows, where isIncluded: (@Sendable (_ row: Int) -> Bool)?,
    kernel: KernelKind, shouldStop: () -> Bool, progress: (ClusteringProgress) -> Void
  ) throws(ClusteringStopped) -> [Int32] {
    let kernel = ClusteringKernel(kind: kernel, lines: rows.lines)
    var tree = BitBirchTree(self, kernel: kernel)
    var row = [CacheLine](repeating: .zero, count: rows.lines)
    var labels = [Int32](repeating: -1, count: rows.count)
    for number in 0..<rows.count {
      if number % 4096 == 0 {
        if shouldStop() { throw ClusteringStopped() }
        progress(ClusteringProgress(done: number, total: rows.count, found: tree.clusterCount))
      }
      if let isIncluded, !isIncluded(number) { continue }
      rows.copy(number, to: &row)
      labels[number] = Int32(tree.insert(row))
    }
    progress(ClusteringProgress(done: rows.count, total: rows.count, found: tree.clusterCount))
    return labels
  }
}
