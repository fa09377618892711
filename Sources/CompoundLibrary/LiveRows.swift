/// The rows that count of some segments, one after another: what a compaction writes anew.
struct LiveRows: SegmentContents {
  /// Neighbouring rows of one segment.
  private struct Run {
    let segment: Int
    let rows: Range<Int>
    /// The place of the first of them among all.
    let start: Int
  }

  let bits: Int
  let patternBits: Int?
  private var segments: [Segment]
  private var runs: [Run] = []
  private(set) var rows = 0
  /// Up to where the rows of the last segment were taken.
  private(set) var endInLast = 0

  /// The live rows of segments that stand at `first` and on among all rows, as many as a compacted
  /// segment takes.
  init(_ segments: [Segment], first: Int, deleted: RowSet, options: LibraryOptions) {
    self.segments = segments
    bits = options.storedBits
    patternBits = options.patternBits
    let most = options.compactedRows
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

  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt32] {
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

  func mappedAnew() -> LiveRows {
    var fresh = self
    fresh.segments = segments.map { $0.mappedAnew() }
    return fresh
  }

  func forEachPattern(_ body: (_ rows: [Int?], _ words: [UInt64]) -> Void) {
    for (number, segment) in segments.enumerated() {
      var placeOfRow = [Int?](repeating: nil, count: segment.rows)
      for run in runs where run.segment == number {
        for row in run.rows { placeOfRow[row] = run.start + row - run.rows.lowerBound }
      }
      // Pages that were read count as memory while they are mapped.
      PatternPages(segment.mappedAnew()).forEach { rows, words in
        body(rows.map { placeOfRow.indices.contains($0) ? placeOfRow[$0] : nil }, words)
      }
    }
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
