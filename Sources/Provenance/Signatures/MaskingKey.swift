import Crypto
public import Foundation

/// A secret key with which two parties draw the same pad without a word between them: X25519
/// (RFC 7748), HKDF and HMAC over SHA-256.
public struct MaskingKey: Sendable {
  private let key: Curve25519.KeyAgreement.PrivateKey

  fileprivate init?(seed: Data) {
    // A seed of its own, so that signing and masking share no key.
    let bytes = Data(
      HMAC<SHA256>.authenticationCode(
        for: Data("osong masking key".utf8), using: SymmetricKey(data: seed)))
    guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes) else {
      return nil
    }
    self.key = key
  }

  /// What the others need, as 64 hexadecimal digits.
  public var publicHex: String { HexText.text(key.publicKey.rawRepresentation) }

  /// The pad shared with the owner of a public key: so many words, others for every context.
  ///
  /// Nil where the text is no public key.
  public func pad(with other: String, context: some DataProtocol, words: Int) -> [UInt128]? {
    guard let bytes = HexText.bytes(other),
      let theirs = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: Data(bytes)),
      let secret = try? key.sharedSecretFromKeyAgreement(with: theirs)
    else { return nil }
    let shared = secret.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: Data(), sharedInfo: Data("osong pairwise mask".utf8),
      outputByteCount: 32)
    var pad: [UInt128] = []
    var block: UInt32 = 0
    while pad.count < words {
      let counter = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: block >> $0) }
      let code = HMAC<SHA256>.authenticationCode(for: Data(context) + counter, using: shared)
      var word: UInt128 = 0
      for (place, byte) in code.enumerated() {
        word = word << 8 | UInt128(byte)
        if place % 16 == 15 {
          pad.append(word)
          word = 0
        }
      }
      block += 1
    }
    return Array(pad.prefix(words))
  }
}

extension SigningKey {
  /// The masking key that belongs to this signing key.
  public var maskingKey: MaskingKey? {
    HexText.bytes(hex).flatMap { MaskingKey(seed: Data($0)) }
  }
}
