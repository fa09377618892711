extension SurveyDesign {
  /// The estimate of a statistic, by Taylor linearisation.
  ///
  /// - Parameters:
  ///   - domain: the rows that are asked about; all by default.
  /// - Complexity: O(rows)
  public func estimate(
    _ statistic: SurveyStatistic, among domain: [Bool]? = nil
  ) throws(SurveyError) -> SurveyEstimate {
    try check(statistic, domain)
    let found = try statistic.linearised(weights, domain)
    let variance = variance(of: found.scores)
    return SurveyEstimate(
      value: found.value, variance: variance, degrees: degreesOfFreedom(found.isUsed),
      rows: found.isUsed.count { $0 },
      designEffect: simpleVariance(statistic, found.isUsed).map { variance / $0 })
  }

  /// The share of the population for which something holds.
  public func share(
    of values: [Bool?], among domain: [Bool]? = nil
  ) throws(SurveyError) -> SurveyEstimate {
    try estimate(.mean(values.map { $0.map { $0 ? 1 : 0 } }), among: domain)
  }

  func check(_ statistic: SurveyStatistic, _ domain: [Bool]?) throws(SurveyError) {
    guard statistic.count == rows else {
      throw .lengths(expected: rows, found: statistic.count)
    }
    if let domain, domain.count != rows { throw .lengths(expected: rows, found: domain.count) }
  }

  /// The variance of a mean in a simple random sample of the same rows, for the design effect.
  ///
  /// s² · (N̂ − n) / (N̂ · n), with s² the weighted variance · n/(n − 1), as R's survey has it.
  private func simpleVariance(_ statistic: SurveyStatistic, _ isUsed: [Bool]) -> Double? {
    guard case .mean(let values) = statistic else { return nil }
    let used = values.indices.filter { isUsed[$0] }
    let size = Moments.sum(used.lazy.map { weights[$0] })
    let count = Double(used.count)
    guard count > 1, size > count else { return nil }
    let mean = Moments.sum(used.lazy.map { weights[$0] * (values[$0] ?? 0) }) / size
    let squares = Moments.sum(
      used.lazy.map { row in
        let deviation = (values[row] ?? 0) - mean
        return weights[row] * deviation * deviation
      })
    let variance = squares / size * count / (count - 1) * (size - count) / (size * count)
    return variance > 0 ? variance : nil
  }
}
