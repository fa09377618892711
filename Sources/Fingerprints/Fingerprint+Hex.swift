extension Fingerprint {
  /// The fingerprint as FPS writes it: byte 0 first, two lower-case digits a byte, bit 0 the lowest
  /// bit of byte 0.
  public var hex: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * Self.byteCount(bits: bitCount))
    for byte in 0..<Self.byteCount(bits: bitCount) {
      let value = UInt8(truncatingIfNeeded: words[byte / 8] >> UInt64(byte % 8 * 8))
      digits.append(Self.digit(value >> 4))
      digits.append(Self.digit(value & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// How many bytes FPS uses for `bits` bits.
  public static func byteCount(bits: Int) -> Int { (bits + 7) / 8 }

  /// Reads FPS digits, upper or lower case; without a `bitCount` it is four times their number.
  public init(hex: some StringProtocol, bitCount: Int? = nil) throws(HexError) {
    try self.init(hexDigits: Array(hex.utf8)[...], bitCount: bitCount)
  }

  /// Reads FPS digits given as ASCII bytes.
  public init(hexDigits: ArraySlice<UInt8>, bitCount: Int? = nil) throws(HexError) {
    let bits = bitCount ?? hexDigits.count * 4
    guard (1...Self.maximumBitCount).contains(bits) else { throw .width(bits) }
    let expected = 2 * Self.byteCount(bits: bits)
    guard hexDigits.count == expected else {
      throw .length(expected: expected, found: hexDigits.count)
    }
    var words = [UInt64](repeating: 0, count: Self.wordCount(bits: bits))
    for (place, character) in hexDigits.enumerated() {
      guard let value = Self.value(ofDigit: character) else { throw .digit(at: place) }
      // The first digit of a byte is its high half.
      words[place / 16] |= UInt64(value) << UInt64(((place % 16) ^ 1) * 4)
    }
    if bits % 64 != 0, words[words.count - 1] >> UInt64(bits % 64) != 0 {
      throw .bitPastWidth(bits)
    }
    self.init(bitCount: bits, words: words)
  }

  /// Why hexadecimal text is no fingerprint.
  public enum HexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A width of no bits, or of more than the greatest width.
    case width(Int)
    /// The wrong number of digits.
    case length(expected: Int, found: Int)
    /// A character that is no hexadecimal digit; the first has place 0.
    case digit(at: Int)
    /// A set bit past the width.
    case bitPastWidth(Int)

    /// The reason in one sentence.
    public var description: String {
      switch self {
      case .width(let bits):
        "a fingerprint has 1 to \(Fingerprint.maximumBitCount) bits, not \(bits)"
      case .length(let expected, let found):
        "the fingerprint needs \(expected) hexadecimal digits, found \(found)"
      case .digit(let place): "character \(place + 1) is not a hexadecimal digit"
      case .bitPastWidth(let bits): "a bit past the width of \(bits) bits is set"
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func value(ofDigit character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
