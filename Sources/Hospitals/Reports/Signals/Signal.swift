public import Statistics

/// A drug and an event with all measures of how unusual their reports are.
public struct Signal: Sendable {
  /// The drug's name.
  public let drug: String
  /// The event's name.
  public let event: String
  /// The 2×2 table over all strata.
  public let counts: ReportCounts
  /// What was expected, summed over the strata.
  public let expected: Double
  /// The proportional reporting ratio, over all strata.
  public let proportional: ReportingRatio?
  /// The reporting odds ratio, over all strata.
  public let odds: ReportingRatio?
  /// The information component.
  public let component: InformationComponent
  /// The mixture's view; nil where no mixture was fitted.
  public let shrunk: Shrunk?
  /// The chance of so many reports or more if as many come as expected, by Poisson's law.
  public let pValue: Double
  /// Benjamini and Hochberg's q over all pairs that were asked about.
  public internal(set) var qValue: Double

  /// The empirical Bayes geometric mean with the ends of its 90 % interval.
  public struct Shrunk: Hashable, Sendable {
    /// EBGM.
    public let mean: Double
    /// EB05.
    public let lower: Double
    /// EB95.
    public let upper: Double
    /// The chance that the pair belongs to the mixture's first gamma.
    public let share: Double
  }

  init(_ pair: ReportTally.Pair, of tally: ReportTally, _ prior: GammaPoissonPrior?) {
    drug = tally.drugs[pair.drug]
    event = tally.events[pair.event]
    counts = tally.counts(of: pair)
    expected = tally.expected(of: pair)
    proportional = .proportional(counts)
    odds = .odds(counts)
    component = InformationComponent(count: pair.count, expected: expected)
    pValue = Poisson.share(from: pair.count, mean: expected)
    qValue = 1
    let expected = expected
    shrunk = prior.map {
      let posterior = $0.posterior(count: pair.count, expected: expected)
      return Shrunk(
        mean: posterior.geometricMean, lower: posterior.quantile(0.05),
        upper: posterior.quantile(0.95), share: posterior.share)
    }
  }
}
