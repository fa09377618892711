public import Parallelism

/// Rows that can be searched by similarity: a table row by row, or an index of its columns.
///
/// Every search is exact. Its answer is in the order of ``Neighbour/precedes(_:)`` and does not
/// depend on the kernel, the number of threads, or which of the two is searched.
public protocol SimilaritySearchable: Sendable {
  /// The number of bits of every row.
  var bitCount: Int { get }
  /// The number of rows.
  var count: Int { get }
  /// For each query its neighbours.
  func search(_ request: SimilarityRequest, using pool: WorkerPool) -> [[Neighbour]]
}

extension SimilaritySearchable {
  /// The `count` rows most similar to a query, all rows if there are fewer.
  public func nearest(
    to query: Fingerprint, count: Int, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [Neighbour] {
    nearest(
      toEach: [query], count: count, by: metric, where: isIncluded, using: pool, kernel: kernel)[0]
  }

  /// The rows whose similarity to a query is at least `threshold`.
  ///
  /// The similarity that is returned is what is compared: with a threshold of 0.7 the ratio 7/10 is
  /// always found. A threshold of 0 or less finds every row, one above 1 none.
  public func neighbours(
    of query: Fingerprint, threshold: Double, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [Neighbour] {
    neighbours(
      ofEach: [query], threshold: threshold, by: metric, where: isIncluded, using: pool,
      kernel: kernel)[0]
  }

  /// The `count` rows most similar to each of many queries, which share the reads of the rows.
  public func nearest(
    toEach queries: [Fingerprint], count: Int, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [[Neighbour]] {
    let request = SimilarityRequest(
      queries: queries, goal: .nearest(count), metric: metric, isIncluded: isIncluded,
      kernel: kernel)
    return search(request, using: pool)
  }

  /// The rows at least `threshold` similar to each of many queries, which share the reads of rows.
  public func neighbours(
    ofEach queries: [Fingerprint], threshold: Double, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) -> [[Neighbour]] {
    let request = SimilarityRequest(
      queries: queries, goal: .atLeast(threshold), metric: metric, isIncluded: isIncluded,
      kernel: kernel)
    return search(request, using: pool)
  }
}
