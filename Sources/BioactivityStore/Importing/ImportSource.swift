import Entities
import Foundation
import Provenance
import Records

/// A source under import: its rows in order, each read or refused.
struct ImportSource {
  /// What a row became.
  enum Outcome: Sendable {
    case row(ActivityRow)
    case refused(ActivityRefusal)
  }

  struct Read: Sendable {
    let row: Int
    let line: Int
    let outcome: Outcome
  }

  let name: String
  let digest: Digest
  private let table: TableReader
  private var rows: any ActivityRowReader

  init(
    _ source: RecordSource, format: ActivityFormat, targets: TargetReading
  ) throws {
    switch source {
    case .file(let path): digest = try Digest(ofFileAt: URL(filePath: path))
    case .bytes(let bytes): digest = Digest(of: bytes)
    case .standardInput, .pieces: throw BioactivityError.noFile(source: source.name)
    }
    name = source.fileName
    var table = try TableReader(source)
    // ChEMBL's web page separates by semicolons, whatever the file is called.
    if table.header.count == 1, table.header[0].contains(";") {
      table = try TableReader(source, delimiter: UInt8(ascii: ";"))
    }
    self.table = table
    let header = HeaderIndex(table.header, source: source.name)
    rows =
      switch format {
      case .bindingDB: try BindingDBRows(header)
      case .chembl(let target): try ChEMBLRows(header, target: target)
      case .table(let columns): try NamedColumnRows(columns, header, targets)
      }
  }

  /// The share of the bytes that was read.
  var share: Double {
    Double(table.bytesRead) / Double(max(table.totalBytes ?? table.bytesRead, 1))
  }

  /// The next row, nil at the end.
  mutating func next(_ number: Int) throws(RecordError) -> Read? {
    switch try table.next() {
    case nil: return nil
    case .refused(let record, _):
      return Read(
        row: number, line: record.line,
        outcome: .refused(ActivityRefusal(.unreadableRow, record.reason.description)))
    case .row(let row):
      let outcome: Outcome
      do throws(ActivityRefusal) {
        outcome = .row(try rows.read(row.fields.map(Self.trimmed)))
      } catch { outcome = .refused(error) }
      return Read(row: number, line: row.line, outcome: outcome)
    }
  }

  private static func trimmed(_ field: String) -> String {
    guard let first = field.utf8.first, let last = field.utf8.last else { return field }
    let isBlank = [first, last].contains { $0 <= 32 }
    return isBlank ? field.trimmingCharacters(in: .whitespacesAndNewlines) : field
  }
}
