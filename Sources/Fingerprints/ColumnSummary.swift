internal import Synchronization

/// What every search wants to know of an index, in little memory.
struct ColumnSummary: Sendable {
  /// By column: how many rows have the bit.
  ///
  /// It decides in which order columns are read, nothing else.
  let frequencies: [Int]
  /// By block, those of all pages one after another: the popcounts at its ends, the lesser first.
  let popcounts: [ClosedRange<UInt16>]

  init(of segments: [ColumnSegment], pages: [ColumnPage], bitCount: Int) {
    // From a disk these come all at once and not one after another.
    for segment in segments { segment.storage.fetchSmallSections(count: segment.count) }
    var frequencies = [Int](repeating: 0, count: bitCount)
    for segment in segments {
      for (column, more) in segment.storage.frequencies.enumerated() { frequencies[column] += more }
    }
    self.frequencies = frequencies
    popcounts = pages.flatMap { page in
      segments[page.segment].storage.popcounts(atEndsOf: (0..<page.blockCount).map(page.places))
    }
  }

  /// The popcounts of the rows of a page.
  func popcounts(of page: ColumnPage) -> ClosedRange<Int> {
    let (first, last) = (page.firstBlock, page.firstBlock + page.blockCount - 1)
    let (least, most) = (popcounts[first].lowerBound, popcounts[last].upperBound)
    // Damaged popcounts may descend.
    return Int(min(least, most))...Int(max(least, most))
  }

  /// The columns of a query in the order in which they are read: the rarest rule a block out
  /// soonest.
  func rarestFirst(_ query: Fingerprint) -> [UInt32] {
    // One number for both sorts faster than a pair.
    query.setBits.map { UInt64(frequencies[$0]) << 16 | UInt64($0) }.sorted()
      .map { UInt32(truncatingIfNeeded: $0 & 0xffff) }
  }
}

/// A summary made when it is first wanted, so that opening an index of any number of segments reads
/// none of their bytes.
final class LazyColumnSummary: Sendable {
  private let summary = Mutex<ColumnSummary?>(nil)

  func value(_ make: () -> ColumnSummary) -> ColumnSummary {
    summary.withLock { known in
      if let known { return known }
      let made = make()
      known = made
      return made
    }
  }
}
