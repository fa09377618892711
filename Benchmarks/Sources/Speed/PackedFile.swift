import Foundation

/// Packed fingerprints as peers keep them: rows of 256 bytes, lowest bit first.
enum PackedFile {
  /// The words of a row.
  static let width = 32

  static func read(_ path: String) throws -> [UInt64] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
  }

  static func write(_ words: [UInt64], to path: String) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 8)
    for word in words {
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
    }
    try Data(bytes).write(to: URL(filePath: path))
  }
}
