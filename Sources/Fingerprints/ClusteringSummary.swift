public import Parallelism

/// A clustering in a few numbers.
public struct ClusteringSummary: Hashable, Sendable, Codable {
  /// Rows in clusters.
  public let rows: Int
  /// Clusters.
  public let clusters: Int
  /// Clusters of one row.
  public let singletons: Int
  /// Rows of the largest cluster; 0 without clusters.
  public let largest: Int
  /// The mean of the clusters' mean similarities, weighted by their rows, over the clusters of two
  /// rows or more; nil if there are none.
  public let meanSimilarity: Double?

  /// Measures a clustering of these rows.
  public init(
    of clustering: Clustering, rows: ClusteringRows,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) {
    let sizes = clustering.sizes
    let similarities = clustering.similarities(in: rows, using: pool, kernel: kernel)
    var (weighted, weight) = (0.0, 0)
    for (size, similarity) in zip(sizes, similarities) {
      guard let similarity else { continue }
      weighted += similarity * Double(size)
      weight += size
    }
    self.rows = clustering.memberCount
    clusters = clustering.count
    singletons = clustering.singletonCount
    largest = sizes.first ?? 0
    meanSimilarity = weight > 0 ? weighted / Double(weight) : nil
  }
}
