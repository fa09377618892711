internal import Synchronization

/// How many rows have each bit, summed over segments when first wanted.
///
/// Opening an index of any number of segments then reads none of their bytes.
final class ColumnFrequencies: Sendable {
  private let sums = Mutex<[Int]?>(nil)

  func sums(of segments: [ColumnSegment]) -> [Int] {
    sums.withLock { known in
      if let known { return known }
      // From a disk these come all at once and not one after another, and with them the popcounts,
      // of which every search reads the ends of every block.
      for segment in segments { segment.storage.fetchSmallSections(count: segment.count) }
      var sums = [Int](repeating: 0, count: segments.first?.storage.layout.bitCount ?? 0)
      for segment in segments {
        for (column, more) in segment.storage.frequencies.enumerated() { sums[column] += more }
      }
      known = sums
      return sums
    }
  }
}
