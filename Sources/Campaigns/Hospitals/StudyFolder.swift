import Foundation
public import Governance
import Provenance
import Records
import Statistics

/// Who asks a hospital's records, and where that is written down before it happens.
public struct StudyJournal: Sendable {
  /// The journal.
  public let journal: AuditJournal
  /// Who asks, and when.
  public let actor: String, time: Date

  /// Names the journal.
  public init(_ journal: AuditJournal, actor: String, time: Date) {
    self.journal = journal
    self.actor = actor
    self.time = time
  }

  /// Writes a reading down.
  func note(_ action: String, _ facts: [String: String]) throws {
    try journal.append(actor: actor, action: action, facts: facts, at: time)
  }
}

/// A table for a result folder.
struct StudyFile {
  let name: String
  let header: [String]
  var rows: [[String]] = []

  init(_ name: String, _ header: [String]) {
    self.name = name
    self.header = header
  }

  /// Writes files and the record of the run into a folder, whole or not at all.
  static func write(
    _ tables: [StudyFile], texts: [(name: String, text: String)] = [], record: RunRecord,
    to folder: URL
  ) throws {
    let staged = try AtomicFolder(at: folder, replacing: .ifItHolds(RunRecord.fileName))
    for table in tables {
      let writer = try DelimitedWriter(
        to: .file(staged.file(table.name).path), format: .tsv, header: table.header)
      for row in table.rows { try writer.write(row) }
      try writer.finish()
    }
    for (name, text) in texts { try AtomicFile.write(text, to: staged.file(name)) }
    var record = record
    record.outputs = try (tables.map(\.name) + texts.map(\.name)).map {
      try Artifact(fileAt: staged.file($0))
    }
    try record.write(into: staged.staging)
    try staged.commit()
  }
}

/// Numbers of an estimate as fields: log ratio, standard error, ratio, its 95 % interval, p.
enum EstimateText {
  static let header = ["log_ratio", "standard_error", "ratio", "lower", "upper", "p"]

  static func fields(_ estimate: StudyEstimate?) -> [String] {
    guard let estimate else { return [String](repeating: "", count: header.count) }
    let reach = -Normal.point(ofShare: 0.025) * estimate.standardError
    return [
      estimate.logRatio, estimate.standardError, exp(estimate.logRatio),
      exp(estimate.logRatio - reach), exp(estimate.logRatio + reach), estimate.pValue,
    ].map { "\($0)" }
  }
}
