public import Parallelism
import Statistics

extension ModelComparison.Dataset {
  /// Judges a data set.
  public init(
    _ data: ComparedDataset, level: Double = 0.05, replicates: Int = 1000,
    pool: WorkerPool = WorkerPool(threads: 1)
  ) {
    comparison = DatasetComparison(data, level: level, replicates: replicates, pool: pool)
    tested = data.predictions.first?.first?.rows.count ?? 0
    readouts = PracticalReadout.all(data)
    let own = data.models.indices.map { Self.once(data, $0) }
    curves = data.models.indices.compactMap { model in
      guard let isHit = data.isHit else { return nil }
      return RankingCurves(
        scores: Self.ranks(data, model), labels: own[model].measured.map(isHit)
      )
      .map { ModelComparison.Curves(model: data.models[model], curves: $0) }
    }
    calibration = data.models.indices.compactMap { model in
      ModelComparison.Calibration(data.models[model], own[model], data.metric.isOfClasses)
    }
    learning = []
    costs = []
    audit = []
  }

  /// The scores of each fold as shares of its list: numbers of different trainings do not compare.
  private static func ranks(_ data: ComparedDataset, _ model: Int) -> [Double] {
    data.once.flatMap { replicate -> [Double] in
      let scores = data.wanted(data.predictions[replicate][model])
      return Ranks.averaged(scores).map { ($0 - 0.5) / Double(scores.count) }
    }
  }

  /// Each tested row once: the folds of one repeat put together.
  private static func once(_ data: ComparedDataset, _ model: Int) -> ComparedDataset.Predictions {
    let parts = data.once.map { data.predictions[$0][model] }
    let deviations = parts.compactMap(\.deviations)
    return ComparedDataset.Predictions(
      rows: parts.flatMap(\.rows), measured: parts.flatMap(\.measured),
      predicted: parts.flatMap(\.predicted),
      deviations: deviations.count == parts.count ? deviations.flatMap { $0 } : nil)
  }
}

extension ModelComparison.Calibration {
  init?(_ model: String, _ own: ComparedDataset.Predictions, _ isOfClasses: Bool) {
    self.model = model
    if isOfClasses {
      guard own.predicted.allSatisfy({ (0...1).contains($0) }) else { return nil }
      bins =
        ReliabilityTable(probabilities: own.predicted, labels: own.measured.map { $0 == 1 }).bins
      coverage = []
      return
    }
    guard let deviations = own.deviations, deviations.allSatisfy({ $0 > 0 && $0.isFinite }),
      !own.rows.isEmpty
    else { return nil }
    bins = []
    coverage = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95].map { nominal in
      let reach = -Normal.point(ofShare: (1 - nominal) / 2)
      let held = own.rows.indices.count {
        abs(own.measured[$0] - own.predicted[$0]) <= reach * deviations[$0]
      }
      return ModelComparison.Coverage(
        nominal: nominal, observed: Double(held) / Double(own.rows.count))
    }
  }
}
