import Evaluation
import Parallelism
import Statistics
import Testing

@Suite("Model comparison") struct ModelComparisonTests {
  /// Models whose errors have these sizes, on folds or on one test set.
  static func data(
    _ errors: [Double], folds: Bool, metric: ComparisonMetric = .rmse, rows: Int = 60,
    count: Int = 25, seed: UInt64 = 1
  ) -> ComparedDataset {
    var draws = Xoshiro256(seed: seed)
    let fixed = (0..<rows).map { _ in 4 + 4 * draws.drawUnit() }
    let shared = (0..<rows).map { _ in draws.drawUnit() - 0.5 }
    let predictions = (0..<count).map { fold -> [ComparedDataset.Predictions] in
      let measured = folds ? (0..<rows).map { _ in 4 + 4 * draws.drawUnit() } : fixed
      return errors.map { error in
        ComparedDataset.Predictions(
          rows: Array(0..<rows).map { folds ? fold * rows + $0 : $0 }, measured: measured,
          predicted: (0..<rows).map {
            measured[$0] + error * (draws.drawUnit() - 0.5 + (folds ? 0 : shared[$0]))
          }, deviations: measured.map { _ in max(error, 1e-9) / 3.46 })
      }
    }
    return ComparedDataset(
      name: "made up", metric: metric, unit: "log10", isHit: { $0 >= 7 },
      models: errors.indices.map { "m\($0)" },
      replicates: (0..<count).map { folds ? "r\($0 / 5 + 1)-f\($0 % 5 + 1)" : "seed-\($0)" },
      predictions: predictions, movesTestRows: folds)
  }

  @Test func `over folds a better model is better, and an equal one is not`() throws {
    let compared = DatasetComparison(Self.data([1, 1, 2], folds: true))
    #expect(compared.method == .tukey || compared.method == .nemenyi)
    #expect(try #require(compared.pair(0, 2)).verdict == .better)
    #expect(try #require(compared.pair(2, 1)).verdict == .worse)
    #expect(try #require(compared.pair(0, 1)).verdict == .undecided)
    #expect(compared.standings.map(\.isAmongBest) == [true, true, false])
  }

  @Test func `on one test set compounds are drawn again, whatever the threads`() throws {
    let data = Self.data([1, 1, 2], folds: false, count: 3)
    let compared = DatasetComparison(data, replicates: 400)
    #expect(compared.method == .bootstrap)
    #expect(try #require(compared.pair(0, 2)).verdict == .better)
    #expect(try #require(compared.pair(0, 1)).verdict == .undecided)
    #expect(compared == DatasetComparison(data, replicates: 400, pool: .init(threads: 3)))
  }

  @Test func `a difference that is sure but small is negligible`() throws {
    let compared = DatasetComparison(
      Self.data([1, 1.03], folds: true, rows: 4000, seed: 3))
    #expect(try #require(compared.pair(0, 1)).verdict == .negligible)
  }

  @Test func `a metric that is undefined for a model leaves it out, and the others stand`() {
    let compared = DatasetComparison(Self.data([1, 2, 0], folds: true, metric: .rocAUC))
    // No measured value is 1: every model's area is undefined.
    #expect(compared.method == .none)
    #expect(compared.standings.allSatisfy { $0.mean == nil && !$0.isAmongBest })
  }

  @Test func `the read-out counts what a buyer gets`() throws {
    let readouts = PracticalReadout.all(Self.data([0, 8], folds: true))
    #expect(readouts[0].expected > 90 && readouts[0].byChance < 40)
    #expect(readouts[1].expected < readouts[0].expected)
    #expect(readouts[0].sentence.hasPrefix("of the top 100 you would buy, expect 9"))
    #expect(readouts[0].recallAtPrecision80 == 1)
  }

  // The errors are uniform, which a normal interval holds a little less often in the middle.
  @Test func `intervals of a model that knows its doubt are calibrated`() throws {
    let dataset = ModelComparison.Dataset(Self.data([1], folds: true, rows: 400))
    let calibration = try #require(dataset.calibration.first)
    #expect(calibration.coverage.allSatisfy { abs($0.nominal - $0.observed) < 0.15 })
  }

  @Test func `ranks over data sets need two of them`() throws {
    let one = DatasetComparison(Self.data([1, 2], folds: true))
    #expect(OverallRanking([one]) == nil)
    let ranking = try #require(OverallRanking([one, one, one]))
    #expect(ranking.meanRanks == [1, 2])
  }
}

@Suite("Enrichment band") struct EnrichmentBandTests {
  @Test func `of many test sets nineteen in twenty bands hold the true share`() throws {
    var draws = Xoshiro256(seed: 9)
    // Scores 0 to 1; a compound of score s is active with chance s²/2: in the first tenth the
    // expected share of all actives is (1 − 0.9³).
    let truth = 1 - 0.9 * 0.9 * 0.9
    let held = (0..<400).count { _ in
      let scores = (0..<1000).map { _ in draws.drawUnit() }
      let labels = scores.map { draws.drawUnit() < $0 * $0 / 2 }
      let band = EnrichmentBand(scores: scores, labels: labels, fraction: 0.1)
      return band.map { $0.interval.lower <= truth && truth <= $0.interval.upper } ?? false
    }
    #expect((0.92...0.985).contains(Double(held) / 400), "\(held) of 400")
  }

  @Test func `a head of hits alone keeps a doubt, and no actives have no band`() throws {
    let scores = (0..<200).map { -Double($0) }
    let band = try #require(
      EnrichmentBand(scores: scores, labels: scores.map { $0 > -100 }, fraction: 0.05))
    #expect(band.recall == 0.1 && band.interval.lower < 0.1)
    #expect(
      EnrichmentBand(scores: scores, labels: scores.map { _ in false }, fraction: 0.05) == nil)
    #expect(RankingCurves(scores: scores, labels: scores.map { _ in true }) == nil)
  }
}
