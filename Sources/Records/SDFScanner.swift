internal import Entities

/// Cuts a stream into the records of an SDF.
struct SDFScanner {
  /// What stands at the place of a record.
  struct Found {
    /// The structure, or why there is none.
    enum Content {
      case molBlock(String)
      case refused(Refusal)
    }

    /// The line of the title, counted from 1.
    let line: Int
    /// How long the record is.
    let byteCount: Int
    var title = ""
    var properties: [CompoundRecord.ExtraField] = []
    var content: Content
  }

  private var window: ByteWindow
  private let limit: Int
  private var line = 1

  init(_ window: ByteWindow, limit: Int) {
    self.window = window
    self.limit = limit
  }

  var bytesRead: Int { window.bytesRead }
  var totalBytes: Int? { window.totalBytes }

  /// The next record, nil at the end.
  mutating func next() throws(RecordError) -> Found? {
    try window.settleLineEnd()
    let firstLine = line
    var lineStart = 0
    var lines = 0
    while true {
      if lineStart > limit { return try skipRecord(firstLine) }
      try window.extend(toHold: lineStart + 4)
      if lineStart >= window.count {
        if window.isBlank(window.count) { return nil }
        return try take(lineStart, isClosed: false, lines: lines)
      }
      if window.isEndMark(at: lineStart) {
        return try take(lineStart, isClosed: true, lines: lines)
      }
      var end = window.lineEnd(from: lineStart, to: window.count)
      while end == window.count, end <= limit, try window.extend() {
        end = window.lineEnd(from: end, to: window.count)
      }
      if end > limit { return try skipRecord(firstLine) }
      // The LF of a CRLF belongs to the line's end.
      try window.extend(toHold: end + 2)
      lines += 1
      lineStart = window.nextLine(after: end)
    }
  }

  /// Hands out the first `length` bytes as a record and uses them up, with the end mark's line.
  private mutating func take(
    _ length: Int, isClosed: Bool, lines: Int
  ) throws(RecordError) -> Found {
    let parser = SDFParser(window.bytes, window.start..<window.start + length)
    let found = parser.parse(line: line, isClosed: isClosed)
    line += lines
    window.drop(length)
    if isClosed {
      _ = try window.skipLine(from: 0)
      line += 1
    }
    return found
  }

  /// Uses up a record that is too long, without holding it.
  private mutating func skipRecord(_ firstLine: Int) throws(RecordError) -> Found {
    var length = 0
    while true {
      try window.settleLineEnd()
      try window.extend(toHold: 4)
      if window.count == 0 { break }
      let isMark = window.isEndMark(at: 0)
      let skipped = try window.skipLine(from: 0)
      line += 1
      if isMark { break }
      length += skipped + 1
    }
    return Found(
      line: firstLine, byteCount: length,
      content: .refused(.tooLong(bytes: length, limit: limit)))
  }
}

extension ByteWindow {
  /// Whether the line at `offset` closes a record.
  fileprivate func isEndMark(at offset: Int) -> Bool {
    count >= offset + 4
      && bytes[start + offset..<start + offset + 4].allSatisfy { $0 == ASCII.dollar }
  }

  /// The offset of the line after the line end at `end`.
  fileprivate func nextLine(after end: Int) -> Int {
    guard end < count else { return end }
    let isPair =
      bytes[start + end] == ASCII.carriageReturn && end + 1 < count
      && bytes[start + end + 1] == ASCII.lineFeed
    return end + (isPair ? 2 : 1)
  }

  /// Whether the first `length` bytes are white space.
  fileprivate func isBlank(_ length: Int) -> Bool {
    bytes[start..<start + length].allSatisfy { $0.isBlank || $0.endsLine }
  }
}
