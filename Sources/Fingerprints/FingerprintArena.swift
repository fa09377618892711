/// A growing table of packed fingerprints in memory.
///
/// Rows stand one after another from a 64-byte boundary, so that a width which is a multiple of
/// 512 bits never splits a vector load; the popcounts are an array of their own.
public struct FingerprintArena: FingerprintTable {
  /// The number of bits of every row.
  public let bitCount: Int
  /// The number of rows.
  public var count: Int { popcountWords.count }
  private var lines: [CacheLine] = []
  private var popcountWords: [UInt16] = []

  /// Creates an empty arena for fingerprints of `bitCount` bits.
  public init(bitCount: Int) {
    precondition(
      (1...Fingerprint.maximumBitCount).contains(bitCount), "\(bitCount) bits are not a width")
    self.bitCount = bitCount
  }

  /// An arena of these fingerprints, all of one width.
  public init(bitCount: Int, _ fingerprints: some Sequence<Fingerprint>) {
    self.init(bitCount: bitCount)
    for fingerprint in fingerprints { append(fingerprint) }
  }

  /// The rows as they are now; later appends do not change them.
  public var rows: FingerprintRows {
    FingerprintRows(
      bitCount: bitCount, count: count, storage: .owned(lines: lines, popcounts: popcountWords))
  }

  /// The popcounts, one a row.
  public var popcounts: [Int] { popcountWords.map(Int.init) }

  /// One row.
  public subscript(row: Int) -> Fingerprint { rows[row] }

  /// The set bits of some rows as compressed sparse rows; see ``FingerprintRows/setBits(rows:kernel:)``.
  public func setBits(
    rows range: Range<Int>, kernel: KernelKind = .best
  ) -> (offsets: [Int32], indices: [Int32]) {
    rows.setBits(rows: range, kernel: kernel)
  }

  /// Makes room for `rows` rows.
  public mutating func reserveCapacity(_ rows: Int) {
    lines.reserveCapacity((rows * Fingerprint.wordCount(bits: bitCount) + 7) / 8)
    popcountWords.reserveCapacity(rows)
  }

  /// Adds a row at the end.
  public mutating func append(_ fingerprint: Fingerprint) {
    precondition(
      fingerprint.bitCount == bitCount, "\(fingerprint.bitCount) bits for a row of \(bitCount)")
    append(packed: fingerprint.words)
  }

  /// Adds a row of packed words at the end.
  public mutating func append(_ words: [UInt64]) {
    append(Fingerprint(bitCount: bitCount, words: words))
  }

  private mutating func append(packed words: [UInt64]) {
    var place = popcountWords.count * words.count
    var popcount = 0
    for word in words {
      if place % 8 == 0 { lines.append(.zero) }
      lines[place / 8][place % 8] = word
      popcount += word.nonzeroBitCount
      place += 1
    }
    popcountWords.append(UInt16(popcount))
  }
}
