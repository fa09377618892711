/// Sums, means and variances; nil where they are undefined.
public enum Moments {
  /// The sum, with the rounding errors of the partial sums added back.
  ///
  /// Neumaier: Rundungsfehleranalyse einiger Verfahren zur Summation. ZAMM 1974, 54, 39.
  public static func sum(_ values: some Sequence<Double>) -> Double {
    var sum = 0.0
    var lost = 0.0
    for value in values {
      let next = sum + value
      lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum + lost
  }

  /// The mean; nil without values.
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : sum(values) / Double(values.count)
  }

  /// The variance of the values about their mean, divided by n − 1; nil below two values.
  public static func sampleVariance(_ values: [Double]) -> Double? {
    guard values.count > 1, let squares = squaresAboutMean(values) else { return nil }
    return squares / Double(values.count - 1)
  }

  /// The variance of the values about their mean, divided by n; nil without values.
  public static func populationVariance(_ values: [Double]) -> Double? {
    squaresAboutMean(values).map { $0 / Double(values.count) }
  }

  private static func squaresAboutMean(_ values: [Double]) -> Double? {
    guard let mean = mean(values) else { return nil }
    return sum(values.lazy.map { ($0 - mean) * ($0 - mean) })
  }
}
