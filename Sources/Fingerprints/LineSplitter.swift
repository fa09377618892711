/// Cuts a stream of bytes into lines of bounded length, counting them.
struct LineSplitter {
  let limit: Int
  private let chunk: () throws -> [UInt8]?
  private var buffer: [UInt8] = []
  private var position = 0
  private var ended = false
  /// The number of the line given last, from 1.
  private(set) var line = 0

  init(limit: Int, chunk: @escaping () throws -> [UInt8]?) {
    self.limit = limit
    self.chunk = chunk
  }

  /// The next line without its line end (`\n` or `\r\n`); nil at the end of the stream.
  ///
  /// A line that is too long is skipped and reported; the one after it can be read.
  mutating func next() throws -> ArraySlice<UInt8>? {
    line += 1
    var searched = position
    var tooLong = false
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let text = buffer[position..<end]
        position = end + 1
        if tooLong || text.count > limit { throw error(.lineTooLong(limit: limit)) }
        return text.last == UInt8(ascii: "\r") ? text.dropLast() : text
      }
      if buffer.count - position > limit {
        tooLong = true
        position = buffer.count
      }
      searched = try refill()
      if ended {
        let rest = buffer.count - position
        position = buffer.count
        if tooLong { throw error(.lineTooLong(limit: limit)) }
        if rest > 0 { throw error(.unterminatedLine) }
        return nil
      }
    }
  }

  func error(_ reason: FPSError.Reason) -> FPSError { FPSError(line: line, reason: reason) }

  /// Drops what was used and adds a chunk; returns where the new bytes start.
  private mutating func refill() throws -> Int {
    buffer.removeFirst(position)
    position = 0
    let start = buffer.count
    if let more = try chunk() { buffer += more } else { ended = true }
    return start
  }
}
