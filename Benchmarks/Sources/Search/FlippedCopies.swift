import Fingerprints

/// A library of any size: the real rows first, then copies of them with some bits flipped.
///
/// A copy loses about one bit in sixteen and gains as many others, so that popcounts stay real.
/// Every row depends on its own number alone: any part can be made alone, by any thread.
struct FlippedCopies {
  let originals: FingerprintRows

  /// The words of one row.
  func row(_ number: Int) -> [UInt64] {
    let original = originals[number % originals.count].words
    return number < originals.count
      ? original : Self.flipped(original, seed: UInt64(number))
  }

  private static func flipped(_ row: [UInt64], seed: UInt64) -> [UInt64] {
    var random = SplitMix(state: seed)
    var lost = 0
    var copy = row.map { word in
      let cleared = random.next() & random.next() & random.next() & random.next()
      lost += (word & cleared).nonzeroBitCount
      return word & ~cleared
    }
    while lost > 0 {
      let bit = Int(random.next() % UInt64(RowFile.bitCount))
      guard copy[bit / 64] >> UInt64(bit % 64) & 1 == 0 else { continue }
      copy[bit / 64] |= 1 << UInt64(bit % 64)
      lost -= 1
    }
    return copy
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct SplitMix {
  var state: UInt64

  init(state: UInt64) {
    // Neighbouring numbers must not give the same sequence, one step apart.
    var first = SplitMix(unmixed: state)
    self.state = first.next()
  }

  private init(unmixed state: UInt64) { self.state = state }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
