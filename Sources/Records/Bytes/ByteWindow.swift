/// The part of a byte stream that is held: from the record being read to the last byte fetched.
///
/// It grows only while a record is unfinished, so its size is bounded by the longest record the
/// limits allow plus one piece.
struct ByteWindow {
  /// How many bytes are asked for at once.
  static let pieceBytes = 1 << 18

  private let source: any ByteSource
  /// The bytes held; those before `start` are used up.
  private(set) var bytes: [UInt8]
  private(set) var start = 0
  private(set) var isAtEnd = false
  /// Whether the byte used up last was the CR of a line end.
  var lastWasReturn = false

  /// A window over `begin`, bytes already taken from `source`, and what follows in `source`.
  init(_ source: any ByteSource, begin: [UInt8] = []) {
    self.source = source
    self.bytes = begin
  }

  var bytesRead: Int { source.bytesRead }
  var totalBytes: Int? { source.totalBytes }

  /// How many bytes are held and not yet used up.
  var count: Int { bytes.count - start }

  /// Uses up the first `count` bytes.
  mutating func drop(_ count: Int) { start += count }

  /// Fetches one more piece; false at the end of the stream.
  ///
  /// After an error the held bytes stay readable, and the error comes back at the next call.
  mutating func extend() throws(RecordError) -> Bool {
    if isAtEnd { return false }
    if start > 0 {
      bytes.removeSubrange(..<start)
      start = 0
    }
    if try source.read(Self.pieceBytes, into: &bytes) == 0 { isAtEnd = true }
    return !isAtEnd
  }

  /// Fetches until `count` bytes are held or the stream ends.
  mutating func extend(toHold count: Int) throws(RecordError) {
    while self.count < count, try extend() {}
  }
}
