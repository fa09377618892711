/// A ``PopcountBound`` written out for the kernel that goes from row to row.
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
    let bound = PopcountBound(
      metric: metric, threshold: threshold, query: query, bitCount: bitCount)
    low = UInt16(bound.low)
    high = UInt16(bound.high)
    required =
      bound.low > bound.high
      ? [0] : (bound.low...bound.high).map { UInt16(bound.required(popcount: $0)) }
    floor = required[0]
  }
}
