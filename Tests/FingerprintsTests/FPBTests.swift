import Fingerprints
import Foundation
import Testing

@Suite struct FPBTests {
  static func written(
    _ table: FingerprintArena, type: String? = "Test/1",
    id: @escaping (Int) -> String = { "id \($0)" }
  ) throws -> [UInt8] {
    var header = FPSHeader(bitCount: table.bitCount, type: type)
    header.sources = ["a.smi", "b.smi"]
    var bytes: [UInt8] = []
    try FPBWriter(header: header, rows: table.rows, id: id).write { bytes += $0 }
    return bytes
  }

  @Test(
    "a file survives a round trip, sorted by popcount", arguments: [1, 64, 166, 167, 1024, 2048])
  func roundTrip(bitCount: Int) throws {
    let rows = adversarialFingerprints(bitCount: bitCount, count: 300, seed: 3)
    let bytes = try Self.written(FingerprintArena(bitCount: bitCount, rows)) { "é \($0)" }
    let file = try FPBFile(bytes)
    #expect(file.header.bitCount == bitCount && file.header.type == "Test/1")
    #expect(file.header.sources == ["a.smi", "b.smi"])
    #expect(file.count == rows.count && file.isSortedByPopcount)
    let order = rows.indices.sorted { (rows[$0].popcount, $0) < (rows[$1].popcount, $1) }
    for (place, row) in order.enumerated() {
      #expect(try file.fingerprint(place) == rows[row])
      #expect(try file.id(place) == "é \(row)")
    }
    #expect(try file.fingerprints().count == rows.count)
  }

