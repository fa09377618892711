/// A number in fixed point modulo 2¹²⁸, 64 bits behind the point: sums wrap around, so pads cancel
/// exactly.
public struct MaskedNumber: Codable, Hashable, Sendable {
  /// The upper and the lower 64 bits.
  public let high: UInt64, low: UInt64

  /// A number from its bits.
  public init(word: UInt128) {
    high = UInt64(truncatingIfNeeded: word >> 64)
    low = UInt64(truncatingIfNeeded: word)
  }

  /// A value, to 2⁻⁶⁴; nil from 2⁵⁵ on, where the sum over 64 hospitals could not be told from a
  /// negative one.
  init?(value: Double) {
    guard value.isFinite, value.magnitude < 0x1p55 else { return nil }
    self.init(word: UInt128(truncatingIfNeeded: Int128((value * 0x1p64).rounded())))
  }

  var word: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// The values of sums over all hospitals, whose pads are gone.
  static func values(_ parts: [[MaskedNumber]]) -> [Double] {
    guard let first = parts.first else { return [] }
    return first.indices.map { place in
      let sum = parts.reduce(UInt128(0)) { $0 &+ $1[place].word }
      return Double(Int128(truncatingIfNeeded: sum)) / 0x1p64
    }
  }
}
