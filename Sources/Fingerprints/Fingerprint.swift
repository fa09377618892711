/// A binary fingerprint: a fixed number of bits packed into 64-bit words.
///
/// Bit `i` stands in word `i / 64` at place `i % 64`; the bits past `bitCount` are zero.
public struct Fingerprint: Hashable, Sendable {
  /// The greatest width, so that every number of bits fits in 16 bits.
  public static let maximumBitCount = 65_472

  /// The number of bits, set or not; between 1 and ``maximumBitCount``.
  public let bitCount: Int
  /// The packed bits, `wordCount(bits: bitCount)` words.
  public let words: [UInt64]

  /// How many words hold `bits` bits.
  public static func wordCount(bits: Int) -> Int { (bits + 63) / 64 }

  /// Takes packed words over.
  ///
  /// - Precondition: there are just enough words, and no bit past `bitCount` is set.
  public init(bitCount: Int, words: [UInt64]) {
    precondition(
      (1...Self.maximumBitCount).contains(bitCount), "\(bitCount) bits are not a width")
    precondition(
      words.count == Self.wordCount(bits: bitCount), "\(words.count) words for \(bitCount) bits")
    let used = bitCount % 64
    precondition(
      used == 0 || words[words.count - 1] >> UInt64(used) == 0, "a bit past \(bitCount) is set")
    self.bitCount = bitCount
    self.words = words
  }

  /// The fingerprint with these bits set, in any order; none gives the empty fingerprint.
  public init(bitCount: Int, setBits: some Sequence<Int> = []) {
    var words = [UInt64](repeating: 0, count: Self.wordCount(bits: bitCount))
    for bit in setBits {
      precondition((0..<bitCount).contains(bit), "bit \(bit) of \(bitCount)")
      words[bit / 64] |= 1 << UInt64(bit % 64)
    }
    self.init(bitCount: bitCount, words: words)
  }

  /// How many bits are set.
  public var popcount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The places of the set bits, ascending.
  public var setBits: [Int] {
    var places: [Int] = []
    for (number, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        places.append(number * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return places
  }

  /// Whether a bit is set.
  public subscript(bit: Int) -> Bool {
    precondition((0..<bitCount).contains(bit), "bit \(bit) of \(bitCount)")
    return words[bit / 64] >> UInt64(bit % 64) & 1 == 1
  }

  /// How many bits are set in both fingerprints.
  public func intersection(with other: Fingerprint) -> Int {
    precondition(bitCount == other.bitCount, "\(bitCount) bits against \(other.bitCount)")
    return zip(words, other.words).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
  }

  /// The similarity of this fingerprint, as the query, to another one.
  public func similarity(to other: Fingerprint, by metric: SimilarityMetric = .tanimoto) -> Double {
    metric.similarity(
      common: intersection(with: other), query: popcount, row: other.popcount)
  }
}
