public import Parallelism

/// A way to cluster.
public enum ClusteringMethod: Hashable, Sendable {
  /// In one pass, for libraries of any size; the medoids represent.
  case bitBirch(BitBirch)
  /// By the numbers of neighbours, from all pairs above a threshold; the centres represent.
  case butina(threshold: Double, metric: SimilarityMetric)
  /// By spheres around leaders; the leaders represent.
  case sphereExclusion(SphereExclusion)

  /// The clusters of the rows.
  ///
  /// - Parameters:
  ///   - rows: the fingerprints themselves.
  ///   - index: the columns of the same rows.
  ///   - isIncluded: which rows count, say those that were not deleted; nil for all.
  ///   - pool: the threads; the clusters do not depend on their number.
  ///   - shouldStop: asked now and then; when true the clustering ends with an error.
  ///   - progress: told as often as `shouldStop` is asked. Butina's pairs are found in one step.
  public func clustering(
    of rows: ClusteringRows, searching index: ColumnIndex,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best,
    shouldStop: () -> Bool = { false }, progress: (ClusteringProgress) -> Void = { _ in }
  ) throws(ClusteringStopped) -> Clustering {
    switch self {
    case .bitBirch(let options):
      return try options.clustering(
        of: rows, where: isIncluded, using: pool, kernel: kernel, shouldStop: shouldStop,
        progress: progress)
    case .sphereExclusion(let options):
      return try options.clustering(
        of: rows, searching: index, where: isIncluded, using: pool, kernel: kernel,
        shouldStop: shouldStop, progress: progress)
    case .butina(let threshold, let metric):
      if shouldStop() { throw ClusteringStopped() }
      let graph = SimilarityGraph(
        of: index, threshold: threshold, by: metric, where: isIncluded, using: pool,
        kernel: kernel)
      if shouldStop() { throw ClusteringStopped() }
      return Clustering(ButinaClustering(of: graph, where: isIncluded), rowCount: rows.count)
    }
  }
}
