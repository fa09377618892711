/// Differences of treatments that were measured on the same rows, from resampled rows.
///
/// For a single test set: what varies is which compounds happened to be in it, and they are the same
/// for all models. The intervals hold for all pairs at once: the largest studentised deviation of
/// any pair is what their reach is taken from (Westfall, Young: Resampling-based multiple testing.
/// 1993).
public struct PairedBootstrap: Codable, Hashable, Sendable {
  /// Every two treatments.
  public let comparisons: [PairwiseComparison]

  /// Compares treatments; nil without a replicate in which all are defined.
  ///
  /// - Parameters:
  ///   - estimates: the value of each treatment on all rows.
  ///   - replicates: the values of all treatments on each resample; nil where one is undefined.
  public init?(estimates: [Double], replicates: [[Double]?], confidence: Double = 0.95) {
    let known = replicates.compactMap { $0 }
    guard estimates.count >= 2, !known.isEmpty, 2 * known.count >= replicates.count else {
      return nil
    }
    let pairs = estimates.indices.flatMap { first in
      estimates.indices.dropFirst(first + 1).map { (first: first, second: $0) }
    }
    let columns = pairs.map { pair in known.map { $0[pair.first] - $0[pair.second] } }
    let differences = pairs.map { estimates[$0.first] - estimates[$0.second] }
    let errors = columns.map { (Moments.sampleVariance($0) ?? 0).squareRoot() }
    let largest = known.indices.map { replicate in
      pairs.indices.reduce(0.0) { worst, pair in
        guard errors[pair] > 0 else { return worst }
        return max(worst, abs(columns[pair][replicate] - differences[pair]) / errors[pair])
      }
    }.sorted()
    let reach = QuantileRule.linear.quantile(confidence, ofSorted: largest) ?? 0
    comparisons = pairs.indices.map { pair in
      let (difference, error) = (differences[pair], errors[pair])
      let beyond =
        error > 0
        ? largest.count { $0 >= abs(difference) / error } : difference == 0 ? known.count : 0
      return PairwiseComparison(
        first: pairs[pair].first, second: pairs[pair].second, difference: difference,
        interval: Interval(
          lower: difference - reach * error, upper: difference + reach * error,
          confidence: confidence),
        // One more in both places: a p-value of 0 cannot come from finitely many draws.
        pValue: Double(beyond + 1) / Double(known.count + 1))
    }
  }
}
