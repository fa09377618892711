import Fingerprints
import Testing

@Suite struct FingerprintTests {
  @Test func `bits set are the bits read`() {
    let fingerprint = Fingerprint(bitCount: 167, setBits: [166, 0, 64, 63, 64])
    #expect(fingerprint.setBits == [0, 63, 64, 166])
    #expect(fingerprint.popcount == 4)
    #expect(fingerprint[64] && !fingerprint[65])
    #expect(fingerprint.words.count == 3)
  }

  // RDKit 2022.09.3: DataStructs.BitVectToFPSText of a 64-bit vector with bit 1 set.
  @Test func `hexadecimal text has byte 0 first and bit 0 lowest`() throws {
    #expect(Fingerprint(bitCount: 64, setBits: [1]).hex == "0200000000000000")
    #expect(Fingerprint(bitCount: 12, setBits: [4, 11]).hex == "1008")
    #expect(try Fingerprint(hex: "1008", bitCount: 12).setBits == [4, 11])
    #expect(try Fingerprint(hex: "aB").setBits == [0, 1, 3, 5, 7])
  }

  @Test("hexadecimal text survives a round trip", arguments: [1, 8, 63, 64, 65, 167, 1024, 2048])
  func hexRoundTrip(bitCount: Int) throws {
    for fingerprint in adversarialFingerprints(bitCount: bitCount, count: 40, seed: 5) {
      #expect(try Fingerprint(hex: fingerprint.hex, bitCount: bitCount) == fingerprint)
    }
  }

  @Test(
    "text that is no fingerprint is refused with its reason",
    arguments: [
      ("", nil, Fingerprint.HexError.width(0)),
      ("abc", nil, .length(expected: 4, found: 3)),
      ("ab", 16, .length(expected: 4, found: 2)),
      ("0g", nil, .digit(at: 1)),
      ("é", nil, .digit(at: 0)),
      ("ff", 7, .bitPastWidth(7)),
      ("ff", 100_000, .width(100_000)),
    ])
  func badHex(text: String, bitCount: Int?, reason: Fingerprint.HexError) {
    #expect(throws: reason) { try Fingerprint(hex: text, bitCount: bitCount) }
  }

  @Test("an arena gives back its rows, popcounts and set bits", arguments: [1, 64, 167, 192, 2048])
  func arenaRoundTrip(bitCount: Int) {
    let table = adversarialFingerprints(bitCount: bitCount, count: 60, seed: 9)
    let arena = FingerprintArena(bitCount: bitCount, table)
    #expect(arena.count == 60)
    #expect((0..<60).map { arena[$0] } == table)
    #expect(arena.popcounts == table.map(\.popcount))
    for kernel in KernelKind.available {
      let (offsets, indices) = arena.setBits(rows: 3..<60, kernel: kernel)
      #expect(offsets.count == 58)
      for (number, fingerprint) in table[3...].enumerated() {
        let bits = indices[Int(offsets[number])..<Int(offsets[number + 1])]
        #expect(bits.map(Int.init) == fingerprint.setBits)
      }
    }
    #expect(arena.setBits(rows: 7..<7).offsets == [0])
  }

  @Test func `rows taken from an arena do not change when it grows`() {
    var arena = FingerprintArena(bitCount: 64, [Fingerprint(bitCount: 64, setBits: [1])])
    let rows = arena.rows
    arena.append(Fingerprint(bitCount: 64, setBits: [2]))
    #expect(rows.count == 1 && arena.count == 2)
    #expect(rows[0].setBits == [1])
  }
}
