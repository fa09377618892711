/// What a row must reach to have at least a given similarity to a query, by its popcount.
///
/// A row with b bits can share at most min(a, b) with a query of a bits, so rows with too few or too
/// many bits are never read (Swamidass & Baldi 2007, J. Chem. Inf. Model. 47, 302). For the others
/// there is a least number of common bits whose similarity, **as the search returns it**, is not
/// below the threshold: comparing whole numbers is then the same as comparing results.
struct PopcountBound: Sendable {
  let metric: SimilarityMetric
  let threshold: Double
  /// The query's popcount.
  let query: Int
  /// The least popcount that can reach the threshold; above `high` if none can.
  let low: Int
  /// The greatest popcount that can reach the threshold.
  let high: Int

  init(metric: SimilarityMetric, threshold: Double, query: Int, bitCount: Int) {
    self.metric = metric
    self.threshold = threshold
    self.query = query
    func reachable(_ row: Int) -> Bool {
      metric.similarity(common: min(query, row), query: query, row: row) >= threshold
    }
    // What a row can reach at most rises up to b = a and never rises from there.
    if threshold <= 0 {
      (low, high) = (0, bitCount)
    } else if reachable(query) {
      low = Self.first(in: 0...query, where: reachable)
      high = Self.first(in: query...bitCount + 1) { $0 > bitCount || !reachable($0) } - 1
    } else {
      (low, high) = (1, 0)
    }
  }

  /// The least number of common bits with which a row of this popcount, from `low` to `high`,
  /// reaches the threshold; it never falls with the popcount.
  func required(popcount: Int) -> Int {
    if threshold <= 0 { return 0 }
    let most = min(query, popcount)
    let estimate = metric.estimatedCommon(similarity: threshold, query: query, row: popcount)
    var common = min(max(estimate.isFinite ? Int(estimate) : 0, 0), most)
    while common > 0,
      metric.similarity(common: common - 1, query: query, row: popcount) >= threshold
    { common -= 1 }
    while common < most,
      metric.similarity(common: common, query: query, row: popcount) < threshold
    { common += 1 }
    return common
  }

  /// The first number of the range for which a condition that turns true once is true; the last if
  /// none.
  private static func first(in range: ClosedRange<Int>, where condition: (Int) -> Bool) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
