import Fingerprints
import Foundation

/// A set of rows, one bit for each row of a library: which ones were deleted.
struct RowSet: Hashable, Sendable {
  let rows: Int
  private var words: [UInt64]

  init(rows: Int) {
    self.rows = rows
    words = [UInt64](repeating: 0, count: (rows + 63) / 64)
  }

  /// Reads the set back; nil when the bytes do not fit the number of rows.
  init?(rows: Int, bytes: MappedBytes) {
    guard bytes.count == (rows + 63) / 64 * 8 else { return nil }
    self.rows = rows
    words = (0..<bytes.count / 8).map { bytes.number(UInt64.self, at: $0 * 8) }
  }

  var fileContents: Data { littleEndian(words) }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }
}
