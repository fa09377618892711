public import Parallelism

extension FingerprintTable {
  /// The `count` rows most similar to a query, all rows if there are fewer.
  ///
  /// Exact, in the order of ``Neighbour/precedes(_:)``, whatever the kernel and the threads.
  ///
  /// - Complexity: O(rows × words), less the rows whose popcount rules them out.
  public func nearest(
    to query: Fingerprint, count: Int, by metric: SimilarityMetric = .tanimoto,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [Neighbour] {
    nearest(toEach: [query], count: count, by: metric, using: pool, kernel: kernel)[0]
  }

  /// The rows whose similarity to a query is at least `threshold`, in the same order.
  ///
  /// The similarity that is returned is what is compared: with a threshold of 0.7 the ratio 7/10 is
  /// always found. A threshold of 0 or less finds every row, one above 1 none.
  public func neighbours(
    of query: Fingerprint, threshold: Double, by metric: SimilarityMetric = .tanimoto,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [Neighbour] {
    neighbours(ofEach: [query], threshold: threshold, by: metric, using: pool, kernel: kernel)[0]
  }

  /// ``nearest(to:count:by:using:kernel:)`` for many queries, which share each read of the rows.
  public func nearest(
    toEach queries: [Fingerprint], count: Int, by metric: SimilarityMetric = .tanimoto,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [[Neighbour]] {
    precondition(count >= 0, "\(count) neighbours")
    let wanted = min(count, rows.count)
    if wanted == 0 { return queries.map { _ in [] } }
    let bounds = SharedBounds(count: queries.count)
    let scan = TableScan(rows: rows, queries: queries, metric: metric, kernel: kernel)
    return scan.run(with: pool) { NearestCollector(query: $0, count: wanted, shared: bounds) }
      .map { parts in
        if parts.count == 1 { return parts[0] }
        var best = BestNeighbours(capacity: wanted)
        for part in parts { for neighbour in part { best.insert(neighbour) } }
        return best.sorted
      }
  }

  /// ``neighbours(of:threshold:by:using:kernel:)`` for many queries, which share each read of the
  /// rows.
  public func neighbours(
    ofEach queries: [Fingerprint], threshold: Double, by metric: SimilarityMetric = .tanimoto,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [[Neighbour]] {
    precondition(!threshold.isNaN, "the threshold is not a number")
    let scan = TableScan(rows: rows, queries: queries, metric: metric, kernel: kernel)
    return scan.run(with: pool) { _ in ThresholdCollector(threshold: threshold) }
      .map { parts in parts.flatMap { $0 }.sorted { $0.precedes($1) } }
  }
}
