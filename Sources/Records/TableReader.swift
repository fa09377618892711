public import Entities

/// A row of a delimited table.
public struct TableRow: Hashable, Sendable {
  /// The line where the row begins, counted from 1.
  public let line: Int
  /// The place of the row among all rows, refused ones too, counted from 1.
  public let row: Int
  /// The values, as many as the header has names.
  public let fields: [String]
}

/// What a reader finds at the place of a row.
public enum ReadRow: Hashable, Sendable {
  /// A readable row.
  case row(TableRow)
  /// A refused one, with the fields that could be read.
  case refused(RefusedRecord, fields: [String])
}

/// Reads a delimited table row by row in bounded memory: any columns, values as text.
///
/// A ragged row is refused and shifts nothing. Not for two threads at once.
public final class TableReader {
  /// The most columns a header may name.
  public static let maximumColumns = 1 << 16

  /// The columns' names; `column_1`, `column_2`, … when the table has no header.
  public private(set) var header: [String] = []

  private let name: String
  private var scanner: DelimitedScanner
  private var first: ReadRow?
  private var rows = 0
  private var failure: RecordError?

  /// Opens a table and reads its header.
  ///
  /// - Parameters:
  ///   - format: csv or tsv; nil decides by the name, then by the first line.
  ///   - hasHeader: whether the first row names the columns.
  ///   - delimiter: the byte between fields, such as that of `;`; nil for the format's own.
  public convenience init(
    _ source: RecordSource, format: RecordFormat? = nil, hasHeader: Bool = true,
    delimiter: UInt8? = nil, limits: RecordLimits = .default
  ) throws(RecordError) {
    var window = try ByteWindow.opening(source)
    let format = try window.format(of: source, given: format)
    try self.init(
      window, name: source.name, format: format, hasHeader: hasHeader, delimiter: delimiter,
      limits: limits)
  }

  init(
    _ window: ByteWindow, name: String, format: RecordFormat, hasHeader: Bool,
    delimiter: UInt8? = nil, limits: RecordLimits
  ) throws(RecordError) {
    guard let delimiter = delimiter ?? format.delimiter else { throw .notATable(source: name) }
    self.name = name
    scanner = DelimitedScanner(window, delimiter: delimiter, limit: limits.recordBytes)
    if hasHeader { try readHeader() }
    first = try read()
    if first == nil { throw header.isEmpty ? .empty(source: name) : .onlyHeader(source: name) }
  }

  /// The next row, nil at the end.
  ///
  /// Throws when the rest cannot be read; everything before it has been handed out then.
  public func next() throws(RecordError) -> ReadRow? {
    if let row = first {
      first = nil
      return row
    }
    return try read()
  }

  /// Bytes taken from the source so far, packed ones where it is gzip.
  public var bytesRead: Int { scanner.bytesRead }

  /// The size of the source, nil for a pipe.
  public var totalBytes: Int? { scanner.totalBytes }

  private func readHeader() throws(RecordError) {
    switch try scanner.next() {
    case nil: throw .empty(source: name)
    case .refused(let reason):
      throw .unreadableHeader(source: name, reason: "it \(reason)")
    case .fields:
      guard scanner.fields.count <= Self.maximumColumns else {
        throw .unreadableHeader(
          source: name,
          reason: "it has \(scanner.fields.count) columns, the limit is \(Self.maximumColumns)")
      }
      guard let names = scanner.texts(upTo: .max) else {
        throw .unreadableHeader(source: name, reason: "it is not UTF-8 text")
      }
      header = names
    }
  }

  private func read() throws(RecordError) -> ReadRow? {
    if let failure { throw failure }
    do throws(RecordError) {
      return try scanRow()
    } catch {
      failure = error
      throw error
    }
  }

  private func scanRow() throws(RecordError) -> ReadRow? {
    guard let found = try scanner.next() else { return nil }
    rows += 1
    if case .refused(let reason) = found { return refusal(reason) }
    let count = scanner.fields.count
    if header.isEmpty {
      guard count <= Self.maximumColumns else {
        throw .unreadableHeader(source: name, reason: "it has \(count) columns")
      }
      header = (1...count).map { "column_\($0)" }
    }
    // A row with too many fields may have millions; no more than the header's are kept.
    guard let fields = scanner.texts(upTo: header.count) else { return refusal(.notText) }
    guard count == header.count else {
      return refusal(.wrongFieldCount(expected: header.count, found: count), fields)
    }
    return .row(TableRow(line: scanner.line, row: rows, fields: fields))
  }

  private func refusal(_ reason: Refusal, _ fields: [String] = []) -> ReadRow {
    .refused(RefusedRecord(line: scanner.line, reason: reason), fields: fields)
  }
}
