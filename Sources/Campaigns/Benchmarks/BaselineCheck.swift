public import Evaluation
public import Parallelism

/// Whether a model got worse than it was in an earlier run.
public struct BaselineCheck: Sendable {
  /// A model on a data set, now against then.
  public struct Change: Codable, Hashable, Sendable {
    /// The data set.
    public let dataset: String
    /// The model.
    public let model: String
    /// The score now less the score then.
    public let difference: Double
    /// The p-value, corrected by Holm's method for all data sets and models.
    public let pValue: Double
    /// What it amounts to for the run of now.
    public let verdict: DatasetComparison.Verdict
  }

  /// Every model that stands in both runs, on every data set that does.
  public let changes: [Change]

  /// Those that got worse by more than chance and by enough to matter.
  public var regressions: [Change] { changes.filter { $0.verdict == .worse } }

  /// Compares a run with an earlier one.
  public init(
    _ now: BenchmarkRun, against then: BenchmarkRun, level: Double = 0.05, pool: WorkerPool
  ) throws {
    var found: [(Change, ahead: Bool, margin: Double)] = []
    var problems: [String] = []
    for dataset in now.suite.datasets {
      guard then.suite.datasets.contains(where: { $0.name == dataset.name }) else { continue }
      for model in now.suite.models {
        guard let earlier = then.suite.models.first(where: { $0.name == model.name }) else {
          continue
        }
        let gathered = try Gathering(
          dataset,
          [
            .init(run: now, model: model, name: "now"),
            .init(run: then, model: earlier, name: "then"),
          ])
        problems += gathered.problems + gathered.missing.map { "\(model.name): \($0)" }
        guard gathered.missing.isEmpty, let data = gathered.data else { continue }
        let compared = DatasetComparison(data, level: level, pool: pool)
        guard let pair = compared.pair(0, 1) else { continue }
        let ahead = dataset.metric.higherIsBetter == (pair.difference > 0)
        let change = Change(
          dataset: dataset.name, model: model.name, difference: pair.difference,
          pValue: pair.pValue, verdict: .undecided)
        found.append((change, ahead, compared.margin))
      }
    }
    guard problems.isEmpty else { throw SuiteError(suite: now.name, problems: problems) }
    guard !found.isEmpty else {
      throw SuiteError(
        suite: now.name, problems: ["no model and data set stand in the baseline \(then.name) too"])
    }
    changes = Self.corrected(found, level)
  }

  private static func corrected(
    _ found: [(Change, ahead: Bool, margin: Double)], _ level: Double
  ) -> [Change] {
    let order = found.indices.sorted { (found[$0].0.pValue, $0) < (found[$1].0.pValue, $1) }
    var corrected = [Double](repeating: 1, count: found.count)
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, Double(found.count - place) * found[index].0.pValue))
      corrected[index] = largest
    }
    return found.indices.map { index in
      let (change, ahead, margin) = found[index]
      let p = corrected[index]
      let verdict: DatasetComparison.Verdict =
        p >= level
        ? .undecided : abs(change.difference) < margin ? .negligible : ahead ? .better : .worse
      return Change(
        dataset: change.dataset, model: change.model, difference: change.difference, pValue: p,
        verdict: verdict)
    }
  }
}
