import Evaluation
import PropertyModels
import Statistics

/// The predictions of all models for one data set, put side by side.
struct Gathering {
  private(set) var data: ComparedDataset?
  private(set) var learning: [ModelComparison.Learning] = []
  private(set) var costs: [ModelComparison.Cost] = []
  /// Models that lack predictions.
  private(set) var missing: [String] = []
  /// Runs that cannot be compared.
  private(set) var problems: [String] = []

  init(_ dataset: BenchmarkDataset, _ contenders: [ComparisonCampaign.Contender]) throws {
    let own = contenders.filter { $0.run.suite.datasets.contains { $0.name == dataset.name } }
    let results = own.map { $0.run.results(dataset, $0.model) }
    var replicates: [String] = []
    for contender in own {
      for name in contender.run.replicates(dataset) where !replicates.contains(name) {
        replicates.append(name)
      }
    }
    let whole = replicates.filter { name in
      results.contains { $0.records[name]?.share == 1 }
    }
    for name in whole where Set(results.compactMap { $0.records[name]?.testRows }).count > 1 {
      problems.append(
        "\(dataset.name) \(name): the runs tested different rows, so they cannot be compared")
    }
    var complete: [Int] = []
    for (place, contender) in own.enumerated() {
      let lacking = whole.filter { results[place].records[$0] == nil }
      if lacking.isEmpty, !whole.isEmpty {
        complete.append(place)
      } else {
        missing.append(
          "\(dataset.name): \(contender.name) lacks \(max(lacking.count, 1)) of "
            + "\(max(whole.count, 1)) folds (\(lacking.first ?? "all")…)")
      }
    }
    guard problems.isEmpty, !complete.isEmpty, !whole.isEmpty else { return }
    let models = complete.map { own[$0] }
    data = ComparedDataset(
      name: dataset.name, metric: dataset.metric, unit: dataset.task.unit, margin: dataset.margin,
      isHit: Self.isHit(dataset.hit),
      lowFirst: dataset.hit.map { !$0.above } ?? false, models: models.map(\.name),
      replicates: whole,
      predictions: try whole.map { name in
        try models.map { try $0.run.predictions(dataset, $0.model, name) }
      },
      movesTestRows: dataset.split.movesTestRows)
    costs = complete.map { Self.cost(own[$0].name, results[$0], whole) }
    try learn(dataset, models, results: complete.map { results[$0] })
  }

  private static func isHit(_ rule: HitRule?) -> (@Sendable (Double) -> Bool)? {
    guard let rule else { return nil }
    return { rule.isHit($0) }
  }

  private static func cost(
    _ name: String, _ results: BenchmarkRun.Results, _ whole: [String]
  ) -> ModelComparison.Cost {
    let costs = whole.compactMap { results.costs[$0] }
    let tested = whole.compactMap { results.records[$0] }.reduce(0) { $0 + $1.tested }
    let predicting = costs.compactMap(\.predictSeconds)
    let seconds = predicting.reduce(0, +)
    return ModelComparison.Cost(
      model: name, trainSeconds: Moments.mean(costs.map(\.trainSeconds)) ?? 0,
      moleculesPerSecond: predicting.count == whole.count && seconds > 0
        ? Double(tested) / seconds : nil,
      bytes: whole.first.flatMap { results.records[$0]?.modelBytes })
  }

  private mutating func learn(
    _ dataset: BenchmarkDataset, _ models: [ComparisonCampaign.Contender],
    results: [BenchmarkRun.Results]
  ) throws {
    guard dataset.shares.count > 1 else { return }
    for (contender, result) in zip(models, results) {
      for share in dataset.shares {
        let names = result.records.filter { $0.value.share == share }.keys.sorted()
        let scores = try names.map { name -> Double? in
          let own = try contender.run.predictions(dataset, contender.model, name)
          return dataset.metric.value(predicted: own.predicted, measured: own.measured)
        }
        let known = scores.compactMap { $0 }
        learning.append(
          .init(
            model: contender.name, share: share,
            mean: known.count == scores.count ? Moments.mean(known) : nil))
      }
    }
  }
}
