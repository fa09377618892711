import Entities
import Molecules
import Records

/// Identifiers listed in a file, read in pieces.
final class IdentifierList {
  struct Entry: Hashable, Sendable {
    let line: Int
    let id: String
    /// Why the line could not be read.
    var refusal: Refusal?
  }

  private let reader: TableReader?
  private let column: Int

  /// Opens a plain list, or a table (.csv, .tsv) with a column of identifiers.
  init(_ source: RecordSource, columns: ColumnSelection) throws(RecordError) {
    let name = source.fileName.lowercased()
    let isTable = [".csv", ".tsv", ".csv.gz", ".tsv.gz"].contains { name.hasSuffix($0) }
    do throws(RecordError) {
      reader =
        isTable
        ? try TableReader(source, hasHeader: columns.hasHeader ?? true)
        : try TableReader(source, format: .tsv, hasHeader: false)
    } catch {
      // A list of nothing asks for nothing.
      guard case .empty = error, !isTable else { throw error }
      reader = nil
      column = 0
      return
    }
    let header = reader?.header ?? []
    column = isTable ? try Self.column(of: columns, in: header, name: source.name) : 0
  }

  private static func column(
    of columns: ColumnSelection, in header: [String], name: String
  ) throws(RecordError) -> Int {
    if let place = try columns.idIndex(in: header, of: name) { return place }
    // A table of one column needs no name for it.
    if header.count == 1 { return 0 }
    throw .noSuchColumn(source: name, role: .id, wanted: "id", found: header)
  }

  /// At most `count` more identifiers; none at the end.
  func next(atMost count: Int) throws(RecordError) -> [Entry] {
    var entries: [Entry] = []
    while entries.count < count, let found = try reader?.next() {
      switch found {
      case .row(let row): entries.append(Entry(line: row.line, id: row.fields[column]))
      case .refused(let record, _):
        entries.append(Entry(line: record.line, id: record.id, refusal: record.reason))
      }
    }
    return entries
  }
}
