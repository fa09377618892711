import Fingerprints
import Foundation

/// Packed fingerprints on disk: rows of 256 bytes, lowest bit first, then a popcount of 2 bytes for
/// each, so that ours can map the file and the peers can read it.
enum RowFile {
  static let bitCount = 2_048
  static let words = bitCount / 64
  static let rowBytes = bitCount / 8

  /// Maps a file of rows and popcounts.
  static func rows(at path: String) throws -> FingerprintRows {
    let bytes = try MappedBytes(path: path)
    let count = bytes.count / (rowBytes + 2)
    return try FingerprintRows(
      mapping: bytes, bitCount: bitCount, count: count, wordsAt: 0, popcountsAt: count * rowBytes)
  }

  /// Maps a file of bare rows, such as `Speed fingerprints` writes; their popcounts are not there.
  static func bareRows(at path: String) throws -> FingerprintRows {
    let bytes = try MappedBytes(path: path)
    return try FingerprintRows(
      mapping: bytes, bitCount: bitCount, count: bytes.count / rowBytes, wordsAt: 0,
      popcountsAt: 0)
  }

  /// Writes `count` rows, asked for in pieces so that memory does not grow with them.
  static func write(
    _ count: Int, to path: String, piece: (_ rows: Range<Int>) -> [UInt64]
  ) throws {
    let unfinished = path + ".new"
    _ = FileManager.default.createFile(atPath: unfinished, contents: nil)
    let file = try FileHandle(forWritingTo: URL(filePath: unfinished))
    var popcounts: [UInt16] = []
    popcounts.reserveCapacity(count)
    for start in stride(from: 0, to: count, by: 1 << 15) {
      let words = piece(start..<min(start + 1 << 15, count))
      for row in stride(from: 0, to: words.count, by: Self.words) {
        let bits = words[row..<row + Self.words].reduce(0) { $0 + $1.nonzeroBitCount }
        popcounts.append(UInt16(bits))
      }
      try file.write(contentsOf: bytes(of: words))
    }
    try file.write(contentsOf: bytes(of: popcounts))
    try file.close()
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: unfinished, toPath: path)
  }

  // Little-endian, like every machine that the kernels know.
  private static func bytes(of numbers: [some FixedWidthInteger]) -> Data {
    unsafe numbers.withUnsafeBytes { unsafe Data($0) }
  }
}
