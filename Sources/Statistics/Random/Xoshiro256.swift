/// The generator of this room: xoshiro256**, 256 bits of state, seeded by ``SplitMix64``.
///
/// Blackman, Vigna: Scrambled linear pseudorandom number generators. ACM TOMS 2021, 47, 36.
/// The same seed gives the same numbers on every machine and in every version.
public struct Xoshiro256: RandomNumberGenerator, Hashable, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts from a seed.
  public init(seed: UInt64) {
    var seeder = SplitMix64(seed: seed)
    state = (seeder.next(), seeder.next(), seeder.next(), seeder.next())
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    let result = Self.rotate(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, by: 45)
    return result
  }

  private static func rotate(_ bits: UInt64, by places: UInt64) -> UInt64 {
    (bits << places) | (bits >> (64 - places))
  }

  /// Whether two generators will give the same numbers.
  public static func == (one: Xoshiro256, other: Xoshiro256) -> Bool { one.state == other.state }

  /// Hashes the state.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(state.0)
    hasher.combine(state.1)
    hasher.combine(state.2)
    hasher.combine(state.3)
  }
}
