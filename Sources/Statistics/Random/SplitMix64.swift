/// A tiny generator whose every seed is good; it seeds the others and splits one seed into many.
///
/// Steele, Lea, Flood: Fast splittable pseudorandom number generators. OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// Starts from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A seed of its own for piece `number` of a job, so that no piece depends on another.
  public static func seed(_ seed: UInt64, piece number: Int) -> UInt64 {
    var first = SplitMix64(seed: seed)
    var second = SplitMix64(seed: first.next() ^ UInt64(bitPattern: Int64(number)))
    return second.next()
  }
}
