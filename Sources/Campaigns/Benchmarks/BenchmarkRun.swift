import Evaluation
public import Foundation
import Provenance

/// A benchmark's folder, read again.
public struct BenchmarkRun: Sendable {
  /// The name of the folder.
  public let name: String
  /// What was run; of the models the names alone.
  public let suite: BenchmarkSuite
  let folder: BenchmarkFolder

  /// Opens a folder.
  public init(at url: URL) throws {
    name = url.lastPathComponent
    folder = BenchmarkFolder(url: url)
    let stored: StoredSuite
    do { stored = try StableJSON.decode(StoredSuite.self, at: folder.suite) } catch {
      throw SuiteError(
        suite: url.relativePath, problems: ["it holds no run of `osong bench run`: \(error)"])
    }
    suite = BenchmarkSuite(
      name: stored.name, about: stored.about,
      models: stored.models.map { BenchmarkModel(name: $0.name, kind: .command([])) },
      datasets: stored.datasets.map(\.dataset))
  }

  /// What a model of a data set gave, by replicate.
  struct Results {
    var records: [String: PredictionRecord] = [:]
    var costs: [String: PredictionCost] = [:]
  }

  /// The names of a data set's replicates, in the order in which people count: `r2` before `r10`.
  func replicates(_ dataset: BenchmarkDataset) -> [String] {
    let url = folder.url.appending(
      path: "predictions/\(BenchmarkModel.fileName(dataset.name))")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    func key(_ name: String) -> [Double] {
      name.split { !($0.isNumber || $0 == ".") }.map { Double($0) ?? 0 }
    }
    return names.sorted { (one, other) in
      let (a, b) = (key(one), key(other))
      return a == b ? one < other : a.lexicographicallyPrecedes(b)
    }
  }

  func results(_ dataset: BenchmarkDataset, _ model: BenchmarkModel) -> Results {
    var results = Results()
    for replicate in replicates(dataset) {
      let base = folder.base(dataset.name, replicate, model)
      guard let record = folder.record(base) else { continue }
      results.records[replicate] = record
      results.costs[replicate] = folder.cost(base)
    }
    return results
  }

  func predictions(
    _ dataset: BenchmarkDataset, _ model: BenchmarkModel, _ replicate: String
  ) throws -> ComparedDataset.Predictions {
    let stored = try folder.predictions(folder.base(dataset.name, replicate, model))
    return ComparedDataset.Predictions(
      rows: stored.rows, measured: stored.measured, predicted: stored.predicted,
      deviations: stored.deviations)
  }
}
