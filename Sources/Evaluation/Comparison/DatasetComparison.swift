public import Parallelism
public import Statistics

/// The verdict on one data set.
public struct DatasetComparison: Codable, Hashable, Sendable {
  /// Which test speaks.
  public enum Method: String, Codable, Hashable, Sendable {
    /// Repeated-measures analysis of variance and Tukey's test over folds.
    case tukey
    /// Friedman's and Nemenyi's tests over folds whose scores are not normal.
    case nemenyi
    /// Resampled compounds and seeds of the one test set, all pairs at once.
    case bootstrap
    /// Nothing can be tested: a single model, a single replicate, or a metric that is undefined.
    case none
  }

  /// What a difference amounts to.
  public enum Verdict: String, Codable, Hashable, Sendable {
    /// The first model is better, by more than chance and by enough to matter.
    case better
    /// The first model is worse, by more than chance and by enough to matter.
    case worse
    /// By more than chance, but too little to matter.
    case negligible
    /// Not shown to differ.
    case undecided
  }

  /// One model's standing.
  public struct Standing: Codable, Hashable, Sendable {
    /// The model.
    public let model: String
    /// The mean score over the replicates; nil where the metric is undefined in one.
    public let mean: Double?
    /// Where it lies.
    ///
    /// Of two models whose intervals do not overlap the difference is shown; for
    /// ``Method/bootstrap`` each interval stands alone.
    public let interval: Interval?
    /// The score of each replicate.
    public let scores: [Double?]
    /// Whether nothing shows that another model is better.
    public let isAmongBest: Bool
  }

  /// Two models.
  public struct Pair: Codable, Hashable, Sendable {
    /// The number of the first model.
    public let first: Int
    /// The number of the second model.
    public let second: Int
    /// The first's mean less the second's.
    public let difference: Double
    /// Where the true difference lies, all pairs at once.
    public let interval: Interval
    /// The p-value, corrected for all pairs.
    public let pValue: Double
    /// Cohen's d over the replicates; nil where they do not vary, and on a single test set.
    public let effect: Double?
    /// What it amounts to.
    public let verdict: Verdict
  }

  /// The data set.
  public let dataset: String
  /// The metric.
  public let metric: ComparisonMetric
  /// The unit of the metric; nil where it has none.
  public let unit: String?
  /// Which test speaks.
  public let method: Method
  /// The p-value of the residuals' normality; nil where it was not asked.
  public let normality: Double?
  /// The p-value of "all models are alike".
  public let overall: Double?
  /// The smallest difference that matters.
  public let margin: Double
  /// The models, in the order they were given.
  public let standings: [Standing]
  /// Every two models.
  public let pairs: [Pair]

  /// Compares the models of a data set.
  public init(
    _ data: ComparedDataset, level: Double = 0.05, replicates: Int = 1000, seed: UInt64 = 0,
    pool: WorkerPool = WorkerPool(threads: 1)
  ) {
    dataset = data.name
    metric = data.metric
    unit = data.metric.hasUnit ? data.unit : nil
    let scores = data.predictions.map { row in
      row.map { data.metric.value(predicted: $0.predicted, measured: $0.measured) }
    }
    let means = data.models.indices.map { model -> Double? in
      let column = scores.compactMap { $0[model] }
      return column.count == scores.count ? Moments.mean(column) : nil
    }
    let higher = data.metric.higherIsBetter
    let known = means.compactMap { $0 }
    let best = higher ? known.max() : known.min()
    let margin = data.margin ?? data.metric.practicalMargin(beside: best ?? 0)
    self.margin = margin
    let test = ComparisonTest(
      data, scores: scores, means: means, level: level, replicates: replicates, seed: seed, pool)
    method = test.method
    normality = test.normality
    overall = test.overall
    pairs = test.pairs.map { pair in
      let ahead = higher ? pair.difference > 0 : pair.difference < 0
      let verdict: Verdict =
        pair.pValue >= level
        ? .undecided
        : abs(pair.difference) < margin ? .negligible : ahead ? .better : .worse
      return Pair(
        first: pair.first, second: pair.second, difference: pair.difference,
        interval: pair.interval, pValue: pair.pValue, effect: pair.effect, verdict: verdict)
    }
    let beaten = pairs.filter { $0.pValue < level }.map { pair in
      (higher ? pair.difference > 0 : pair.difference < 0) ? pair.second : pair.first
    }
    standings = data.models.indices.map { model in
      Standing(
        model: data.models[model], mean: means[model], interval: test.intervals[model],
        scores: scores.map { $0[model] },
        isAmongBest: means[model] != nil && !beaten.contains(model))
    }
  }

  /// The pair of two models, the difference being the first's less the second's.
  public func pair(_ first: Int, _ second: Int) -> Pair? {
    if let pair = pairs.first(where: { $0.first == first && $0.second == second }) { return pair }
    guard let pair = pairs.first(where: { $0.first == second && $0.second == first }) else {
      return nil
    }
    let turned: Verdict =
      pair.verdict == .better ? .worse : pair.verdict == .worse ? .better : pair.verdict
    return Pair(
      first: first, second: second, difference: -pair.difference,
      interval: Interval(
        lower: -pair.interval.upper, upper: -pair.interval.lower,
        confidence: pair.interval.confidence),
      pValue: pair.pValue, effect: pair.effect.map { -$0 }, verdict: turned)
  }
}
