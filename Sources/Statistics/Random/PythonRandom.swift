/// Python's `random.Random`, as far as published splits need it: a seed and `shuffle`.
///
/// MT19937 (Matsumoto, Nishimura: Mersenne Twister. ACM TOMACS 1998, 8, 3), seeded by the array
/// method of its authors as Python does for whole numbers.
public struct PythonRandom: Sendable {
  private static let length = 624
  private var state: [UInt32]
  private var place = PythonRandom.length

  /// `random.Random(seed)`.
  public init(seed: UInt64) {
    state = PythonRandom.initial(19_650_218)
    let key =
      seed >> 32 == 0
      ? [UInt32(seed)] : [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)]
    mix(key)
  }

  private static func initial(_ seed: UInt32) -> [UInt32] {
    var state = [seed]
    for number in 1..<length {
      let last = state[number - 1]
      state.append((last ^ (last >> 30)) &* 1_812_433_253 &+ UInt32(number))
    }
    return state
  }

  private mutating func mix(_ key: [UInt32]) {
    let length = PythonRandom.length
    var i = 1
    func previous(_ state: [UInt32], _ i: Int) -> UInt32 { state[i - 1] ^ (state[i - 1] >> 30) }
    func step(_ state: inout [UInt32], _ i: inout Int) {
      i += 1
      if i == length {
        state[0] = state[length - 1]
        i = 1
      }
    }
    for round in 0..<max(length, key.count) {
      let j = round % key.count
      state[i] = (state[i] ^ (previous(state, i) &* 1_664_525)) &+ key[j] &+ UInt32(j)
      step(&state, &i)
    }
    for _ in 1..<length {
      state[i] = (state[i] ^ (previous(state, i) &* 1_566_083_941)) &- UInt32(i)
      step(&state, &i)
    }
    state[0] = 0x8000_0000
  }

  private mutating func twist() {
    let length = PythonRandom.length
    for i in 0..<length {
      let bits = (state[i] & 0x8000_0000) | (state[(i + 1) % length] & 0x7FFF_FFFF)
      let odd: UInt32 = bits & 1 == 1 ? 0x9908_B0DF : 0
      state[i] = state[(i + 397) % length] ^ (bits >> 1) ^ odd
    }
    place = 0
  }

  private mutating func next() -> UInt32 {
    if place == PythonRandom.length { twist() }
    var bits = state[place]
    place += 1
    bits ^= bits >> 11
    bits ^= (bits << 7) & 0x9D2C_5680
    bits ^= (bits << 15) & 0xEFC6_0000
    return bits ^ (bits >> 18)
  }

  private mutating func draw(below bound: Int) -> Int {
    let width = Int.bitWidth - bound.leadingZeroBitCount
    precondition(width <= 32, "\(bound) is more than one draw covers")
    while true {
      let drawn = Int(next() >> UInt32(32 - width))
      if drawn < bound { return drawn }
    }
  }

  /// `random.shuffle(items)`.
  public mutating func shuffle<Item>(_ items: inout [Item]) {
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, draw(below: last + 1))
    }
  }
}
