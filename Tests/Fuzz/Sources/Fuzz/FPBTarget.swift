import Fingerprints

/// The reader of FPB files; what it reads is written and read again.
enum FPBTarget: FuzzTarget {
  static let name = "fpb"

  static func seeds() throws -> [[UInt8]] {
    try [(16, 3), (166, 5), (2048, 2), (67, 0)].map { bitCount, count in
      let rows = (0..<count).map { row in
        Fingerprint(bitCount: bitCount, setBits: [row, (7 * row + 3) % bitCount])
      }
      return try written(
        FPSHeader(bitCount: bitCount, type: "T/1"), FingerprintArena(bitCount: bitCount, rows)
      ) { "id \($0)" }
    }
  }

  static func take(_ bytes: [UInt8]) {
    guard let file = try? FPBFile(bytes), file.count <= 10_000 else { return }
    var isSound = true
    for row in 0..<file.count {
      isSound = (try? file.fingerprint(row)) != nil && isSound
      isSound = (try? file.id(row)) != nil && isSound
    }
    guard isSound, let table = try? file.fingerprints(),
      let copy = try? written(file.header, table, id: { try file.id($0) })
    else { return }
    guard let read = try? FPBFile(copy), read.count == file.count else {
      preconditionFailure("what was written cannot be read")
    }
  }

  private static func written(
    _ header: FPSHeader, _ table: FingerprintArena, id: @escaping (Int) throws -> String
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try FPBWriter(header: header, rows: table.rows, id: id).write { bytes += $0 }
    return bytes
  }
}
