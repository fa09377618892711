import Entities
public import Foundation
public import Parallelism
import PropertyModels
import Provenance
import Synchronization

/// What a benchmark gave.
public struct BenchmarkOutcome: Sendable {
  /// A model that gave no predictions.
  public struct Failure: Hashable, Sendable, CustomStringConvertible {
    /// The data set, replicate and model.
    public let name: String
    /// Why.
    public let reason: String
    /// One line for a reader.
    public var description: String { "\(name): \(reason)" }
  }
  /// Predictions that were made by this run.
  public var made = 0
  /// Predictions that were there already.
  public var kept = 0
  /// Models that gave no predictions; the next run tries again.
  public var failures: [Failure] = []
  /// Rows that no data set could use.
  public var refused = 0
}

/// Trains and tests every model of a suite on every replicate of every data set.
///
/// Each (data set, replicate, model) is written as soon as it is done, whole or not at all: a run
/// that was killed goes on where it was, and ends with the same bytes.
public struct BenchmarkCampaign: Sendable {
  let suite: BenchmarkSuite
  let whole: BenchmarkSuite
  let dataFolder: URL
  let folder: BenchmarkFolder
  let pool: WorkerPool

  /// Prepares a run.
  /// - Parameters:
  ///   - suite: what is run.
  ///   - whole: the suite that it is a part of, which is what a comparison looks for.
  ///   - data: the folder below which the suite's files are.
  ///   - output: where predictions are kept.
  public init(
    _ suite: BenchmarkSuite, of whole: BenchmarkSuite? = nil, data: URL, output: URL,
    pool: WorkerPool
  ) {
    self.suite = suite
    self.whole = whole ?? suite
    dataFolder = data
    folder = BenchmarkFolder(url: output)
    self.pool = pool
  }

  /// One model on one replicate.
  struct Piece: Sendable {
    let replicate: Replicate
    let model: BenchmarkModel
    let base: URL
    let key: Digest
    let testRows: Digest
  }

  /// Checks everything, then trains whatever is not there yet.
  /// - Parameter progress: told what is being done, and the share of the work that is behind.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (String, Double) -> Void = { _, _ in }
  ) throws -> BenchmarkOutcome {
    try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
    guard
      let lock = try FileLock(
        at: folder.url.appending(path: BenchmarkFolder.lockFile), for: "benchmark \(suite.name)")
    else {
      throw SuiteError(
        suite: suite.name, problems: ["another run works in \(folder.url.relativePath)"])
    }
    let sizes = try prepare(shouldStop, progress)
    try StableJSON.write(whole, to: folder.suite)
    var outcome = BenchmarkOutcome()
    outcome.refused = sizes.reduce(0) { $0 + $1.refused }
    // Only what is not there yet is work, or the time that is left would be told too short.
    let work = try zip(suite.datasets, sizes).map { dataset, size -> Double in
      let open = try pieces(data(dataset, size)).filter { folder.record($0.base)?.key != $0.key }
      return open.reduce(0) { $0 + Double($1.replicate.train.count) }
    }
    let total = work.reduce(0, +)
    var behind = 0.0
    for ((dataset, size), own) in zip(zip(suite.datasets, sizes), work) {
      let start = behind
      try run(data(dataset, size), shouldStop, into: &outcome) { share in
        progress(dataset.name, (start + share * own) / max(total, 1))
      }
      behind += own
    }
    try writeRecord()
    extendLifetime(lock)
    return outcome
  }

  private func data(_ dataset: BenchmarkDataset, _ size: Size) throws -> PreparedDataset {
    if let data = PreparedDataset.read(dataset, from: folder.data, key: size.key) { return data }
    throw SuiteError(suite: suite.name, problems: ["\(dataset.name) vanished while it ran"])
  }

  private func run(
    _ data: PreparedDataset, _ shouldStop: @escaping @Sendable () -> Bool,
    into outcome: inout BenchmarkOutcome, _ progress: @escaping @Sendable (Double) -> Void
  ) throws {
    let pieces = try pieces(data)
    let open = pieces.filter { folder.record($0.base)?.key != $0.key }
    outcome.kept += pieces.count - open.count
    let table = CompoundTable(smiles: data.rows.map(\.smiles))
    let done = Mutex(0)
    let failures = try pool.map(throwing: open.count) { number -> BenchmarkOutcome.Failure? in
      if shouldStop() { throw Interruption(of: "benchmark") }
      let piece = open[number]
      var failure: BenchmarkOutcome.Failure?
      do {
        try PieceRun(piece: piece, data: data, table: table, shouldStop: shouldStop).run(folder)
      } catch let stop as Interruption { throw stop } catch {
        failure = .init(
          name: "\(data.dataset.name) \(piece.replicate.name) \(piece.model.name)",
          reason: "\(error)")
      }
      progress(
        done.withLock { done in
          done += 1
          return Double(done) / Double(open.count)
        })
      return failure
    }
    let failed = failures.compactMap { $0 }
    outcome.failures += failed
    outcome.made += open.count - failed.count
  }

  /// All pieces of a data set, model by model inside a replicate.
  func pieces(_ data: PreparedDataset) throws -> [Piece] {
    let dataKey = try PreparedDataset.key(data.dataset, data.files)
    return try Replicate.all(of: data, pool: pool).flatMap { replicate in
      let train = Digest(of: replicate.train.map { "\(data.rows[$0].row)" }.joined(separator: ","))
      let test = Digest(of: replicate.test.map { "\(data.rows[$0].row)" }.joined(separator: ","))
      return try suite.models.map { model in
        let parts = [
          dataKey.hex, replicate.name, "\(replicate.seed)", train.hex, test.hex,
          try modelKey(model).hex, CodeVersion.current,
        ]
        return Piece(
          replicate: replicate, model: model,
          base: folder.base(data.dataset.name, replicate.name, model),
          key: Digest(of: parts.joined(separator: " ")), testRows: test)
      }
    }
  }

  /// Settings; for a program its words and the content of those that are files.
  private func modelKey(_ model: BenchmarkModel) throws -> Digest {
    var data = try StableJSON.encode(model.kind)
    if case .command(let words) = model.kind {
      for word in words where word.contains("/") {
        if let digest = try? Digest(ofFileAt: URL(filePath: word)) { data += Data(digest.hex.utf8) }
      }
    }
    return Digest(of: data)
  }

  private func writeRecord() throws {
    var record = RunRecord(verb: "bench run", options: ["suite": suite.name])
    record.inputs = [
      Artifact(name: BenchmarkFolder.suiteFile, digest: try Digest(ofFileAt: folder.suite))
    ]
    for dataset in suite.datasets {
      let name = BenchmarkModel.fileName(dataset.name)
      let kept = try StableJSON.decode(
        DatasetRecord.self, at: folder.data.appending(path: "\(name).json"))
      record.inputs += kept.files
      record.counts["rows \(dataset.name)"] = kept.rows
      record.counts["refused \(dataset.name)"] = kept.refused
    }
    try record.write(into: folder.url)
  }
}
