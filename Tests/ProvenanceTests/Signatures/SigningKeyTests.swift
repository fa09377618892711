import Foundation
import Provenance
import Testing

@Suite struct SigningKeyTests {
  /// RFC 8032, section 7.1, test 1: the empty message.
  private let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
  private let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
  private let signature =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
    + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"

  private func bytes(_ hex: String) -> Data {
    let digits = Array(hex)
    return Data(
      stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      })
  }

  @Test func `a seed gives the key and accepts the signature of the standard`() throws {
    let signing = try #require(SigningKey(hex: seed))
    #expect(signing.verifyingKey.hex == key)
    #expect(signing.hex == seed)
    let verifying = try #require(VerifyingKey(hex: key.uppercased()))
    #expect(verifying == signing.verifyingKey)
    #expect(verifying.accepts(bytes(signature), of: Data()))
    #expect(!verifying.accepts(bytes(signature), of: Data([0])))
    #expect(!verifying.accepts(Data(), of: Data()))
  }

  @Test func `what is signed is accepted, by the signer's key alone`() throws {
    let (one, other) = (SigningKey(), SigningKey())
    let message = Data("a message".utf8)
    let signature = try #require(one.signature(of: message))
    #expect(signature.count == 64)
    #expect(one.verifyingKey.accepts(signature, of: message))
    #expect(!other.verifyingKey.accepts(signature, of: message))
  }

  @Test(arguments: [
    "", "00", "zz", String(repeating: "0", count: 63), String(repeating: "g", count: 64),
  ])
  func `a text that is no key is refused`(_ text: String) {
    #expect(SigningKey(hex: text) == nil)
    #expect(VerifyingKey(hex: text) == nil)
  }
}
