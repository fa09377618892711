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

  /// Writes some rows, made one after another.
  static func write(_ copies: FlippedCopies, count: Int, to path: String) throws {
    let unfinished = path + ".new"
    _ = FileManager.default.createFile(atPath: unfinished, contents: nil)
    let file = try FileHandle(forWritingTo: URL(filePath: unfinished))
    var popcounts: [UInt16] = []
    popcounts.reserveCapacity(count)
    for start in stride(from: 0, to: count, by: 1 << 15) {
      let rows = (start..<min(start + 1 << 15, count)).map(copies.row)
      popcounts += rows.map { row in UInt16(row.reduce(0) { $0 + $1.nonzeroBitCount }) }
      try file.write(contentsOf: bytes(of: rows.flatMap { $0 }))
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
