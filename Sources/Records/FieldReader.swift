public import Entities

/// Reads a delimited table row by row and turns only the fields asked for into values.
///
/// For tables of hundreds of millions of rows of which few fields matter: numbers and dates are read
/// from the bytes, and no text is made that nobody asks for. Rows are cut as `TableReader` cuts
/// them, RFC 4180. A line that is not UTF-8 is read as Latin-1, which has a character for every byte,
/// and counted. Not for two threads at once.
public final class FieldReader {
  /// What stands at the place of a row.
  public enum Step: Hashable, Sendable {
    /// A row; its fields can be read until the next call.
    case row
    /// A row that cannot be cut into as many fields as there are columns.
    case refused(Refusal)
  }

  /// The columns' names in lower case; those given where the table has no header.
  public let header: [String]
  /// Whether the first row names the columns.
  public let hasHeader: Bool
  /// How many rows were found so far, refused ones too.
  public private(set) var rows = 0
  /// How many rows so far were no UTF-8 and were read as Latin-1.
  public private(set) var latinLines = 0

  var scanner: DelimitedScanner
  private var isHeld = false
  private(set) var isLatin = false

  /// Opens a table.
  ///
  /// The delimiter is the tab where the first line holds one, else `,`, `;` or `|`, whichever it
  /// holds first.
  ///
  /// - Parameters:
  ///   - columns: the names in order, for a table whose first row is no header.
  ///   - isHeader: whether the first row, in lower case, names the columns.
  public init(
    _ source: RecordSource, columns: [String], limits: RecordLimits = .default,
    isHeader: ([String]) -> Bool
  ) throws(RecordError) {
    var window = try ByteWindow.opening(source)
    let delimiter = try window.delimiterOfFirstLine(limit: limits.recordBytes)
    scanner = DelimitedScanner(window, delimiter: delimiter, limit: limits.recordBytes)
    switch try scanner.next() {
    case nil: throw .empty(source: source.name)
    case .refused(let reason):
      throw .unreadableHeader(source: source.name, reason: "it \(reason)")
    case .fields:
      guard scanner.fields.count <= TableReader.maximumColumns else {
        throw .unreadableHeader(
          source: source.name, reason: "it has \(scanner.fields.count) columns")
      }
      let names = (scanner.texts(upTo: .max) ?? []).map { $0.trimmed.lowercased() }
      hasHeader = isHeader(names)
      header = hasHeader ? names : columns
      isHeld = !hasHeader
    }
  }

  /// The line where the row begins, counted from 1.
  public var line: Int { scanner.line }

  /// The place of a column, nil where the header has it not or twice.
  public func column(_ name: String) -> Int? {
    guard let first = header.firstIndex(of: name), header.lastIndex(of: name) == first else {
      return nil
    }
    return first
  }

  /// Goes to the next row; nil at the end.
  public func next() throws(RecordError) -> Step? {
    if isHeld {
      isHeld = false
    } else {
      guard let found = try scanner.next() else { return nil }
      if case .refused(let reason) = found {
        rows += 1
        return .refused(reason)
      }
    }
    rows += 1
    let count = scanner.fields.count
    guard count == header.count else {
      return .refused(.wrongFieldCount(expected: header.count, found: count))
    }
    return inspect()
  }

  /// Looks for bytes that are no text, and for those that are no UTF-8.
  private func inspect() -> Step {
    isLatin = false
    var isPlain = true
    for byte in scanner.rowBytes where byte == 0 || byte >= 0x80 {
      if byte == 0 { return .refused(.notText) }
      isPlain = false
    }
    if !isPlain, (try? UTF8Span(validating: scanner.rowBytes.span)) == nil {
      isLatin = true
      latinLines += 1
    }
    return .row
  }
}

extension DelimitedScanner {
  /// The bytes of the row last read, from its first field to its last.
  var rowBytes: ArraySlice<UInt8> {
    guard let first = fields.first, let last = fields.last else { return [] }
    return windowBytes(first.start..<last.end)
  }
}

extension ByteWindow {
  /// The byte between the fields of the first line.
  mutating func delimiterOfFirstLine(limit: Int) throws(RecordError) -> UInt8 {
    var end = lineEnd(from: 0, to: count)
    while end == count, count < limit, try extend() { end = lineEnd(from: 0, to: count) }
    let line = bytes[start..<start + end]
    if line.contains(ASCII.tab) { return ASCII.tab }
    return line.first { [ASCII.comma, 0x3B, 0x7C].contains($0) } ?? ASCII.comma
  }
}
