import Fingerprints

/// A set of rows, one bit for each row of a library: which ones were deleted.
struct RowSet: Hashable, Sendable {
  private(set) var rows: Int
  private var words: [UInt64]

  init(rows: Int = 0) {
    self.rows = rows
    words = [UInt64](repeating: 0, count: (rows + 63) / 64)
  }

  var fileContents: [UInt64] { words }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

  /// Adds rows at the end, none of them in the set.
  mutating func grow(to rows: Int) {
    precondition(rows >= self.rows, "a set of \(self.rows) rows cannot shrink to \(rows)")
    self.rows = rows
    words += [UInt64](repeating: 0, count: (rows + 63) / 64 - words.count)
  }

  /// How many rows of a stretch are in the set.
  func count(in range: Range<Int>) -> Int {
    var count = 0
    forEachWord(of: range) { _, word in count += word.nonzeroBitCount }
    return count
  }

  /// The rows of a stretch that are in the set, ascending.
  func members(in range: Range<Int>) -> [Int] {
    var members: [Int] = []
    forEachWord(of: range) { first, word in
      var rest = word
      while rest != 0 {
        members.append(first + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return members
  }

  /// Adds the rows of a stretch of another set at the end, in or out of the set as they are there.
  mutating func append(_ other: RowSet, _ range: Range<Int>) {
    let base = rows
    grow(to: rows + range.count)
    for row in other.members(in: range) { insert(base + row - range.lowerBound) }
  }

  private func forEachWord(of range: Range<Int>, _ body: (_ first: Int, _ word: UInt64) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    guard !range.isEmpty else { return }
    for place in range.lowerBound >> 6...(range.upperBound - 1) >> 6 {
      var word = words[place]
      let first = place << 6
      if first < range.lowerBound { word &= .max << UInt64(range.lowerBound - first) }
      let past = first + 64 - range.upperBound
      if past > 0 { word &= .max >> UInt64(past) }
      if word != 0 { body(first, word) }
    }
  }
}

/// The deleted rows of an open library, read from the mapped file one by one.
struct Tombstones: Sendable {
  private let bytes: MappedBytes?

  /// No row is deleted.
  init() { bytes = nil }

  /// Takes a file over; nil when it does not fit the number of rows.
  init?(_ bytes: MappedBytes, rows: Int) {
    guard bytes.count == (rows + 63) / 64 * 8 else { return nil }
    self.bytes = bytes
  }

  func contains(_ row: Int) -> Bool {
    guard let bytes else { return false }
    return bytes.number(UInt8.self, at: row >> 3) >> UInt8(row & 7) & 1 == 1
  }
}

extension RowSet {
  /// Reads a set back; nil when the bytes do not fit the number of rows.
  init?(rows: Int, bytes: MappedBytes) {
    guard bytes.count == (rows + 63) / 64 * 8 else { return nil }
    self.rows = rows
    words = bytes.numbers(UInt64.self, at: 0, count: bytes.count / 8)
    // Bits past the last row mean nothing.
    if rows % 64 != 0 { words[words.count - 1] &= .max >> UInt64(64 - rows % 64) }
  }
}
