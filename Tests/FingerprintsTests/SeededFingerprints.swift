import Fingerprints

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Fingerprints meant to break a search: empty, full, one bit, the last bit, duplicates, neighbours
/// of each other by one bit, and random ones of very different densities.
func adversarialFingerprints(bitCount: Int, count: Int, seed: UInt64) -> [Fingerprint] {
  var generator = SeededGenerator(seed: seed)
  var all = [
    Fingerprint(bitCount: bitCount),
    Fingerprint(bitCount: bitCount, setBits: 0..<bitCount),
    Fingerprint(bitCount: bitCount, setBits: [0]),
    Fingerprint(bitCount: bitCount, setBits: [bitCount - 1]),
    Fingerprint(bitCount: bitCount, setBits: 0..<bitCount / 2),
    Fingerprint(bitCount: bitCount, setBits: bitCount / 2..<bitCount),
    Fingerprint(bitCount: bitCount),
    Fingerprint(bitCount: bitCount, setBits: 0..<bitCount),
  ]
  while all.count < count {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      all.append(all[Int.random(in: 0..<all.count, using: &generator)])
    case 1:
      var bits = Set(all[Int.random(in: 0..<all.count, using: &generator)].setBits)
      bits.formSymmetricDifference([Int.random(in: 0..<bitCount, using: &generator)])
      all.append(Fingerprint(bitCount: bitCount, setBits: bits))
    default:
      let density = [0.02, 0.1, 0.5, 0.9][Int.random(in: 0..<4, using: &generator)]
      let bits = (0..<bitCount).filter { _ in
        Double.random(in: 0..<1, using: &generator) < density
      }
      all.append(Fingerprint(bitCount: bitCount, setBits: bits))
    }
  }
  return all
}

/// The plainest search there is: every similarity, then a sort.
func referenceNeighbours(
  of query: Fingerprint, in table: [Fingerprint], by metric: SimilarityMetric
) -> [Neighbour] {
  table.enumerated()
    .map { Neighbour(row: $0.offset, similarity: query.similarity(to: $0.element, by: metric)) }
    .sorted { ($1.similarity, $0.row) < ($0.similarity, $1.row) }
}
