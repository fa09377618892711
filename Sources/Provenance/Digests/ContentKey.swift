import Crypto

/// The first 128 bits of a text's SHA-256: small enough to keep one for every compound of a library,
/// large enough that two different texts never meet (2⁻⁶⁴ odds after four billion texts).
public struct ContentKey: Hashable, Comparable, Sendable {
  /// The first and the second eight bytes, read with the most significant byte first.
  public let high: UInt64, low: UInt64

  /// The key of a text's UTF-8 bytes.
  public init(of text: String) {
    var halves: (UInt64, UInt64) = (0, 0)
    for (index, byte) in SHA256.hash(data: Array(text.utf8)).enumerated() where index < 16 {
      if index < 8 {
        halves.0 = halves.0 << 8 | UInt64(byte)
      } else {
        halves.1 = halves.1 << 8 | UInt64(byte)
      }
    }
    (high, low) = halves
  }

  /// A key from its two halves, as they were stored.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Orders keys as numbers.
  public static func < (left: ContentKey, right: ContentKey) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