  @Test func `a mapped file reads as one in memory`() throws {
    let rows = adversarialFingerprints(bitCount: 166, count: 50, seed: 4)
    let bytes = try Self.written(FingerprintArena(bitCount: 166, rows))
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).fpb")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let (mapped, held) = (try FPBFile(path: url.path), try FPBFile(bytes))
    for row in 0..<50 {
      #expect(try mapped.fingerprint(row) == held.fingerprint(row))
      #expect(try mapped.id(row) == held.id(row))
    }
    #expect(throws: FPBError.self) { try FPBFile(path: url.path + ".none") }
  }

  @Test func `an empty file has no rows`() throws {
    let file = try FPBFile(try Self.written(FingerprintArena(bitCount: 512)))
    #expect(file.count == 0 && file.header.bitCount == 512)
  }

  @Test func `the layout is what chemfp writes`() throws {
    let table = FingerprintArena(
      bitCount: 16,
      [
        Fingerprint(bitCount: 16, setBits: Array(0..<8) + [15]),
        Fingerprint(bitCount: 16, setBits: [0]),
      ])
    var bytes: [UInt8] = []
    try FPBWriter(header: FPSHeader(bitCount: 16), rows: table.rows) { ["Andrew", "β"][$0] }
      .write { bytes += $0 }
    #expect(bytes == FPBByHand.file(FPBByHand.all))
  }

  @Test func `the layout of the description is read too`() throws {
    let ids =
      FPBByHand.little([2, 0] as [UInt32]) + FPBByHand.little([0, 3, 10] as [UInt32])
      + Array("β\0Andrew\0".utf8)
    let file = try FPBFile(
      FPBByHand.file(
        FPBByHand.replacing("FPID", ids).map { name, contents in
          name == "AREN"
            ? (name, FPBByHand.little(16 as UInt32) + contents.dropFirst(4)) : (name, contents)
        }))
    #expect(try (0..<2).map { try file.id($0) } == ["β", "Andrew"])
    #expect(try file.fingerprint(1).setBits == Array(0..<8) + [15])
  }

  @Test func `without metadata the arena tells the width, and further chunks are ignored`() throws {
    let chunks = FPBByHand.all.filter { $0.0 == "AREN" || $0.0 == "FPID" }
    let file = try FPBFile(
      FPBByHand.file([("TEXT", [1, 2])] + chunks + [("NEW!", []), ("FEND", [])]) + [1, 2, 3])
    #expect(file.header.bitCount == 16 && file.count == 2 && !file.isSortedByPopcount)
  }

  @Test("a file that contradicts itself is refused", arguments: FPBByHand.faults)
  func faults(_ fault: (chunk: String, contents: [UInt8]?)) {
    let chunks =
      fault.contents.map { FPBByHand.replacing(fault.chunk, $0) }
      ?? FPBByHand.all.filter { $0.0 != fault.chunk }
    #expect(throws: FPBError.self) { try FPBFile(FPBByHand.file(chunks)) }
  }

  @Test func `a chunk that is there twice, or longer than the file, is refused`() {
    #expect(throws: FPBError.repeated(chunk: "AREN")) {
      try FPBFile(FPBByHand.file([FPBByHand.all[1]] + FPBByHand.all))
    }
    var bytes = FPBByHand.file(FPBByHand.all)
    bytes.replaceSubrange(8..<16, with: [UInt8](repeating: 0xFF, count: 8))
    #expect(throws: FPBError.truncated(at: 8)) { try FPBFile(bytes) }
    #expect(throws: FPBError.notFPB) { try FPBFile([]) }
    #expect(throws: FPBError.notFPB) { try FPBFile(Array("#FPS1\n#num_bits=16\n".utf8)) }
  }

  @Test func `a bad row is an error of that row`() throws {
    let ids =
      FPBByHand.little([2, 0] as [UInt32]) + [0xFF, 0x41]
      + FPBByHand.little([8, 9, 10] as [UInt32])
    let file = try FPBFile(FPBByHand.file(FPBByHand.replacing("FPID", ids)))
    #expect(throws: FPBError.row(0, why: "its id is not UTF-8 text")) { try file.id(0) }
    #expect(try file.id(1) == "A")
    let narrow = FPBByHand.replacing("META", Array("#num_bits=15\n".utf8)).filter { $0.0 != "POPC" }
    let odd = try FPBFile(FPBByHand.file(narrow))
    #expect(try odd.fingerprint(0).setBits == [0])
    #expect(throws: FPBError.row(1, why: "a bit past the width of 15 bits is set")) {
      try odd.fingerprint(1)
    }
    #expect(throws: FPBError.self) { try odd.fingerprints() }
  }

  @Test func `a file cut anywhere is refused`() throws {
    let bytes = try Self.written(
      FingerprintArena(bitCount: 67, adversarialFingerprints(bitCount: 67, count: 9, seed: 1)))
    for length in 0..<bytes.count {
      #expect(throws: FPBError.self) { try FPBFile(Array(bytes[..<length])) }
    }
  }

  @Test func `no byte can make reading crash`() throws {
    let bytes = try Self.written(
      FingerprintArena(bitCount: 67, adversarialFingerprints(bitCount: 67, count: 9, seed: 1)))
    var generator = SeededGenerator(seed: 9)
    var opened = 0
    for place in 0..<bytes.count {
      var damaged = bytes
      damaged[place] ^= UInt8(truncatingIfNeeded: generator.next() | 1)
      guard let file = try? FPBFile(damaged) else { continue }
      opened += 1
      for row in 0..<file.count {
        _ = try? file.fingerprint(row)
        _ = try? file.id(row)
      }
    }
    #expect(opened > 100)
  }

  @Test func `ids with one hash are written in linear time`() throws {
    let rows = FingerprintArena(
      bitCount: 8, (0..<30_000).map { _ in Fingerprint(bitCount: 8, setBits: [1]) })
    let elapsed = try ContinuousClock().measure {
      _ = try Self.written(rows) { _ in "the same" }
    }
    #expect(elapsed < .seconds(10))
  }

  @Test func `what FPB cannot hold is not written`() {
    let table = FingerprintArena(bitCount: 8, [Fingerprint(bitCount: 8)])
    #expect(throws: FPBError.self) { try Self.written(table) { _ in "a\0b" } }
    #expect(throws: FPBError.self) { try Self.written(table, type: "a\nb") { _ in "a" } }
  }

  /// An independent reader: the one in Debian's RDKit, which was written against chemfp's files.
  @Test(
    "RDKit reads what is written", .enabled(if: FPBByHand.hasToolkit), arguments: [128, 1024, 2048])
  func toolkit(bitCount: Int) throws {
    let rows = adversarialFingerprints(bitCount: bitCount, count: 200, seed: 8)
    let bytes = try Self.written(FingerprintArena(bitCount: bitCount, rows))
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).fpb")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let script = """
      import sys
      from rdkit import DataStructs
      reader = DataStructs.FPBReader(sys.argv[1], False); reader.Init()
      for i in range(len(reader)):
        print(reader.GetId(i), DataStructs.BitVectToFPSText(reader.GetFP(i)))
      """
    let file = try FPBFile(bytes)
    let expected = try (0..<file.count).map { "\(try file.id($0)) \(try file.fingerprint($0).hex)" }
    #expect(
      try FPBByHand.python([script, url.path]).split(separator: "\n").map(String.init) == expected)
  }
}
