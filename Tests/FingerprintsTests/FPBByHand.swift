import Foundation

/// An FPB file of two fingerprints of 16 bits, laid out by hand.
enum FPBByHand {
  static let all: [(String, [UInt8])] = [
    ("META", Array("#num_bits=16\n".utf8)),
    // Signature, metadata and heads fill 54 bytes; 2 more align the first slot.
    (
      "AREN",
      little([2, 8] as [UInt32]) + [2, 0, 0] + little(1 as UInt64) + little(0x80FF as UInt64)
    ),
    // One row of one bit and one of nine.
    (
      "POPC",
      little([0, 0] + [UInt32](repeating: 1, count: 8) + [UInt32](repeating: 2, count: 8))
    ),
    (
      "FPID", little([2, 0] as [UInt32]) + Array("βAndrew".utf8) + little([8, 10, 16] as [UInt32])
    ),
    ("HASH", hash), ("FEND", []),
  ]

  /// The hashes of both ids stand in the description: β has 5857913, which is 121 modulo 256, and
  /// Andrew 2489760750, which is 238.
  private static var hash: [UInt8] {
    var bytes = (0..<256).flatMap { table in
      little(
        [table > 238 ? 32 : table > 121 ? 16 : 0, table == 121 || table == 238 ? 2 : 0] as [UInt32])
    }
    for (value, row) in [(5_857_913 as UInt32, 0 as UInt32), (2_489_760_750, 1)] {
      let empty: [UInt32] = [.max, .max]
      bytes += little((value >> 8) % 2 == 0 ? [value, row] + empty : empty + [value, row])
    }
    return bytes
  }

  /// A chunk, and contents that must be refused; nil leaves it out.
  static let faults: [(chunk: String, contents: [UInt8]?)] = [
    ("AREN", nil), ("FPID", nil), ("FEND", nil), ("AREN", []), ("FPID", []), ("POPC", []),
    ("META", Array("num_bits=16\n".utf8)), ("META", Array("#num_bits=24\n".utf8)),
    ("META", Array("#num_bits=0\n".utf8)), ("META", [0xFF, 0xFE]),
    ("META", [UInt8](repeating: 0x23, count: 2 << 20)),
    ("AREN", little([2, 0] as [UInt32]) + [0, 1, 2]),
    ("AREN", little([2, 1] as [UInt32]) + [0, 1, 2]),
    ("AREN", little([2, 2] as [UInt32]) + [0, 1, 2, 3]),
    ("AREN", little([2, 2] as [UInt32]) + [9]),
    ("AREN", little([2, 2] as [UInt32]) + [0, 1, 2]),
    ("AREN", little([.max, .max] as [UInt32]) + [0]),
    ("AREN", little([3, 8] as [UInt32]) + [0] + [UInt8](repeating: 0, count: 16)),
    ("POPC", little([UInt32](repeating: 0, count: 18))),
    ("POPC", little([UInt32](repeating: 2, count: 18))),
    ("POPC", little([0, 2, 1] + [UInt32](repeating: 2, count: 15))),
    ("FPID", little([3, 0] as [UInt32]) + Array("abc".utf8) + little([8, 9, 10, 11] as [UInt32])),
    ("FPID", little([2, 0] as [UInt32]) + Array("ab".utf8) + little([8, 9, 11] as [UInt32])),
    ("FPID", little([2, 0] as [UInt32]) + Array("ab".utf8) + little([7, 9, 10] as [UInt32])),
    ("FPID", little([.max, .max] as [UInt32]) + Array("ab".utf8)),
  ]

  static func replacing(_ name: String, _ contents: [UInt8]) -> [(String, [UInt8])] {
    all.map { $0.0 == name ? (name, contents) : $0 }
  }

  static func file(_ chunks: [(String, [UInt8])]) -> [UInt8] {
    chunks.reduce(into: [0x46, 0x50, 0x42, 0x31, 13, 10, 0, 0]) { bytes, chunk in
      bytes += little(UInt64(chunk.1.count)) + Array(chunk.0.utf8) + chunk.1
    }
  }

  static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  static func little(_ numbers: [UInt32]) -> [UInt8] { numbers.flatMap { little($0) } }

  /// Whether the system's Python has RDKit.
  static let hasToolkit =
    (try? python(["from rdkit import DataStructs; DataStructs.FPBReader"])) != nil

  /// The output of a script with its arguments.
  static func python(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: data, as: UTF8.self)
  }
}
