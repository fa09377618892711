/// Anything whose rows can be searched: an arena in memory or a segment on disk.
public protocol FingerprintTable: SimilaritySearchable {
  /// The rows themselves.
  var rows: FingerprintRows { get }
}

/// Packed fingerprints of one width, with their popcounts beside them, in memory or mapped.
///
/// Rows are `wordCount` consecutive words without padding; ids live with the caller.
public struct FingerprintRows: FingerprintTable {
  /// The number of bits of every row.
  public let bitCount: Int
  /// The number of rows.
  public let count: Int
  let storage: RowStorage

  /// Itself.
  public var rows: FingerprintRows { self }
  /// Words a row takes.
  public var wordCount: Int { Fingerprint.wordCount(bits: bitCount) }

  /// One row.
  public subscript(row: Int) -> Fingerprint {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    return Fingerprint(
      bitCount: bitCount,
      words: storage.words(in: row * wordCount..<(row + 1) * wordCount))
  }

  /// The popcount of one row.
  public func popcount(ofRow row: Int) -> Int {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    return storage.popcount(of: row)
  }

  /// The set bits of some rows as compressed sparse rows: row `i` of the range owns
  /// `indices[offsets[i]..<offsets[i + 1]]`, ascending.
  ///
  /// - Precondition: the rows have fewer than 2³¹ set bits together.
  /// - Complexity: O(words + set bits)
  public func setBits(
    rows range: Range<Int>, kernel: KernelKind = .best
  ) -> (offsets: [Int32], indices: [Int32]) {
    precondition(kernel.isAvailable, "this processor has no \(kernel)")
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "rows \(range) of \(count)")
    return storage.setBits(rows: range, wordCount: wordCount, kernel: kernel)
  }
}
