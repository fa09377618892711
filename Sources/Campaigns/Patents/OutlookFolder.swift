import Entities
import Foundation
import Patents
import Provenance
import Records

/// A folder of the outlook's tables, its page where there is one, and its record.
enum OutlookFolder {
  /// A table of tab-separated values.
  struct Table {
    let name: String
    let header: [String]
    let rows: [[String]]
  }

  /// Writes the folder, whole or not at all.
  static func write(
    _ tables: [Table], page: String? = nil, record: RunRecord, inputs: [RecordSource], to url: URL
  ) throws {
    let staged = try AtomicFolder(at: url, replacing: .ifItHolds(RunRecord.fileName))
    for table in tables {
      let writer = try DelimitedWriter(
        to: .file(staged.file(table.name).path), format: .tsv, header: table.header)
      for row in table.rows { try writer.write(row) }
      try writer.finish()
    }
    var names = tables.map(\.name)
    if let page {
      try AtomicFile.write(page, to: staged.file(pageName))
      names.append(pageName)
    }
    var record = record
    record.inputs = try inputs.compactMap { source in
      guard case .file(let path) = source else { return nil }
      return try Artifact(fileAt: URL(filePath: path))
    }
    record.outputs = try names.map { try Artifact(fileAt: staged.file($0)) }
    try record.write(into: staged.staging)
    try staged.commit()
  }

  /// The page's name in the folder.
  static let pageName = "report.html"

  /// The rows that were refused, as a table; the first of them where there are many.
  static func refused(_ parts: [(source: RecordSource, rows: OutlookRows)]) -> Table {
    Table(
      name: "refused.tsv", header: ["file", "line", "reason"],
      rows: parts.flatMap { part in
        part.rows.examples.map { [part.source.fileName, "\($0.line)", "\($0.reason)"] }
      })
  }

  /// Counts of rows for the record.
  static func counts(_ rows: [OutlookRows]) -> [String: Int] {
    var counts = ["rows": rows.reduce(0) { $0 + $1.taken }]
    for part in rows {
      for (code, count) in part.refused { counts["refused \(code)", default: 0] += count }
    }
    return counts
  }

  /// A number as text: six digits that count, and no more than are known.
  static func text(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(format: "%.6g", value)
  }
}
