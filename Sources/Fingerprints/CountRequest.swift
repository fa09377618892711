/// What a search over counts looks for.
public struct CountRequest: Sendable {
  /// The queries.
  public var queries: [CountFingerprint]
  /// Which rows are wanted for each query.
  public var goal: SimilarityRequest.Goal
  /// How similarity is measured, with sums of counts in the place of numbers of bits and Σmin in
  /// that of common ones.
  ///
  /// Tanimoto is then MinMax, Σmin / Σmax; `.cosine` is Σmin / √(Σa Σb) as in
  /// ``CountFingerprint/similarity(to:by:)``. The cosine of the angle between two vectors of counts,
  /// Σab / √(Σa² Σb²), is no function of Σmin and so not among them.
  public var metric: SimilarityMetric
  /// Which rows count; nil for all.
  public var isIncluded: (@Sendable (_ row: Int) -> Bool)?

  /// Creates a request.
  ///
  /// - Precondition: the count is not negative, the threshold is a number, and the metric's weights
  ///   are finite and not negative; the metric is not Russell-Rao, for counts have no width.
  public init(
    queries: [CountFingerprint], goal: SimilarityRequest.Goal,
    metric: SimilarityMetric = .tanimoto, isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil
  ) {
    switch goal {
    case .nearest(let count): precondition(count >= 0, "\(count) neighbours")
    case .atLeast(let threshold): precondition(!threshold.isNaN, "the threshold is not a number")
    }
    if case .russellRao = metric { preconditionFailure("counts have no width") }
    precondition(metric.isValid, "\(metric) has numbers that make no sense")
    self.queries = queries
    self.goal = goal
    self.metric = metric
    self.isIncluded = isIncluded
  }

  /// Those of some neighbours that the goal wants, in order.
  func best(of found: [Neighbour]) -> [Neighbour] {
    switch goal {
    case .atLeast(let threshold):
      return found.filter { $0.similarity >= threshold }.sorted { $0.precedes($1) }
    case .nearest(let count):
      if count == 0 { return [] }
      var best = BestNeighbours(capacity: count)
      for neighbour in found { best.insert(neighbour) }
      return best.sorted
    }
  }
}
