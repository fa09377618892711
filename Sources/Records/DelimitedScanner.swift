internal import Entities

/// Cuts a stream into the rows of a delimited table, RFC 4180.
///
/// A field that begins with a quotation mark ends at the next single one; in between, two stand for
/// one, and delimiters and line ends are text. Elsewhere a quotation mark is an ordinary character.
/// Lines end with LF, CRLF or CR. Blank lines are no rows.
///
/// An open quotation is given up at the record limit, at the end of the file, or where a closing
/// mark is followed by other text: the row's first line alone is refused, and reading goes on at
/// the next line. So some bytes are scanned again; a file made to exploit that uses up a credit,
/// and then quotations over several lines are given up early (see `quotationBytes`).
struct DelimitedScanner {
  /// A field within the row: offsets from the row's first byte.
  struct Field {
    var start: Int
    var end: Int
    /// Whether it holds doubled quotation marks.
    var hasEscapes: Bool
    /// Whether it was quoted.
    var isQuoted: Bool
  }

  /// What stands at the place of a row.
  enum Row {
    /// A row; its fields can be read until the next call.
    case fields
    /// A refused row.
    case refused(Refusal)
  }

  private var window: ByteWindow
  private let delimiter: UInt8
  private let limit: Int
  private var pendingBytes: Int?
  private var pendingLines = 0
  private var consumedBytes = 0
  private var rescannedBytes = 0

  /// The line where the row begins, counted from 1.
  private(set) var line = 1
  /// The fields of the row last read.
  private(set) var fields: [Field] = []

  init(_ window: ByteWindow, delimiter: UInt8, limit: Int) {
    self.window = window
    self.delimiter = delimiter
    self.limit = limit
  }

  var bytesRead: Int { window.bytesRead }
  var totalBytes: Int? { window.totalBytes }

  /// The text of field `index`, nil when it is not UTF-8 or holds a NUL.
  func text(_ index: Int) -> String? {
    let field = fields[index]
    let range = window.start + field.start..<window.start + field.end
    guard field.hasEscapes else { return window.bytes.span.text(range) }
    var plain: [UInt8] = []
    plain.reserveCapacity(range.count)
    var isSecond = false
    for byte in window.bytes[range] {
      isSecond = byte == ASCII.quote && !isSecond
      if !isSecond { plain.append(byte) }
    }
    return plain.span.text(0..<plain.count)
  }

  /// Bytes of the row last read; the range counts from its first.
  func windowBytes(_ range: Range<Int>) -> ArraySlice<UInt8> {
    window.bytes[window.start + range.lowerBound..<window.start + range.upperBound]
  }

  /// The texts of the first `count` fields, nil when one of them is no text.
  func texts(upTo count: Int) -> [String]? {
    var texts: [String] = []
    texts.reserveCapacity(min(count, fields.count))
    for index in fields.indices.prefix(count) {
      guard let text = text(index) else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// How long a row may be whose quotation goes over a line end.
  ///
  /// The limit, until bytes scanned in vain are many times those used up; then one short text, so
  /// that a line costs at most that much and reading stays linear.
  private var quotationBytes: Int {
    rescannedBytes <= 64 * limit + 4 * consumedBytes ? limit : min(limit, 512)
  }

  /// The next row, nil at the end.
  mutating func next() throws(RecordError) -> Row? {
    while true {
      try finishRow()
      var state = RowState()
      fields.removeAll(keepingCapacity: true)
      var outcome = scan(&state)
      while outcome == .unfinished, try window.extend() { outcome = scan(&state) }
      switch outcome {
      case .row: break
      case .unfinished:
        if window.count == 0 { return nil }
        guard state.finish(&fields) else {
          return .refused(try giveUp(state, "the quotation of field", "is never closed"))
        }
      case .tooLong:
        if state.firstLineEnd != nil {
          return .refused(try giveUp(state, "the quotation up to field", "makes too long a row"))
        }
        fields.removeAll(keepingCapacity: true)
        pendingLines = 1
        let bytes = try window.skipLine(from: state.offset)
        consumedBytes += bytes
        return .refused(.tooLong(bytes: bytes, limit: limit))
      case .textAfterQuotation:
        return .refused(
          try giveUp(state, "the quotation of field", "is followed by more text"))
      }
      pendingBytes = state.offset
      pendingLines = 1 + state.lineBreaks
      if !isBlank { return .fields }
    }
  }

  private mutating func scan(_ state: inout RowState) -> RowState.Outcome {
    let bounds = RowState.Bounds(row: limit, quotation: quotationBytes)
    // Held for this call only, so that fetching more bytes finds the array unshared.
    let bytes = window.bytes
    return state.scan(bytes.span, from: window.start, delimiter, bounds, into: &fields)
  }

  /// Uses up the row that was handed out.
  private mutating func finishRow() throws(RecordError) {
    if let length = pendingBytes { window.dropLine(length) }
    consumedBytes += pendingBytes ?? 0
    line += pendingLines
    pendingBytes = nil
    pendingLines = 0
    try window.settleLineEnd()
  }

  /// Refuses the first line of a row with a broken quotation; the next row begins after it.
  private mutating func giveUp(
    _ state: RowState, _ what: String, _ why: String
  ) throws(RecordError) -> Refusal {
    let field = fields.count + 1
    fields.removeAll(keepingCapacity: true)
    if let end = state.firstLineEnd {
      rescannedBytes += state.offset - end
      pendingBytes = end
    } else {
      consumedBytes += try window.skipLine(from: state.offset)
    }
    pendingLines = 1
    return .unreadable("\(what) \(field) \(why)")
  }

  /// Whether the row is one unquoted field of spaces.
  private var isBlank: Bool {
    guard fields.count == 1, let field = fields.first, !field.isQuoted else { return false }
    let range = window.start + field.start..<window.start + field.end
    return window.bytes.span.trimming(range).isEmpty
  }
}
