/// The whole comparison of treatments over blocks: first whether the scores may be treated as
/// normal, then the test that fits.
///
/// Ash et al. (J. Chem. Inf. Model. 2025): the parametric way where the residuals allow it, for it
/// speaks in the metric's own unit; ranks where they do not.
public struct BlockComparison: Codable, Hashable, Sendable {
  /// Which test speaks.
  public enum Method: String, Codable, Hashable, Sendable {
    /// Repeated-measures analysis of variance, then Tukey's honestly significant difference.
    case tukey
    /// Friedman's test, then Nemenyi's, for residuals that are not normal.
    case nemenyi
  }

  /// Two treatments with everything that is said of them.
  public struct Pair: Codable, Hashable, Sendable {
    /// The number of the first treatment.
    public let first: Int
    /// The number of the second treatment.
    public let second: Int
    /// The first's mean score less the second's.
    public let difference: Double
    /// Where the true difference lies, all pairs at once, by Tukey; wide of the mark where the
    /// method is Nemenyi's.
    public let interval: Interval
    /// The p-value of the method, corrected for all pairs.
    public let pValue: Double
    /// Cohen's d; nil where the scores do not vary.
    public let effect: Double?
  }

  /// The p-value below which the residuals do not pass for normal.
  public static let normalityLevel = 0.01

  /// Which test speaks.
  public let method: Method
  /// How normal the residuals are; nil where they do not vary.
  public let normality: ShapiroWilk?
  /// The analysis of variance.
  public let anova: RepeatedMeasuresAnova
  /// The analysis of ranks.
  public let friedman: Friedman
  /// Every two treatments.
  public let pairs: [Pair]
  /// The level of the test.
  public let level: Double

  /// Compares the treatments of a table.
  public init(_ table: ScoreTable, higherIsBetter: Bool, level: Double = 0.05) {
    self.level = level
    anova = RepeatedMeasuresAnova(table)
    friedman = Friedman(table, higherIsBetter: higherIsBetter)
    normality = ShapiroWilk(Array(anova.residuals.joined().prefix(5000)))
    method = (normality?.pValue ?? 1) < Self.normalityLevel ? .nemenyi : .tukey
    let tukey = TukeyHSD.comparisons(table, anova, confidence: 1 - level)
    let nemenyi = method == .nemenyi ? Nemenyi.comparisons(friedman, confidence: 1 - level) : tukey
    pairs = zip(tukey, nemenyi).map { pair, ranked in
      Pair(
        first: pair.first, second: pair.second, difference: pair.difference,
        interval: pair.interval, pValue: ranked.pValue,
        effect: EffectSize.cohen(table.scores(pair.first), table.scores(pair.second)))
    }
  }

  /// Whether two treatments differ by more than chance.
  public func isSignificant(_ pair: Pair) -> Bool { pair.pValue < level }
}
