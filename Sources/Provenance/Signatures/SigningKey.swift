import Crypto
public import Foundation

/// A secret key that signs messages: Ed25519 (RFC 8032), grown from a seed of 32 bytes.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new key of the system's randomness.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// The key of a seed; nil unless it has 32 bytes.
  public init?(seed: some DataProtocol) {
    guard seed.count == 32,
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(seed))
    else { return nil }
    self.key = key
  }

  /// The key whose seed is written as 64 hexadecimal digits; nil for any other text.
  public init?(hex: String) {
    guard let bytes = HexText.bytes(hex) else { return nil }
    self.init(seed: bytes)
  }

  /// The seed as 64 hexadecimal digits: whoever has it signs in the owner's name.
  public var hex: String { HexText.text(key.rawRepresentation) }

  /// What others need to check the signatures.
  public var verifyingKey: VerifyingKey { VerifyingKey(key.publicKey) }

  /// The signature of a message, 64 bytes.
  public func signature(of message: some DataProtocol) -> Data? {
    try? key.signature(for: message)
  }
}

/// A public key: it tells whether its owner signed a message.
public struct VerifyingKey: Hashable, Sendable {
  /// The key as 64 hexadecimal digits.
  public let hex: String
  private let bytes: Data

  init(_ key: Curve25519.Signing.PublicKey) {
    bytes = key.rawRepresentation
    hex = HexText.text(bytes)
  }

  /// Reads a key of 64 hexadecimal digits in either case; nil for any other text.
  public init?(hex: String) {
    guard let bytes = HexText.bytes(hex),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes))
    else { return nil }
    self.init(key)
  }

  /// Whether the signature is the owner's over exactly this message.
  public func accepts(_ signature: some DataProtocol, of message: some DataProtocol) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }
}

extension VerifyingKey: Codable {
  /// Reads the key from its hexadecimal text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let key = VerifyingKey(hex: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a public key of 64 hexadecimal digits")
    }
    self = key
  }

  /// Writes the key as its hexadecimal text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
