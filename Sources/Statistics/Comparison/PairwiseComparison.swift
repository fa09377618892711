/// How two treatments compare, as one of all pairs.
public struct PairwiseComparison: Codable, Hashable, Sendable {
  /// The number of the first treatment.
  public let first: Int
  /// The number of the second treatment.
  public let second: Int
  /// The first's mean less the second's; of ranks under ``Nemenyi``.
  public let difference: Double
  /// Where the true difference lies, all pairs at once.
  public let interval: Interval
  /// The p-value, corrected for all pairs.
  public let pValue: Double

  /// Describes a comparison.
  public init(
    first: Int, second: Int, difference: Double, interval: Interval, pValue: Double
  ) {
    self.first = first
    self.second = second
    self.difference = difference
    self.interval = interval
    self.pValue = pValue
  }
}

/// Tukey's honestly significant difference within blocks.
///
/// The error and its degrees of freedom are those of the repeated-measures analysis of variance, as
/// in Ash et al., J. Chem. Inf. Model. 2025: all intervals hold at once.
public enum TukeyHSD {
  /// Every two treatments.
  public static func comparisons(
    _ table: ScoreTable, _ anova: RepeatedMeasuresAnova, confidence: Double = 0.95
  ) -> [PairwiseComparison] {
    let range = StudentizedRange(
      groups: table.treatments.count, degrees: Double(anova.errorDegrees))
    let error = (anova.errorMeanSquare / Double(table.blocks.count)).squareRoot()
    let reach = range.point(ofShare: confidence) * error
    let means = table.means
    return table.pairs.map { first, second in
      let difference = means[first] - means[second]
      let p: Double
      if error > 0 {
        p = range.share(above: abs(difference) / error)
      } else {
        p = difference == 0 ? 1 : 0
      }
      return PairwiseComparison(
        first: first, second: second, difference: difference,
        interval: Interval(
          lower: difference - reach, upper: difference + reach, confidence: confidence),
        pValue: p)
    }
  }
}
