import Entities

/// Reads lines of fields between separators, without quotation marks, in bounded memory.
///
/// Some agencies publish tables whose fields are never quoted, so that a quotation mark is a character
/// like any other and a separator inside a field cannot be told from one between two: such a row has
/// too many fields and is refused. A line that is not UTF-8 is read as Latin-1, which has a character
/// for every byte. Where the first row has one empty field more than the header, every row must end
/// with a separator, which is no field then. Not for two threads at once.
public final class UnquotedReader {
  /// The columns' names, without white space at their ends.
  public private(set) var header: [String] = []
  /// How many lines so far were no UTF-8 and were read as Latin-1.
  public private(set) var latinLines = 0
  /// How many rows were found so far, refused ones too.
  public private(set) var rows = 0

  private let name: String
  private let separator: UInt8
  private let limit: Int
  private var scanner: LineScanner
  private var fields: [Range<Int>] = []
  /// Whether rows end with a separator; the first row decides, or a row with a separator in a field
  /// could pass for one that does.
  private var endsWithSeparator: Bool?

  /// Opens a table and reads its header.
  public init(
    _ source: RecordSource, separator: UInt8, limits: RecordLimits = .default
  ) throws(RecordError) {
    name = source.name
    self.separator = separator
    limit = limits.recordBytes
    scanner = LineScanner(try ByteWindow.opening(source), limit: limits.recordBytes)
    guard let line = try scanner.nextFull() else { throw .empty(source: name) }
    guard case .range(let range) = line else {
      throw .unreadableHeader(source: name, reason: "it is longer than \(limit) bytes")
    }
    cut(range)
    guard fields.count <= TableReader.maximumColumns else {
      throw .unreadableHeader(source: name, reason: "it has \(fields.count) columns")
    }
    header = fields.compactMap { scanner.bytes.span.text($0)?.trimmed }
    guard header.count == fields.count else {
      throw .unreadableHeader(source: name, reason: "it is not UTF-8 text")
    }
    if header.count > 1, header.last?.isEmpty ?? false { header.removeLast() }
  }

  /// The place of the first of these columns that the header has, in any case.
  public func column(_ names: [String]) -> Int? {
    names.lazy.compactMap { name in self.header.firstIndex { $0.lowercased() == name } }.first
  }

  /// The next row with the values of some columns in the order asked for; nil at the end.
  public func next(_ columns: [Int]) throws(RecordError) -> ReadRow? {
    guard let line = try scanner.nextFull() else { return nil }
    rows += 1
    switch line {
    case .tooLong(let bytes): return refusal(.tooLong(bytes: bytes, limit: limit))
    case .range(let range):
      cut(range)
      let hasEnd = fields.count == header.count + 1 && fields.last?.isEmpty ?? false
      let wantsEnd = endsWithSeparator ?? hasEnd
      endsWithSeparator = wantsEnd
      guard wantsEnd ? hasEnd : fields.count == header.count else {
        let expected = header.count + (wantsEnd ? 1 : 0)
        return refusal(.wrongFieldCount(expected: expected, found: fields.count))
      }
      guard let texts = texts(columns, isUTF8: isUTF8(range)) else { return refusal(.notText) }
      return .row(TableRow(line: scanner.line, row: rows, fields: texts))
    }
  }

  private func refusal(_ reason: Refusal) -> ReadRow {
    .refused(RefusedRecord(line: scanner.line, reason: reason), fields: [])
  }

  private func cut(_ line: Range<Int>) {
    fields.removeAll(keepingCapacity: true)
    let bytes = scanner.bytes.span
    var start = line.lowerBound
    // A row may have millions of fields; no more are kept than show that there are too many.
    let most = header.isEmpty ? TableReader.maximumColumns + 1 : header.count + 2
    for place in line where bytes[place] == separator {
      fields.append(start..<place)
      start = place + 1
      if fields.count > most { return }
    }
    fields.append(start..<line.upperBound)
  }

  /// Whether a line is UTF-8; one that is not is counted.
  private func isUTF8(_ line: Range<Int>) -> Bool {
    let bytes = scanner.bytes.span.extracting(line)
    for place in bytes.indices where bytes[place] >= 0x80 {
      if (try? UTF8Span(validating: bytes)) != nil { return true }
      latinLines += 1
      return false
    }
    return true
  }

  private func texts(_ columns: [Int], isUTF8: Bool) -> [String]? {
    let bytes = scanner.bytes.span
    var texts: [String] = []
    texts.reserveCapacity(columns.count)
    for column in columns {
      let range = bytes.trimming(fields[column])
      if isUTF8 {
        guard let text = bytes.text(range) else { return nil }
        texts.append(text)
      } else {
        var text = ""
        for place in range {
          if bytes[place] == 0 { return nil }
          text.unicodeScalars.append(Unicode.Scalar(bytes[place]))
        }
        texts.append(text)
      }
    }
    return texts
  }
}

extension LineScanner {
  /// The next line that holds more than white space.
  mutating func nextFull() throws(RecordError) -> Line? {
    while let line = try next() {
      guard case .range(let range) = line, bytes.span.trimming(range).isEmpty else { return line }
    }
    return nil
  }
}
