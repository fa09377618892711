public import Foundation

/// The SHA-256 digest of some bytes: the identity of a file, a model or an input.
public struct Digest: Hashable, Sendable {
  /// The digest as 64 lower-case hexadecimal digits.
  public let hex: String

  /// Reads a digest of 64 hexadecimal digits in either case; nil for any other text.
  public init?(hex: String) {
    let digits = Set("0123456789abcdef")
    let lower = hex.lowercased()
    guard lower.utf8.count == 64, lower.allSatisfy(digits.contains) else { return nil }
    self.hex = lower
  }

  /// Digests bytes held in memory.
  public init(of bytes: some DataProtocol) {
    var stream = DigestStream()
    stream.update(bytes)
    self = stream.finish()
  }

  /// Digests the UTF-8 bytes of a text.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  init(checked hex: String) { self.hex = hex }

  /// The first twelve digits: enough to tell two files apart in a table.
  public var short: String { String(hex.prefix(12)) }
}

extension Digest: CustomStringConvertible {
  /// The hexadecimal digits.
  public var description: String { hex }
}

extension Digest: Codable {
  /// Reads the digest from its hexadecimal text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(hex: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a SHA-256 digest: \(text)")
    }
    self = digest
  }

  /// Writes the digest as its hexadecimal text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
