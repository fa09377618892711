import Entities
import Foundation
import PropertyModels
import Provenance
import Records

/// Tables of measured activities put under one another, as one that a training reads.
struct MeasuredTables {
  /// The table.
  let url: URL
  /// Rows with a value.
  let count: Int
  /// Rows that were not taken.
  let refused: [RefusedRecord]
  /// The highest value that is no bound; nil where there is none.
  let best: Double?
  /// The values that are no bounds, the highest first.
  let values: [Double]

  /// Reads tables with a structure and a column named like the endpoint; writes them into a folder under
  /// a name that follows from their content.
  init(_ tables: [URL], endpoint: String, into folder: URL) throws {
    var rows: [[String]] = []
    var (refused, values): ([RefusedRecord], [Double]) = ([], [])
    for table in tables {
      let reader = try CompoundReader(.file(table.path))
      guard let column = reader.header.firstIndex(of: endpoint) else {
        throw NightError.missing(
          "\(table.lastPathComponent) has no column \(endpoint); there are "
            + reader.header.prefix(30).joined(separator: ", "))
      }
      while let next = try reader.next() {
        switch next {
        case .refused(let record, _): refused.append(record)
        case .record(let record):
          let text = record.fields[column]
          // Tables have SMILES; a mol block has no column of values.
          guard case .smiles(let structure) = record.structure else { continue }
          guard let label = try? LabelText.label(text, column: endpoint, scale: .endpoint) else {
            if !text.isEmpty {
              refused.append(
                RefusedRecord(
                  line: record.line, id: record.id,
                  reason: .notANumber(column: endpoint, text: String(text.prefix(40)))))
            }
            continue
          }
          if label.relation == .equal { values.append(label.value) }
          rows.append([record.id, structure, text])
        }
      }
    }
    let content = Digest(of: rows.joined().joined(separator: "\n"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.appending(path: "measured-\(endpoint)-\(content.short).csv")
    let table = try DelimitedWriter(to: .file(url.path), header: ["id", "smiles", endpoint])
    for row in rows { try table.write(row) }
    try table.finish()
    count = rows.count
    self.refused = refused
    self.values = values.sorted(by: >)
    best = self.values.first
  }
}
