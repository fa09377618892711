/// Eight words, one cache line: an array of these starts at a 64-byte boundary.
typealias CacheLine = SIMD8<UInt64>

/// Where the words and popcounts of a table lie.
enum RowStorage: Sendable {
  /// In memory, rows packed across the lines.
  case owned(lines: [CacheLine], popcounts: [UInt16])
  /// In a file: words from one byte offset, popcounts from another, both little-endian and aligned.
  case mapped(MappedBytes, wordsAt: Int, popcountsAt: Int)

  func popcount(of row: Int) -> Int {
    unsafe withPointers { _, popcounts in unsafe Int(popcounts[row]) }
  }

  func popcounts(in range: Range<Int>) -> [UInt16] {
    unsafe withPointers { _, popcounts in
      unsafe Array(UnsafeBufferPointer(start: popcounts + range.lowerBound, count: range.count))
    }
  }

  func words(in range: Range<Int>) -> [UInt64] {
    unsafe withPointers { words, _ in
      unsafe Array(UnsafeBufferPointer(start: words + range.lowerBound, count: range.count))
    }
  }
}
