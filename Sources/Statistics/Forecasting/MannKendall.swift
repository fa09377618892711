/// Whether a series rises or falls at all, by the signs of its differences.
///
/// Mann: Nonparametric tests against trend. Econometrica 1945, 13, 245, with ties as in Kendall 1975
/// and the correction for continuity. Outliers count once, and no shape is assumed.
public struct MannKendall: Hashable, Sendable {
  /// Pairs of years that rise, less those that fall.
  public let score: Int
  /// Two-sided, by the normal approximation; 1 where nothing differs.
  public let pValue: Double

  /// Tests a series in the order of time.
  /// - Complexity: O(n²)
  public init(_ values: [Double]) {
    var score = 0
    for later in values.indices {
      for earlier in 0..<later {
        if values[later] > values[earlier] { score += 1 }
        if values[later] < values[earlier] { score -= 1 }
      }
    }
    self.score = score
    func weight(_ n: Double) -> Double { n * (n - 1) * (2 * n + 5) }
    var runs: [Double: Int] = [:]
    for value in values { runs[value, default: 0] += 1 }
    // Whole numbers below 2^53, so the order of the sum does not matter.
    let ties = runs.values.reduce(0) { $0 + weight(Double($1)) }
    let variance = (weight(Double(values.count)) - ties) / 18
    guard variance > 0, score != 0 else {
      pValue = 1
      return
    }
    let z = Double(abs(score) - 1) / variance.squareRoot()
    pValue = min(1, 2 * Normal.share(below: -z))
  }
}
