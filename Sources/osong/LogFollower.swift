import Foundation

/// Reads what was added to a log since the last look.
struct LogFollower {
  let url: URL
  private var offset: UInt64 = 0

  init(url: URL) { self.url = url }

  /// The new lines; of them only the last ones where `last` says so.
  mutating func next(last: Int = .max) -> [String] {
    guard let handle = try? FileHandle(forReadingFrom: url) else { return [] }
    defer { try? handle.close() }
    let end = (try? handle.seekToEnd()) ?? 0
    // Of a log that is long already the end is enough.
    let start = last == .max ? offset : max(offset, end > 1 << 20 ? end - 1 << 20 : 0)
    try? handle.seek(toOffset: start)
    guard let data = try? handle.readToEnd(), let whole = data.lastIndex(of: UInt8(ascii: "\n"))
    else { return [] }
    offset = start + UInt64(data.distance(from: data.startIndex, to: whole)) + 1
    return String(decoding: data[...whole], as: UTF8.self).split(whereSeparator: \.isNewline)
      .suffix(last).map(String.init)
  }
}
