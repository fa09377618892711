import Foundation
import Governance
import Provenance
import PublicSample
import Records

/// What a table's estimates told so far, kept between runs in a file beside the data.
///
/// A working file of who holds the sample: it groups its rows, and is not to be passed on.
struct SampleSession {
  private struct Content: Codable {
    let table: String
    let session: QueryGuard
  }

  /// Opens the gate of a session, lets a body ask, and writes what was told before it returns: a
  /// kill in between costs answers and never gives one twice.
  static func judge<Value>(
    at url: URL?, table: Digest, rows: Int, rule: MinimumCell,
    _ body: (inout ExportGate) throws -> Value
  ) throws -> Value {
    guard let url else {
      var gate = try ExportGate(rows: rows, rule: rule)
      return try body(&gate)
    }
    guard let lock = try FileLock(at: url.appendingPathExtension("lock"), for: "estimating") else {
      throw GovernanceError.locked(url.relativePath)
    }
    defer { _ = lock }
    var known: QueryGuard?
    if FileManager.default.fileExists(atPath: url.path) {
      guard
        let content = try? JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
      else { throw SampleError("\(url.relativePath) is no session of estimates") }
      guard content.table == table.hex else {
        throw SampleError("\(url.relativePath) is the session of another table")
      }
      known = content.session
    }
    var gate = try ExportGate(rows: rows, rule: rule, session: known)
    let value = try body(&gate)
    let content = Content(table: table.hex, session: gate.session)
    try AtomicFile.write(JSONEncoder().encode(content), to: url)
    return value
  }
}

/// A folder of a table and its record.
enum PublicFolder {
  static func write(
    _ tables: [(name: String, header: [String], rows: [[String]])], record: RunRecord, to url: URL
  ) throws {
    let staged = try AtomicFolder(at: url, replacing: .ifItHolds(RunRecord.fileName))
    let place = staged.staging
    for table in tables {
      let writer = try DelimitedWriter(
        to: .file(place.appending(path: table.name).path), format: .tsv, header: table.header)
      for row in table.rows { try writer.write(row) }
      try writer.finish()
    }
    var record = record
    record.outputs = try tables.map { try Artifact(fileAt: place.appending(path: $0.name)) }
    try record.write(into: place)
    try staged.commit()
  }
}
