internal import Entities

/// Reads a SMILES file: one SMILES a line, then an identifier and perhaps more columns.
///
/// A line with a tab is cut at its tabs, so an identifier may hold spaces; any other line at its
/// white space. The first line fixes the number of columns, two at least; missing ones are empty,
/// and the last one takes the rest of the line. Blank lines and lines that begin with `#` are no
/// records.
final class SMILESReader {
  private static let maximumColumns = 64

  private(set) var header: [String] = []
  private(set) var structureColumn = 0
  private(set) var idColumn: Int?

  private let name: String
  private let limit: Int
  private var lines: LineScanner
  private var first: ReadRecord?
  private var rows = 0

  init(
    _ window: ByteWindow, name: String, columns: ColumnSelection, limits: RecordLimits
  ) throws(RecordError) {
    self.name = name
    limit = limits.recordBytes
    lines = LineScanner(window, limit: limit)
    let isHeader = try readFirstLine(columns)
    if first == nil { first = try next() }
    if first == nil { throw isHeader ? .onlyHeader(source: name) : .empty(source: name) }
  }

  var bytesRead: Int { lines.bytesRead }
  var totalBytes: Int? { lines.totalBytes }

  func next() throws(RecordError) -> ReadRecord? {
    if let record = first {
      first = nil
      return record
    }
    while let found = try lines.next() {
      if let record = record(found) { return record }
    }
    return nil
  }

  /// Takes the header, or the first record and from it the number of columns; whether there was a
  /// header.
  private func readFirstLine(_ columns: ColumnSelection) throws(RecordError) -> Bool {
    header = ["smiles", "id"]
    let isNamed = columns.structure?.isNamed ?? columns.id?.isNamed ?? false
    while let found = try lines.next() {
      guard case .range(let range) = found, let text = lines.bytes.span.text(range) else {
        // The first record cannot be read, so it says nothing about columns.
        try choose(columns, hasHeader: false)
        first = record(found)
        return false
      }
      let names = Self.names(text)
      let mark = names.first.map { ColumnSelection.isStructureName($0) } ?? false
      if columns.hasHeader ?? (isNamed || mark), !names.isEmpty {
        header = names.count == 1 ? [names[0], "id"] : names
        try choose(columns, hasHeader: true)
        return true
      }
      let width = Self.pieces(lines.bytes.span, range, Self.maximumColumns).count
      if width > 2 { header += (3...width).map { "column_\($0)" } }
      try choose(columns, hasHeader: false)
      first = record(found)
      if first != nil { return false }
      header = ["smiles", "id"]
    }
    return false
  }

  private func choose(_ columns: ColumnSelection, hasHeader: Bool) throws(RecordError) {
    if hasHeader, columns.structure == nil, !header.contains(where: ColumnSelection.isStructureName)
    {
      structureColumn = 0
    } else {
      structureColumn = try columns.structureIndex(in: header, of: name)
    }
    let other = structureColumn == 0 ? 1 : 0
    if hasHeader || columns.id != nil {
      idColumn = try columns.idIndex(in: header, of: name) ?? other
    } else {
      idColumn = other
    }
  }

  /// The record of a line; nil for a blank line or a comment.
  private func record(_ found: LineScanner.Line) -> ReadRecord? {
    let line = lines.line
    guard case .range(let range) = found else {
      guard case .tooLong(let bytes) = found else { return nil }
      rows += 1
      return .refused(
        RefusedRecord(line: line, reason: .tooLong(bytes: bytes, limit: limit)), fields: [])
    }
    let bytes = lines.bytes.span
    let pieces = Self.pieces(bytes, range, header.count)
    if pieces.isEmpty || bytes[range.lowerBound] == ASCII.numberSign { return nil }
    rows += 1
    var fields: [String] = []
    fields.reserveCapacity(header.count)
    for piece in pieces {
      guard let text = bytes.text(piece) else {
        return .refused(RefusedRecord(line: line, reason: .notText), fields: [])
      }
      fields.append(text)
    }
    while fields.count < header.count { fields.append("") }
    let given = idColumn.map { fields[$0] } ?? ""
    let id = given.isEmpty ? "row-\(rows)" : given
    let smiles = fields[structureColumn]
    guard !smiles.isEmpty else {
      let reason = Refusal.missingValue(column: header[structureColumn])
      return .refused(RefusedRecord(line: line, id: id, reason: reason), fields: fields)
    }
    return .record(
      CompoundRecord(line: line, row: rows, id: id, structure: .smiles(smiles), fields: fields))
  }

  /// The column names of a header line; a leading `#` is no part of them.
  private static func names(_ line: String) -> [String] {
    let text = line.trimmed
    let bare = text.hasPrefix("#") ? String(text.dropFirst()).trimmed : text
    return bare.contains("\t")
      ? bare.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).trimmed }
      : bare.split(separator: " ").map(String.init)
  }

  /// The fields of a line, at most `count`; none for a blank line.
  private static func pieces(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ count: Int
  ) -> [Range<Int>] {
    var end = line.upperBound
    while end > line.lowerBound, bytes[end - 1].isBlank { end -= 1 }
    var start = line.lowerBound
    while start < end, bytes[start] == ASCII.space { start += 1 }
    if start == end { return [] }
    var hasTab = false
    for index in start..<end where bytes[index] == ASCII.tab {
      hasTab = true
      break
    }
    var pieces: [Range<Int>] = []
    pieces.reserveCapacity(count)
    while pieces.count < count - 1 {
      var stop = start
      while stop < end, hasTab ? bytes[stop] != ASCII.tab : bytes[stop] != ASCII.space { stop += 1 }
      pieces.append(bytes.trimming(start..<stop))
      if stop == end { return pieces }
      start = stop + 1
      if !hasTab { while start < end, bytes[start] == ASCII.space { start += 1 } }
    }
    pieces.append(bytes.trimming(start..<end))
    return pieces
  }
}

extension ColumnSelection.Column {
  /// Whether the column is given by name.
  fileprivate var isNamed: Bool {
    if case .named = self { true } else { false }
  }
}
