extension FingerprintRows {
  /// The rows of a mapped file.
  ///
  /// From `wordsAt` on stand `count` rows of little-endian 64-bit words, and from `popcountsAt` on
  /// `count` little-endian 16-bit popcounts; both lie inside the file at multiples of 8 bytes.
  /// The contents are not read here: see ``firstDamagedRow()``.
  public init(
    mapping bytes: MappedBytes, bitCount: Int, count: Int, wordsAt: Int, popcountsAt: Int
  ) throws(LayoutError) {
    guard (1...Fingerprint.maximumBitCount).contains(bitCount) else { throw .width(bitCount) }
    guard count >= 0, count <= Int(UInt32.max) else { throw .count(count) }
    let rowBytes = 8 * Fingerprint.wordCount(bits: bitCount)
    try bytes.check(start: wordsAt, length: count * rowBytes, alignment: 8)
    try bytes.check(start: popcountsAt, length: 2 * count, alignment: 8)
    self.init(
      bitCount: bitCount, count: count,
      storage: .mapped(bytes, wordsAt: wordsAt, popcountsAt: popcountsAt))
  }

  /// The first row whose popcount is not the one stored or which has a bit past the width; nil if
  /// all rows are sound.
  ///
  /// - Complexity: O(rows × words): it reads the whole table.
  public func firstDamagedRow() -> Int? {
    let used = UInt64(bitCount % 64)
    return (0..<count).first { row in
      let words = storage.words(in: row * wordCount..<(row + 1) * wordCount)
      let bits = words.reduce(0) { $0 + $1.nonzeroBitCount }
      let past = used == 0 ? 0 : (words.last ?? 0) >> used
      return bits != popcount(ofRow: row) || past != 0
    }
  }

  /// Why a file cannot hold the rows it is said to hold.
  public enum LayoutError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A width of no bits, or of more than the greatest width.
    case width(Int)
    /// A negative number of rows, or more than 32 bits can number.
    case count(Int)
    /// An offset that is negative or not aligned.
    case offset(Int)
    /// The file ends before the rows do.
    case truncated(needed: Int, found: Int)

    /// The reason in one sentence.
    public var description: String {
      switch self {
      case .width(let bits):
        "a fingerprint has 1 to \(Fingerprint.maximumBitCount) bits, not \(bits)"
      case .count(let count): "\(count) is not a number of rows"
      case .offset(let offset): "rows cannot start at byte \(offset)"
      case .truncated(let needed, let found):
        "the rows need \(needed) bytes, but the file has \(found)"
      }
    }
  }
}

extension MappedBytes {
  /// Throws unless a section lies inside the bytes, aligned.
  func check(start: Int, length: Int, alignment: Int) throws(FingerprintRows.LayoutError) {
    guard start >= 0, start % alignment == 0 else { throw .offset(start) }
    guard length <= count, start <= count - length else {
      throw .truncated(needed: start.addingReportingOverflow(length).partialValue, found: count)
    }
  }
}
