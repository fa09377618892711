public import Evaluation
import Foundation
public import Parallelism
import Provenance
import Statistics

/// Compares the models of one run, or of several on the same rows.
public struct ComparisonCampaign: Sendable {
  let runs: [BenchmarkRun]
  let level: Double
  let allowsMissing: Bool
  let audits: Bool
  let pool: WorkerPool

  /// A model of one of the runs.
  struct Contender {
    let run: BenchmarkRun
    let model: BenchmarkModel
    let name: String
  }

  /// Prepares a comparison.
  /// - Parameters:
  ///   - level: the level of the tests.
  ///   - allowsMissing: whether a model that lacks predictions is left out of that data set, or
  ///     else an error.
  ///   - audits: whether the data sets are audited too.
  public init(
    _ runs: [BenchmarkRun], level: Double = 0.05, allowsMissing: Bool = false, audits: Bool = true,
    pool: WorkerPool
  ) {
    self.runs = runs
    self.level = level
    self.allowsMissing = allowsMissing
    self.audits = audits
    self.pool = pool
  }

  /// Compares; problems are thrown all at once.
  public func run(
    progress: (String, Double) -> Void = { _, _ in }
  ) throws -> ModelComparison {
    let (datasets, contenders) = (datasets, contenders)
    var problems: [String] = []
    var isLacking = false
    var judged: [ModelComparison.Dataset] = []
    for (number, dataset) in datasets.enumerated() {
      progress(dataset.name, Double(number) / Double(datasets.count))
      let gathered = try Gathering(dataset, contenders)
      let missing = allowsMissing ? [] : gathered.missing
      isLacking = isLacking || !missing.isEmpty
      problems += gathered.problems + missing
      guard problems.isEmpty, let data = gathered.data else { continue }
      var result = ModelComparison.Dataset(data, level: level, pool: pool)
      result.learning = gathered.learning
      result.costs = gathered.costs
      if audits { result.audit = try audit(dataset) }
      judged.append(result)
    }
    guard problems.isEmpty else {
      throw SuiteError(
        suite: title,
        problems: problems + (isLacking ? ["--allow-missing leaves out what is not there yet"] : [])
      )
    }
    guard !judged.isEmpty else {
      throw SuiteError(suite: title, problems: ["no data set has predictions to compare"])
    }
    return ModelComparison(
      title: title, about: runs.map(\.suite.about).first ?? "", datasets: judged,
      provenance: try provenance)
  }

  private var title: String {
    var names: [String] = []
    for run in runs where !names.contains(run.suite.name) { names.append(run.suite.name) }
    return names.joined(separator: " and ")
  }

  /// Every data set of a run, once.
  private var datasets: [BenchmarkDataset] {
    var found: [BenchmarkDataset] = []
    for dataset in runs.flatMap(\.suite.datasets)
    where !found.contains(where: { $0.name == dataset.name }) {
      found.append(dataset)
    }
    return found
  }

  /// Every model of every run; a name that stands in several has its run's name added.
  var contenders: [Contender] {
    let all = runs.flatMap { run in run.suite.models.map { (run, $0) } }
    return all.map { run, model in
      let isShared = all.count { $0.1.name == model.name } > 1
      return Contender(
        run: run, model: model, name: isShared ? "\(model.name) (\(run.name))" : model.name)
    }
  }

  private func audit(_ dataset: BenchmarkDataset) throws -> [String] {
    guard let run = runs.first(where: { $0.suite.datasets.contains { $0.name == dataset.name } }),
      let record = try? StableJSON.decode(
        DatasetRecord.self,
        at: run.folder.data.appending(path: "\(BenchmarkModel.fileName(dataset.name)).json")),
      let data = PreparedDataset.read(dataset, from: run.folder.data, key: record.key),
      let replicate = try Replicate.all(of: data, pool: pool).first
    else { return [] }
    let audit = try AuditCampaign.audit(data, replicate, pool: pool)
    return [audit.verdict] + audit.findings.map { "\($0.severity.rawValue): \($0.sentence)" }
  }

  private var provenance: [ModelComparison.Fact] {
    get throws {
      var facts = [ModelComparison.Fact("compared by", CodeVersion.current)]
      for run in runs {
        facts.append(
          .init("run \(run.name)", "suite \(try Digest(ofFileAt: run.folder.suite).hex)"))
        for dataset in run.suite.datasets {
          let name = BenchmarkModel.fileName(dataset.name)
          let url = run.folder.data.appending(path: "\(name).json")
          guard let record = try? StableJSON.decode(DatasetRecord.self, at: url) else { continue }
          facts.append(
            .init(
              "data \(dataset.name)",
              "\(record.rows) rows, \(record.refused) refused, "
                + record.files.map(\.digest.hex).joined(separator: " ")))
        }
        for model in run.suite.models {
          // One digest for all predictions of a model: that of their digests in order.
          let digests = run.suite.datasets.flatMap { dataset in
            run.results(dataset, model).records.sorted { $0.key < $1.key }
              .map(\.value.predictions.hex)
          }
          facts.append(
            .init(
              "predictions of \(model.name)",
              "\(digests.count) tables, \(Digest(of: digests.joined(separator: " ")).hex)"))
        }
      }
      return facts
    }
  }
}
