/// The rows that count of some segments, one after another: what a compaction writes anew.
struct LiveRows: SegmentContents {
  /// Neighbouring rows of one segment.
  private struct Run {
    let segment: Int
    let rows: Range<Int>
    /// The place of the first of them among all.
    let start: Int
  }

  private let segments: [Segment]
  private var runs: [Run] = []
  private(set) var rows = 0
  /// Up to where the rows of the last segment were taken.
  private(set) var endInLast = 0

  /// The first `most` live rows of segments that stand at `first` and on among all rows.
  init(_ segments: [Segment], first: Int, deleted: RowSet, most: Int) {
    self.segments = segments
    var base = first
    for (number, segment) in segments.enumerated() {
      var next = 0
      // Past the last deleted row comes one more run.
      for end in deleted.members(in: base..<base + segment.rows).map({ $0 - base }) + [segment.rows]
      {
        let taken = min(end, next + most - rows)
        if taken > next {
          runs.append(Run(segment: number, rows: next..<taken, start: rows))
          rows += taken - next
        }
        next = rows < most ? end + 1 : max(next, taken)
        if rows == most { break }
      }
      endInLast = min(next, segment.rows)
      base += segment.rows
    }
  }

  func words(_ range: Range<Int>) -> [UInt64] {
    collect(range) { segment, rows in segment.words(rows) }
  }

  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt64] {
    collect(range) { segment, rows in segment.keys(kind, rows) }
  }

  func origins(_ range: Range<Int>) -> [RecordOrigin] {
    collect(range) { segment, rows in rows.map { segment.origin($0) } }
  }

  func texts(_ kind: SegmentText, _ range: Range<Int>) -> EncodedTexts {
    var texts = EncodedTexts()
    forEachRun(of: range) { segment, rows in texts.append(segment.texts(kind).encoded(rows)) }
    return texts
  }

  private func collect<Element>(
    _ range: Range<Int>, _ read: (Segment, Range<Int>) -> [Element]
  ) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(range.count)
    forEachRun(of: range) { segment, rows in elements += read(segment, rows) }
    return elements
  }

  private func forEachRun(of range: Range<Int>, _ body: (Segment, Range<Int>) -> Void) {
    var place = runs.partitioningIndex { $0.start + $0.rows.count > range.lowerBound }
    while place < runs.count, runs[place].start < range.upperBound {
      let run = runs[place]
      let wanted = range.clamped(to: run.start..<run.start + run.rows.count)
      let shift = run.rows.lowerBound - run.start
      body(segments[run.segment], wanted.lowerBound + shift..<wanted.upperBound + shift)
      place += 1
    }
  }
}
