internal import Entities

/// Cuts a stream into lines that end with LF, CRLF or CR.
struct LineScanner {
  /// What stands at the place of a line.
  enum Line {
    /// A line, without its end; readable in `bytes` until the next call.
    case range(Range<Int>)
    /// A line longer than the limit, skipped.
    case tooLong(bytes: Int)
  }

  private var window: ByteWindow
  private let limit: Int
  private var pending: Int?

  /// The number of the line last read, counted from 1.
  private(set) var line = 0

  init(_ window: ByteWindow, limit: Int) {
    self.window = window
    self.limit = limit
  }

  var bytesRead: Int { window.bytesRead }
  var totalBytes: Int? { window.totalBytes }

  /// The bytes that a line's range counts in.
  var bytes: [UInt8] { window.bytes }

  /// The next line, nil at the end.
  mutating func next() throws(RecordError) -> Line? {
    if let length = pending { window.dropLine(length) }
    pending = nil
    try window.settleLineEnd()
    var scanned = 0
    while true {
      let bound = min(window.count, limit + 1)
      scanned = window.lineEnd(from: scanned, to: bound)
      if scanned < bound { break }
      if scanned > limit {
        line += 1
        return .tooLong(bytes: try window.skipLine(from: scanned))
      }
      if !(try window.extend()) {
        if scanned == 0 { return nil }
        break
      }
    }
    line += 1
    pending = scanned
    return .range(window.start..<window.start + scanned)
  }
}
