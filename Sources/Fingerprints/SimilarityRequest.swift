/// What a similarity search looks for.
public struct SimilarityRequest: Sendable {
  /// Which rows are wanted.
  public enum Goal: Hashable, Sendable {
    /// The most similar rows, so many for each query.
    case nearest(Int)
    /// All rows at least this similar.
    case atLeast(Double)
  }

  /// The queries.
  public var queries: [Fingerprint]
  /// Which rows are wanted for each query.
  public var goal: Goal
  /// How similarity is measured.
  public var metric: SimilarityMetric
  /// Which rows count, say those that were not deleted; nil for all.
  public var isIncluded: (@Sendable (_ row: Int) -> Bool)?
  /// The instruction set.
  public var kernel: KernelKind

  /// Creates a request.
  ///
  /// - Precondition: the count is not negative, the threshold is a number, the metric's weights are
  ///   finite and not negative and its width is that of the queries, and this processor can run the
  ///   kernel.
  public init(
    queries: [Fingerprint], goal: Goal, metric: SimilarityMetric = .tanimoto,
    isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil, kernel: KernelKind = .best
  ) {
    switch goal {
    case .nearest(let count): precondition(count >= 0, "\(count) neighbours")
    case .atLeast(let threshold): precondition(!threshold.isNaN, "the threshold is not a number")
    }
    precondition(metric.isValid, "\(metric) has numbers that make no sense")
    precondition(kernel.isAvailable, "this processor has no \(kernel)")
    self.queries = queries
    self.goal = goal
    self.metric = metric
    self.isIncluded = isIncluded
    self.kernel = kernel
  }

  /// Traps unless all queries, and the metric, are for rows of this width.
  func check(bitCount: Int) {
    for query in queries {
      precondition(query.bitCount == bitCount, "\(query.bitCount) bits against \(bitCount)")
    }
    precondition(metric.fits(bitCount: bitCount), "\(metric) against \(bitCount) bits")
  }
}
