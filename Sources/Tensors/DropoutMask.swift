/// Which elements a dropout keeps: a pure function of a key and the element's position.
///
/// No generator is advanced, so the mask of a step is the same in a resumed training and with any
/// number of threads.
public struct DropoutMask: Hashable, Sendable {
  /// The share of elements set to zero, in `0..<1`.
  public let rate: Float
  let key: UInt64

  /// A mask for one place in one step of one training.
  public init(rate: Float, seed: UInt64, step: Int, place: Int) {
    precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate)")
    self.rate = rate
    let stream = mixed(seed &+ mixed(UInt64(truncatingIfNeeded: place)))
    key = mixed(stream &+ UInt64(truncatingIfNeeded: step))
  }

  var threshold: UInt32 { UInt32(Double(rate) * 4_294_967_296) }

  // Kept elements grow so that the expected sum stays: "inverted dropout" (Srivastava 2014).
  var scale: Float { 1 / (1 - rate) }
}

/// The output function of SplitMix64 (Steele, Lea & Flood 2014): every input bit moves every other.
func mixed(_ value: UInt64) -> UInt64 {
  var x = value &+ 0x9e37_79b9_7f4a_7c15
  x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
  x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
  return x ^ (x >> 31)
}
