import Entities
import Foundation
import Provenance

extension BenchmarkCampaign {
  /// A data set that is ready.
  struct Size {
    let key: Digest
    let refused: Int
  }

  /// Reads all data and makes all splits; throws everything that is wrong, at once.
  func prepare(
    _ shouldStop: @Sendable () -> Bool, _ progress: @Sendable (String, Double) -> Void
  ) throws -> [Size] {
    var problems = commandProblems()
    var sizes: [Size] = []
    for (number, dataset) in suite.datasets.enumerated() {
      if shouldStop() { throw Interruption(of: "benchmark") }
      progress("reading \(dataset.name)", Double(number) / Double(suite.datasets.count))
      let (data, wrong) = try prepared(dataset)
      problems += wrong
      guard wrong.isEmpty else { continue }
      let replicates = try Replicate.all(of: data, pool: pool)
      let bad = Set(replicates.compactMap { $0.problem(in: data) }).sorted()
      problems += bad.map { "\(dataset.name): \($0)" }
      sizes.append(
        Size(
          key: try PreparedDataset.key(dataset, data.files), refused: data.refused.count))
    }
    guard problems.isEmpty else { throw SuiteError(suite: suite.name, problems: problems) }
    return sizes
  }

  private func prepared(
    _ dataset: BenchmarkDataset
  ) throws -> (PreparedDataset, problems: [String]) {
    // What an earlier run prepared is taken where the files are still the same.
    var files = [dataset.file] + (dataset.testFile.map { [$0] } ?? [])
    switch dataset.split {
    case .table(let path, _), .draws(let path): files.append(.init(path: path, digest: nil))
    default: break
    }
    let artifacts = files.compactMap { file -> Artifact? in
      let found = try? Artifact(fileAt: dataFolder.appending(path: file.path))
      return file.digest == nil || file.digest == found?.digest ? found : nil
    }
    if artifacts.count == files.count {
      let key = try PreparedDataset.key(dataset, artifacts)
      if let known = PreparedDataset.read(dataset, from: folder.data, key: key) {
        return (known, [])
      }
    }
    let (data, problems) = PreparedDataset.read(dataset, in: dataFolder, pool: pool)
    if problems.isEmpty { try data.write(into: folder.data) }
    return (data, problems)
  }

  private func commandProblems() -> [String] {
    suite.models.compactMap { model in
      guard case .command(let words) = model.kind else { return nil }
      let environment = ProcessInfo.processInfo.environment
      if RivalProcess.executable(words[0], environment: environment) == nil {
        return "\(model.name): there is no program \(words[0])"
      }
      // A script that is missing would fail a hundred times, each after the features were made.
      let missing = words.dropFirst().first {
        $0.hasSuffix(".py") && !FileManager.default.fileExists(atPath: $0)
      }
      return missing.map { "\(model.name): there is no file \($0)" }
    }
  }
}
