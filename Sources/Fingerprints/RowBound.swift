/// What a row must reach to have at least a given similarity to a query, as whole numbers.
///
/// A row with b bits can share at most min(a, b) with a query of a bits, so rows with too few or too
/// many bits are never read (Swamidass & Baldi 2007, J. Chem. Inf. Model. 47, 302). For the others
/// `required[b - low]` is the least number of common bits whose similarity, **as the search returns
/// it**, is not below the threshold: comparing whole numbers is then the same as comparing results.
struct RowBound: Sendable {
  /// The least popcount that can reach the threshold; above `high` if none can.
  let low: UInt16
  /// The greatest popcount that can reach the threshold.
  let high: UInt16
  /// The least of `required`.
  let floor: UInt16
  /// The least number of common bits by popcount, from `low` to `high`; never empty.
  let required: [UInt16]

  init(metric: SimilarityMetric, threshold: Double, query: Int, bitCount: Int) {
    func reachable(_ row: Int) -> Bool {
      metric.similarity(common: min(query, row), query: query, row: row) >= threshold
    }
    // What a row can reach at most rises up to b = a and falls from there.
    guard threshold > 0, reachable(query) else {
      let everything = threshold <= 0
      low = everything ? 0 : 1
      high = everything ? UInt16(bitCount) : 0
      floor = 0
      required = Array(repeating: 0, count: everything ? bitCount + 1 : 1)
      return
    }
    let least = Self.first(in: 0...query, where: reachable)
    let most = Self.first(in: query...bitCount + 1) { $0 > bitCount || !reachable($0) } - 1
    required = (least...most).map { row in
      UInt16(Self.common(metric: metric, threshold: threshold, query: query, row: row))
    }
    low = UInt16(least)
    high = UInt16(most)
    floor = required.min() ?? 0
  }

  /// The least number of common bits that a row with a popcount between two may have.
  func least(between first: UInt16, _ second: UInt16) -> UInt16 {
    let (least, most) = (max(min(first, second), low), min(max(first, second), high))
    if least > most { return .max }
    return required[Int(least - low)...Int(most - low)].min() ?? .max
  }

  /// Whether a row reaches the threshold.
  func admits(popcount: UInt16, common: UInt16) -> Bool {
    popcount >= low && popcount <= high && common >= required[Int(popcount - low)]
  }

  /// The least number of common bits that reaches the threshold, which all of them do.
  private static func common(
    metric: SimilarityMetric, threshold: Double, query: Int, row: Int
  ) -> Int {
    let most = min(query, row)
    let estimate = metric.estimatedCommon(similarity: threshold, query: query, row: row)
    var common = min(max(estimate.isFinite ? Int(estimate) : 0, 0), most)
    while common > 0,
      metric.similarity(common: common - 1, query: query, row: row) >= threshold
    { common -= 1 }
    while common < most, metric.similarity(common: common, query: query, row: row) < threshold {
      common += 1
    }
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
