import Fingerprints
import Foundation
import Testing

@Suite struct MappedRowsTests {
  /// Header of 8 bytes, popcounts, padding, words.
  private func file(of table: [Fingerprint]) throws -> (path: String, wordsAt: Int) {
    var bytes = Data(repeating: 7, count: 8)
    for row in table {
      bytes.append(UInt8(row.popcount & 255))
      bytes.append(UInt8(row.popcount >> 8))
    }
    while bytes.count % 8 != 0 { bytes.append(0) }
    let wordsAt = bytes.count
    for word in table.flatMap(\.words) {
      for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(byte)))) }
    }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try bytes.write(to: url)
    return (url.path, wordsAt)
  }

  @Test("a mapped file answers as the arena does", arguments: [65, 1024, 2048])
  func mappedEqualsArena(bitCount: Int) throws {
    let table = adversarialFingerprints(bitCount: bitCount, count: 333, seed: 4)
    let (path, wordsAt) = try file(of: table)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let arena = FingerprintArena(bitCount: bitCount, table)
    let mapped = try FingerprintRows(
      mapping: MappedBytes(path: path), bitCount: bitCount, count: 333, wordsAt: wordsAt,
      popcountsAt: 8)
    #expect(mapped.firstDamagedRow() == nil)
    #expect((0..<333).map { mapped[$0] } == table)
    #expect(mapped.setBits(rows: 0..<333).indices == arena.setBits(rows: 0..<333).indices)
    for kernel in KernelKind.available {
      #expect(
        mapped.nearest(toEach: table, count: 9, kernel: kernel)
          == arena.nearest(toEach: table, count: 9, kernel: kernel))
    }
  }

  @Test func `a damaged row is found`() throws {
    let table = adversarialFingerprints(bitCount: 65, count: 20, seed: 4)
    let (path, wordsAt) = try file(of: table)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[wordsAt + 16 * 11 + 15] = 0x80
    try bytes.write(to: URL(fileURLWithPath: path))
    let mapped = try FingerprintRows(
      mapping: MappedBytes(path: path), bitCount: 65, count: 20, wordsAt: wordsAt, popcountsAt: 8)
    #expect(mapped.firstDamagedRow() == 11)
  }

  @Test(
    "rows that do not fit the file are refused",
    arguments: [
      (65, 21, 48, 8), (65, 20, 49, 8), (65, 20, -8, 8), (0, 20, 48, 8), (65, -1, 48, 8),
      (65, 20, 48, 1 << 62), (65, Int(UInt32.max), 48, 8), (65, 20, Int.max - 7, 8),
    ])
  func badLayout(bitCount: Int, count: Int, wordsAt: Int, popcountsAt: Int) throws {
    let (path, _) = try file(of: adversarialFingerprints(bitCount: 65, count: 20, seed: 4))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = try MappedBytes(path: path)
    #expect(throws: FingerprintRows.LayoutError.self) {
      try FingerprintRows(
        mapping: bytes, bitCount: bitCount, count: count, wordsAt: wordsAt,
        popcountsAt: popcountsAt)
    }
  }

  @Test func `an empty file maps to an empty table and a missing one is an error`() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    #expect(throws: MappingError.self) { try MappedBytes(path: url.path) }
    try Data().write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let mapped = try FingerprintRows(
      mapping: MappedBytes(path: url.path), bitCount: 64, count: 0, wordsAt: 0, popcountsAt: 0)
    #expect(mapped.nearest(to: Fingerprint(bitCount: 64, setBits: [1]), count: 3).isEmpty)
  }
}
