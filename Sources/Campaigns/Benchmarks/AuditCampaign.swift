import Entities
public import Evaluation
import Fingerprints
public import Foundation
import Molecules
public import Parallelism
import PropertyModels
import Provenance
import Records

/// Audits a table, or two, before models are compared on it.
public struct AuditCampaign: Sendable {
  /// How the rows are parted.
  public enum Parts: Sendable {
    /// By a column; nil looks for `split`, and without one parts by chance.
    case column(String?)
    /// By the files: the second one is the test.
    case testFile(URL)
    /// By chance.
    case random(seed: UInt64)
    /// By scaffolds.
    case scaffold(seed: UInt64)
  }

  /// What was found.
  public struct Outcome: Sendable {
    /// The audit.
    public let audit: DataAudit
    /// How the rows were parted, in words.
    public let split: String
    /// Rows that could not be used.
    public let refused: Int
  }

  private let table: URL
  private let parts: Parts
  private let value: String?
  private let smiles: String?
  private let id: String?
  private let pool: WorkerPool

  /// Prepares an audit.
  public init(
    table: URL, parts: Parts, value: String? = nil, smiles: String? = nil, id: String? = nil,
    pool: WorkerPool
  ) {
    self.table = table
    self.parts = parts
    self.value = value
    self.smiles = smiles
    self.id = id
    self.pool = pool
  }

  /// Reads and audits.
  public func run() throws -> Outcome {
    let header = try TableReader(.file(table.path)).header
    let columns = ActivityColumns(values: value.map { [$0] } ?? [])
    let column = try columns.valueIndices(in: header)[0]
    let (split, words) = split(header)
    var testFile: BenchmarkDataset.File?
    if case .testFile(let url) = parts { testFile = .init(path: url.path, digest: nil) }
    let dataset = BenchmarkDataset(
      name: table.lastPathComponent, file: .init(path: table.path, digest: nil),
      testFile: testFile, smiles: smiles, value: header[column], id: id,
      task: LearningTask(name: header[column]), metric: .rmse, hit: nil, margin: nil, split: split,
      shares: [1])
    let (data, problems) = PreparedDataset.read(dataset, in: URL(filePath: "/"), pool: pool)
    guard problems.isEmpty else { throw SuiteError(suite: dataset.name, problems: problems) }
    guard let replicate = try Replicate.all(of: data, pool: pool).first, !replicate.test.isEmpty,
      !replicate.train.isEmpty
    else {
      throw SuiteError(
        suite: dataset.name, problems: ["it needs rows to learn from and to test on"])
    }
    return Outcome(
      audit: try Self.audit(data, replicate, pool: pool), split: words, refused: data.refused.count)
  }

  private func split(_ header: [String]) -> (BenchmarkSplit, String) {
    switch parts {
    case .column(let name?): (.column(name, seeds: [0]), "by the column \(name)")
    case .column(nil) where header.contains("split"):
      (.column("split", seeds: [0]), "by the column split")
    case .column(nil): (.random(seeds: [0]), "by chance, for the table names no split")
    case .testFile(let url): (.files(seeds: [0]), "the test is \(url.lastPathComponent)")
    case .random(let seed): (.random(seeds: [seed]), "by chance, seed \(seed)")
    case .scaffold(let seed): (.scaffold(.balanced, seeds: [seed]), "by scaffolds, seed \(seed)")
    }
  }

  static func audit(
    _ data: PreparedDataset, _ replicate: Replicate, pool: WorkerPool
  ) throws -> DataAudit {
    let chosen = replicate.train.map { ($0, false) } + replicate.test.map { ($0, true) }
    let made = try pool.map(throwing: chosen.count) { place -> (AuditedRow, Fingerprint) in
      let (number, isTest) = chosen[place]
      let row = data.rows[number]
      let structure = try Structure(parsing: row.smiles)
      // The first block of the key knows no stereochemistry; where InChI has no form for a
      // structure, it stands for itself alone.
      let key = try? structure.inchiKey()
      return (
        AuditedRow(
          id: row.id, identity: row.smiles,
          skeleton: key.map { String($0.prefix(14)) } ?? row.smiles,
          scaffold: try structure.scaffoldSMILES(), value: row.value, isTest: isTest,
          place: row.row),
        Fingerprint(
          bitCount: FingerprintAlgorithm.ecfp4.bitCount,
          words: try structure.fingerprintWords(.ecfp4))
      )
    }
    return DataAudit(made.map(\.0), fingerprints: made.map(\.1), pool: pool)
  }
}

extension AuditCampaign.Outcome {
  /// Writes `audit.json` and `pairs.csv`.
  public func write(into folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try StableJSON.write(audit, to: folder.appending(path: "audit.json"))
    let writer = try DelimitedWriter(
      to: .file(folder.appending(path: "pairs.csv").path),
      header: ["finding", "id", "other_id", "similarity"])
    for pair in audit.pairs {
      try writer.write([pair.kind.rawValue, pair.id, pair.otherID, "\(pair.similarity)"])
    }
    try writer.finish()
  }
}
