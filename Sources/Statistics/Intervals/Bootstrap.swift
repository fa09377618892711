/// Intervals from resampled rows.
///
/// Efron, Tibshirani: An introduction to the bootstrap. 1993. Each replicate has a seed of its own,
/// so the interval is the same for any number of threads and any order of the work.
public struct Bootstrap: Codable, Hashable, Sendable {
  /// How the ends are read off the replicates.
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// The quantiles of the replicates.
    case percentile
    /// Bias-corrected and accelerated: the quantiles moved for bias and for a spread that grows
    /// with the value. Needs the value without each row in turn.
    case bca
  }

  /// How many times the rows are drawn.
  public var replicates: Int
  /// How often the interval should hold the true value.
  public var confidence: Double
  /// The seed of the draws.
  public var seed: UInt64
  /// How the ends are read.
  public var method: Method

  /// Creates a plan.
  public init(
    replicates: Int = 1000, confidence: Double = 0.95, seed: UInt64 = 0,
    method: Method = .percentile
  ) {
    precondition(replicates > 0, "no replicates")
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    self.replicates = replicates
    self.confidence = confidence
    self.seed = seed
    self.method = method
  }

  /// The rows of one replicate.
  /// - Complexity: O(count)
  public func rows(ofReplicate number: Int, count: Int) -> [Int] {
    var generator = Xoshiro256(seed: SplitMix64.seed(seed, piece: number))
    return generator.drawSample(of: count)
  }

  /// The interval that the replicates give.
  ///
  /// Nil where fewer than half of the replicates are defined: a metric that most draws cannot
  /// compute has no interval worth showing.
  ///
  /// - Parameters:
  ///   - estimate: the value on all rows.
  ///   - values: the value on each replicate, nil where undefined.
  ///   - jackknife: the value without each row in turn; used by ``Method/bca``.
  public func interval(
    estimate: Double, replicates values: [Double?], jackknife: [Double?] = []
  ) -> Interval? {
    let sorted = values.compactMap { $0 }.filter(\.isFinite).sorted()
    guard !sorted.isEmpty, 2 * sorted.count >= values.count else { return nil }
    let tail = (1 - confidence) / 2
    let shares =
      switch method {
      case .percentile: (tail, 1 - tail)
      case .bca: BCa(estimate: estimate, sorted: sorted, jackknife: jackknife).shares(tail: tail)
      }
    guard let lower = QuantileRule.linear.quantile(shares.0, ofSorted: sorted),
      let upper = QuantileRule.linear.quantile(shares.1, ofSorted: sorted)
    else { return nil }
    return Interval(lower: min(lower, upper), upper: max(lower, upper), confidence: confidence)
  }
}
