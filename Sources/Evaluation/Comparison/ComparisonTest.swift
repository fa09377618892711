import Parallelism
import Statistics

/// The test that fits a data set's protocol.
struct ComparisonTest {
  struct Pair {
    let first, second: Int
    let difference: Double
    let interval: Interval
    let pValue: Double
    let effect: Double?
  }

  private(set) var method = DatasetComparison.Method.none
  private(set) var normality: Double?
  private(set) var overall: Double?
  private(set) var intervals: [Interval?]
  private(set) var pairs: [Pair] = []

  init(
    _ data: ComparedDataset, scores: [[Double?]], means: [Double?], level: Double,
    replicates: Int, seed: UInt64, _ pool: WorkerPool
  ) {
    intervals = [Interval?](repeating: nil, count: data.models.count)
    // A model whose metric is undefined somewhere, as a constant's correlation, is not compared.
    let usable = data.models.indices.filter { means[$0] != nil }
    if data.movesTestRows {
      let table = ScoreTable(
        treatments: usable.map { data.models[$0] },
        blocks: scores.map { row in usable.compactMap { row[$0] } })
      if let table { compareFolds(table, usable, data.metric.higherIsBetter, level) }
    } else {
      compareRows(data, usable, means, level, replicates, seed, pool)
    }
  }

  private mutating func compareFolds(
    _ table: ScoreTable, _ models: [Int], _ higherIsBetter: Bool, _ level: Double
  ) {
    let compared = BlockComparison(table, higherIsBetter: higherIsBetter, level: level)
    method = compared.method == .tukey ? .tukey : .nemenyi
    normality = compared.normality?.pValue
    overall = compared.method == .tukey ? compared.anova.pValue : compared.friedman.pValue
    pairs = compared.pairs.map { pair in
      Pair(
        first: models[pair.first], second: models[pair.second], difference: pair.difference,
        interval: pair.interval, pValue: pair.pValue, effect: pair.effect)
    }
    // Half of the pairs' reach each: intervals that do not touch are a difference that is shown.
    let reach = compared.pairs.first.map { ($0.interval.upper - $0.interval.lower) / 4 } ?? 0
    for (place, mean) in table.means.enumerated() {
      intervals[models[place]] = Interval(
        lower: mean - reach, upper: mean + reach, confidence: 1 - level)
    }
  }

  /// One test set: its compounds are drawn again, and with them the seeds of the models.
  private mutating func compareRows(
    _ data: ComparedDataset, _ models: [Int], _ means: [Double?], _ level: Double,
    _ replicates: Int, _ seed: UInt64, _ pool: WorkerPool
  ) {
    guard let count = data.predictions.first?.first?.rows.count, count > 1, !models.isEmpty else {
      return
    }
    let plan = Bootstrap(replicates: replicates, confidence: 1 - level, seed: seed)
    let seeds = data.predictions.count
    let drawn = pool.map(replicates) { number -> [Double]? in
      let rows = plan.rows(ofReplicate: number, count: count)
      var draws = Xoshiro256(seed: SplitMix64.seed(seed ^ 0x5EED, piece: number))
      let chosen = draws.drawSample(of: seeds)
      let values = models.map { model -> Double? in
        let each = chosen.map { replicate -> Double? in
          let own = data.predictions[replicate][model]
          return data.metric.value(
            predicted: rows.map { own.predicted[$0] }, measured: rows.map { own.measured[$0] })
        }.compactMap { $0 }
        return each.count == seeds ? Moments.mean(each) : nil
      }.compactMap { $0 }
      return values.count == models.count ? values : nil
    }
    let estimates = models.compactMap { means[$0] }
    for (place, model) in models.enumerated() {
      intervals[model] = plan.interval(
        estimate: estimates[place], replicates: drawn.map { $0?[place] })
    }
    guard
      let compared = PairedBootstrap(
        estimates: estimates, replicates: drawn, confidence: 1 - level)
    else { return }
    method = .bootstrap
    pairs = compared.comparisons.map { pair in
      let (first, second) = (models[pair.first], models[pair.second])
      return Pair(
        first: first, second: second, difference: pair.difference, interval: pair.interval,
        pValue: pair.pValue,
        // Seeds on the same compounds hardly spread: a d over them would be huge and mean nothing.
        effect: nil)
    }
  }
}
