import Fingerprints
import Testing

@Suite struct FPSTests {
  static let small = "#FPS1\n#num_bits=16\n#type=Test/1\n#source=a\n#source=b\n#x=y=z\n00ff\tone\n"

  @Test("a file survives a round trip in chunks of any size", arguments: [1, 7, 4096])
  func roundTrip(chunk: Int) throws {
    let table = adversarialFingerprints(bitCount: 167, count: 50, seed: 2)
    var header = FPSHeader(bitCount: 167, type: "Test/1 width=167")
    header.software = "osong"
    header.sources = ["library.smi"]
    header.date = "2025-01-01T00:00:00"
    header.others = [.init(key: "comment", value: "a=b")]
    var text = ""
    var writer = try FPSWriter(header: header) { text += String(decoding: $0, as: UTF8.self) }
    for (number, fingerprint) in table.enumerated() {
      try writer.append(fingerprint, id: "molécule \(number)")
    }
    try writer.finish()
    var reader = try FPSReader(chunk: ReferenceData.chunks(text, of: chunk))
    #expect(reader.header == header)
    var read: [FPSRecord] = []
    while let record = try reader.next() { read.append(record) }
    #expect(read.map(\.fingerprint) == table)
    #expect(read.map(\.id) == table.indices.map { "molécule \($0)" })
    #expect(read.map(\.line) == table.indices.map { $0 + 8 })
    #expect(try reader.next() == nil)
  }

  @Test func `Windows line ends, further fields and a missing width are read`() throws {
    let text = "#FPS1\r\n#type=T\r\n00ff\tone\textra\tmore\r\nFF00\ttwo\r\n"
    var reader = try FPSReader(chunk: ReferenceData.chunks(text, of: 5))
    #expect(reader.header.bitCount == 16 && reader.header.type == "T")
    let one = try reader.next()
    #expect(one?.id == "one" && one?.fingerprint.setBits == Array(8..<16))
    #expect(try reader.next()?.fingerprint.setBits == Array(0..<8))
    #expect(try reader.next() == nil)
  }

  @Test(
    "a file with a bad head is refused",
    arguments: [
      ("", FPSError.Reason.notFPS),
      ("#num_bits=16\n", .notFPS),
      ("#FPS1", .unterminatedLine),
      ("#FPS1\n#num_bits=16\n#num_bits=16\n", .header("num_bits is given twice")),
      ("#FPS1\n#num_bits=0\n", .header("num_bits must be 1 to 65472, not 0")),
      ("#FPS1\n#type\n", .header("a head line is #key=value")),
      ("#FPS1\n#type=a\n", .unknownWidth),
      ("#FPS1\n\tone\n", .unknownWidth),
      ("#FPS1\n#type=\(String(repeating: "a", count: 99))\n", .lineTooLong(limit: 60)),
    ])
  func badHead(text: String, reason: FPSError.Reason) {
    let error = #expect(throws: FPSError.self) {
      try FPSReader(lineLimit: 60, chunk: ReferenceData.chunks(text, of: 9))
    }
    #expect(error?.reason == reason)
  }

  @Test(
    "a bad line is refused with its number and the next one is read",
    arguments: [
      ("", FPSError.Reason.blankLine),
      ("00ff", .missingID),
      ("00ff\t", .missingID),
      ("00f\tid", .fingerprint(.length(expected: 4, found: 3))),
      ("00fg\tid", .fingerprint(.digit(at: 3))),
      ("00ff id", .missingID),
      ("00ff\ta\0b", .badID),
      ("00ff\t\(String(repeating: "a", count: 99))", .lineTooLong(limit: 60)),
    ])
  func badLine(line: String, reason: FPSError.Reason) throws {
    let text = Self.small + line + "\n0100\tnext\n"
    for chunk in [1, 10, 1000] {
      var reader = try FPSReader(lineLimit: 60, chunk: ReferenceData.chunks(text, of: chunk))
      #expect(try reader.next()?.id == "one")
      #expect(throws: FPSError(line: 8, reason: reason)) { try reader.next() }
      #expect(try reader.next()?.line == 9)
      #expect(try reader.next() == nil)
    }
  }

  @Test func `a file that was cut is told apart from a whole one`() throws {
    var reader = try FPSReader(chunk: ReferenceData.chunks(Self.small + "00ff\ttw", of: 16))
    #expect(try reader.next()?.id == "one")
    #expect(throws: FPSError(line: 8, reason: .unterminatedLine)) { try reader.next() }
  }

  @Test func `an id that is not UTF-8 is refused`() throws {
    var bytes: [UInt8]? = Array(Self.small.utf8) + Array("00ff\t".utf8) + [0xFF, 0x0A]
    var reader = try FPSReader {
      defer { bytes = nil }
      return bytes
    }
    _ = try reader.next()
    #expect(throws: FPSError(line: 8, reason: .badID)) { try reader.next() }
  }

  @Test("an id that FPS cannot hold is not written", arguments: ["a\tb", "a\nb", "a\0", ""])
  func unwritableID(id: String) throws {
    var writer = try FPSWriter(header: FPSHeader(bitCount: 8)) { _ in }
    #expect(throws: FPSError.self) {
      try writer.append(Fingerprint(bitCount: 8, setBits: [1]), id: id)
    }
  }
}
