/// A small seeded generator (SplitMix64): the same seed gives the same numbers everywhere.
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator for one purpose; different streams of one seed are independent.
  public init(seed: UInt64, stream: Int = 0) {
    state = mixed(seed &+ mixed(UInt64(truncatingIfNeeded: stream)))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    defer { state &+= 0x9e37_79b9_7f4a_7c15 }
    return mixed(state)
  }

  /// A number in `0..<1`, in steps of 2⁻²⁴.
  public mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// The numbers `0..<count` in random order (Fisher & Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    for last in stride(from: count - 1, to: 0, by: -1) {
      // The high half of the product is uniform to 2⁻⁶⁴ of a share; no library detail is relied on.
      let place = Int(next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(last, place)
    }
    return order
  }
}
