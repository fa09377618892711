/// The pattern fingerprints of a segment, turned back from columns to rows, page by page.
///
/// They are stored as columns only, which is all that a search reads; a compaction needs rows.
struct PatternPages {
  private let segment: Segment
  private let bits: Int

  init(_ segment: Segment) {
    self.segment = segment
    bits = segment.header.patternBits ?? 0
  }

  /// Calls `body` with the rows of each page in the order of their popcounts: their numbers in the
  /// segment, as the file says, and their packed words.
  func forEach(_ body: (_ rows: [Int], _ words: [UInt64]) -> Void) {
    guard let lines = segment.header.sections[.patternColumns]?.offset,
      let numbers = segment.header.sections[.patternColumnRows]?.offset
    else { return }
    var offset = lines
    for first in stride(from: 0, to: segment.rows, by: 32_768) {
      let count = min(32_768, segment.rows - first)
      let blocks = (count + 511) / 512
      let columns = segment.bytes.numbers(UInt64.self, at: offset, count: bits * blocks * 8)
      offset += columns.count * 8
      let rows = segment.bytes.numbers(UInt32.self, at: numbers + first * 4, count: count)
      body(rows.map { Int($0) }, words(columns, blocks: blocks, count: count))
    }
  }

  /// A page's rows.
  ///
  /// Bit `b` of a page of `n` blocks starts at line `b × n`, eight words a line.
  private func words(_ columns: [UInt64], blocks: Int, count: Int) -> [UInt64] {
    let wordCount = bits / 64
    var words = [UInt64](repeating: 0, count: blocks * 512 * wordCount)
    var square = [UInt64](repeating: 0, count: 64)
    for word in 0..<wordCount {
      // Sixty-four columns by sixty-four rows at a time.
      for part in 0..<blocks * 8 {
        for bit in 0..<64 { square[bit] = columns[(word * 64 + bit) * blocks * 8 + part] }
        transpose(&square)
        for row in 0..<64 { words[(part * 64 + row) * wordCount + word] = square[row] }
      }
    }
    words.removeLast(words.count - count * wordCount)
    return words
  }

  /// Swaps bit `i` of word `j` with bit `j` of word `i`; Warren, Hacker's Delight, 7-3.
  private func transpose(_ square: inout [UInt64]) {
    var width = 32
    var mask: UInt64 = 0x0000_0000_FFFF_FFFF
    while width > 0 {
      var row = 0
      while row < 64 {
        let swapped = (square[row] >> UInt64(width) ^ square[row | width]) & mask
        square[row] ^= swapped << UInt64(width)
        square[row | width] ^= swapped
        row = ((row | width) + 1) & ~width
      }
      width >>= 1
      mask ^= mask << UInt64(width)
    }
  }
}
