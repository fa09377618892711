import Provenance

/// Segments one after another, their rows counted through.
struct SegmentList: Sendable {
  private(set) var segments: [Segment] = []
  /// The row at which each segment begins.
  private(set) var starts: [Int] = []
  private(set) var rows = 0

  mutating func append(_ segment: Segment) {
    segments.append(segment)
    starts.append(rows)
    rows += segment.rows
  }

  /// The segment of a row and the row's place in it.
  /// - Complexity: O(log segments)
  func locate(_ row: Int) -> (segment: Segment, row: Int) {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    let place = starts.partitioningIndex { $0 > row } - 1
    return (segments[place], row - starts[place])
  }

  func text(_ kind: SegmentText, _ row: Int) -> String {
    let (segment, local) = locate(row)
    return segment.texts(kind)[local]
  }

  func origin(_ row: Int) -> RecordOrigin {
    let (segment, local) = locate(row)
    return segment.origin(local)
  }

  /// The first row of each identifier among those that count; nil where there is none.
  /// - Complexity: O(rows): the keys of all identifiers are read.
  func rows(of ids: [String], where counts: (Int) -> Bool) -> [Int?] {
    let wanted = ids.enumerated().map { (key: ContentKey(of: $0.element).start, place: $0.offset) }
      .sorted { ($0.key, $0.place) < ($1.key, $1.place) }
    let filter = KeyFilter(wanted.map(\.key))
    var found = [Int?](repeating: nil, count: ids.count)
    forEachKey(of: .identifier, in: 0..<rows) { row, key in
      guard filter.mayContain(key) else { return }
      let first = wanted.partitioningIndex { $0.key >= key }
      for (_, place) in wanted[first...].prefix(while: { $0.key == key })
      where found[place] == nil && counts(row) && text(.identifier, row) == ids[place] {
        found[place] = row
      }
    }
    return found
  }

  /// Calls `body` with the key of each row of a stretch, in order.
  func forEachKey(
    of kind: SegmentText, in range: Range<Int>, _ body: (_ row: Int, _ key: UInt32) -> Void
  ) {
    for (segment, start) in zip(segments, starts) {
      let wanted = range.clamped(to: start..<start + segment.rows)
      guard !wanted.isEmpty else { continue }
      // Pages that were read count as memory while they are mapped: one segment's at a time.
      let fresh = segment.mappedAnew()
      let keys = fresh.keys(kind, wanted.lowerBound - start..<wanted.upperBound - start)
      for (offset, key) in keys.enumerated() { body(wanted.lowerBound + offset, key) }
    }
  }
}

/// A sieve that tells at once that most keys are not among some.
struct KeyFilter {
  private var words: [UInt64]
  private let mask: UInt32

  init(_ keys: [UInt32]) {
    var bits = 1_024
    while bits < keys.count * 8, bits < 1 << 30 { bits *= 2 }
    words = [UInt64](repeating: 0, count: bits / 64)
    mask = UInt32(truncatingIfNeeded: bits - 1)
    for key in keys { words[Int((key & mask) >> 6)] |= 1 << (key & 63) }
  }

  func mayContain(_ key: UInt32) -> Bool { words[Int((key & mask) >> 6)] >> (key & 63) & 1 == 1 }
}

extension ContentKey {
  /// Enough of the key to rule nearly every other text out; the texts themselves decide.
  var start: UInt32 { UInt32(high >> 32) }
}

extension Array {
  /// The first place from which on `isSecond` holds; the elements for which it does not come first.
  func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
