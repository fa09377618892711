public import Parallelism
public import Statistics

extension RegressionMetric {
  /// The value with a bootstrap interval; the same for any number of threads.
  /// - Complexity: O(replicates × n log n), and O(n²log n) more for a BCa interval.
  public func estimate(
    predicted: [Double], measured: [Double], by plan: Bootstrap = Bootstrap(),
    pool: WorkerPool = WorkerPool(threads: 1)
  ) -> MetricEstimate {
    let (value, interval) = resample(count: predicted.count, by: plan, pool: pool) { rows in
      guard let rows else { return self.value(predicted: predicted, measured: measured) }
      return self.value(predicted: rows.map { predicted[$0] }, measured: rows.map { measured[$0] })
    }
    return MetricEstimate(
      name: name, value: value, interval: interval, higherIsBetter: higherIsBetter,
      hasUnit: hasUnit, count: predicted.count)
  }
}

extension ClassificationMetric {
  /// The value with a bootstrap interval; the same for any number of threads.
  /// - Complexity: O(replicates × n log n), and O(n² log n) more for a BCa interval.
  public func estimate(
    scores: [Double], labels: [Bool], by plan: Bootstrap = Bootstrap(),
    pool: WorkerPool = WorkerPool(threads: 1)
  ) -> MetricEstimate {
    let (value, interval) = resample(count: scores.count, by: plan, pool: pool) { rows in
      guard let rows else { return self.value(scores: scores, labels: labels) }
      return self.value(scores: rows.map { scores[$0] }, labels: rows.map { labels[$0] })
    }
    return MetricEstimate(
      name: name, value: value, interval: interval, higherIsBetter: higherIsBetter,
      hasUnit: false, count: scores.count)
  }
}

/// The value on all rows, asked with nil, and the interval from resampled ones.
private func resample(
  count: Int, by plan: Bootstrap, pool: WorkerPool, _ metric: @Sendable ([Int]?) -> Double?
) -> (Double?, Interval?) {
  guard let value = metric(nil) else { return (nil, nil) }
  let replicates = pool.map(plan.replicates) { number in
    metric(plan.rows(ofReplicate: number, count: count))
  }
  let jackknife: [Double?] =
    plan.method == .bca
    ? pool.map(count) { left in metric((0..<count).filter { $0 != left }) } : []
  return (value, plan.interval(estimate: value, replicates: replicates, jackknife: jackknife))
}
