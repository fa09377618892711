import Foundation
import Provenance
import Testing

@Suite("Digest") struct DigestTests {
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func `a text has the digest that FIPS 180-4 gives it`(text: String, hex: String) {
    #expect(Digest(of: text).hex == hex)
  }

  @Test func `bytes in pieces and a file of them have the digest of the whole`() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var stream = DigestStream()
    for start in stride(from: 0, to: bytes.count, by: 7_777) {
      stream.update(bytes[start..<min(start + 7_777, bytes.count)])
    }
    let url = folder.url.appending(path: "bytes")
    try Data(bytes).write(to: url)
    #expect(stream.finish() == Digest(of: bytes))
    #expect(try Digest(ofFileAt: url) == Digest(of: bytes))
  }

  @Test(arguments: [
    "", "abc", String(repeating: "g", count: 64), String(repeating: "０", count: 64),
  ])
  func `a text that is no digest is refused`(text: String) {
    #expect(Digest(hex: text) == nil)
  }

  @Test func `upper case reads as the same digest`() {
    let digest = Digest(of: "abc")
    #expect(Digest(hex: digest.hex.uppercased()) == digest)
  }

  @Test func `a file that is not there is an error that names it`() {
    let url = URL(fileURLWithPath: "/nowhere/at/all")
    #expect {
      try Digest(ofFileAt: url)
    } throws: { error in
      "\(error)".contains("/nowhere/at/all") && "\(error)".contains("No such file")
    }
  }
}
