/// Counts of pairs of numbers, in a hash table of twelve bytes a slot.
struct PairCounter {
  private var keys: [UInt64]
  private var counts: [UInt32]
  private var used = 0
  private var shift: UInt64

  // No pair has the largest number twice.
  private static let free = UInt64.max

  init(capacityLog2: UInt64 = 12) {
    keys = [UInt64](repeating: Self.free, count: 1 << capacityLog2)
    counts = [UInt32](repeating: 0, count: 1 << capacityLog2)
    shift = 64 - capacityLog2
  }

  static func key(_ drug: UInt32, _ event: UInt32) -> UInt64 { UInt64(drug) << 32 | UInt64(event) }

  /// Adds one to a pair's count.
  mutating func add(_ key: UInt64) {
    if 2 * used >= keys.count { grow() }
    let slot = slot(of: key)
    if keys[slot] == Self.free {
      keys[slot] = key
      used += 1
    }
    counts[slot] += 1
  }

  /// The pairs in the order of their numbers.
  /// - Complexity: O(n log n)
  func pairs() -> [ReportTally.Pair] {
    keys.indices.filter { keys[$0] != Self.free }.sorted { keys[$0] < keys[$1] }.map {
      ReportTally.Pair(
        drug: Int(keys[$0] >> 32), event: Int(keys[$0] & 0xFFFF_FFFF), count: Int(counts[$0]))
    }
  }

  /// The slot of a key, or the free one where it belongs.
  private func slot(of key: UInt64) -> Int {
    // Fibonacci hashing: the high bits of the product depend on all of the key's.
    var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while keys[slot] != key, keys[slot] != Self.free { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private mutating func grow() {
    var larger = PairCounter(capacityLog2: 65 - shift)
    for place in keys.indices where keys[place] != Self.free {
      let slot = larger.slot(of: keys[place])
      larger.keys[slot] = keys[place]
      larger.counts[slot] = counts[place]
    }
    larger.used = used
    self = larger
  }
}
