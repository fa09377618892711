import Crypto
public import Foundation

/// A SHA-256 digest that grows piece by piece, for bytes that never stand in memory at once.
public struct DigestStream: Sendable {
  private var hash = SHA256()

  /// Starts with no bytes.
  public init() {}

  /// Adds the next bytes.
  public mutating func update(_ bytes: some DataProtocol) { hash.update(data: bytes) }

  /// The digest of all bytes so far; more may follow.
  public func finish() -> Digest {
    let digits = Array("0123456789abcdef")
    var hex = ""
    for byte in hash.finalize() {
      hex.append(digits[Int(byte >> 4)])
      hex.append(digits[Int(byte & 15)])
    }
    return Digest(checked: hex)
  }
}
