import Entities
import Foundation
import Provenance

/// Rewrites the rows that count into fewer and larger segments, one new segment at a time.
///
/// A segment that is at least seven eighths full and has no deleted rows stays as it is; neighbours
/// among the others are put together, in their order. After each new segment the manifest is replaced: the
/// segments it was made of are gone, but for the last one, which keeps the rows that did not fit any
/// more. So the library is whole at every instant, and a compaction that was stopped has done what
/// it has done. Deleted rows of a finished compaction: none.
struct Compaction {
  private let folder: LibraryFolder
  private(set) var manifest: LibraryManifest
  private var deleted: RowSet
  /// How much text each segment holds.
  private let textBytes: [String: Int]
  /// More text than this makes a segment full too.
  private static let fullTextBytes = 1 << 30

  init(_ manifest: LibraryManifest, in folder: LibraryFolder) throws {
    self.folder = folder
    self.manifest = manifest
    deleted = try folder.deleted(manifest)
    var textBytes: [String: Int] = [:]
    for segment in try folder.open(manifest.segments, of: manifest).segments {
      textBytes[segment.fileName] = [SegmentHeader.Section.ids, .smiles].reduce(0) {
        $0 + (segment.header.sections[$1]?.length ?? 0)
      }
    }
    self.textBytes = textBytes
  }

  /// Neighbouring segments to put together.
  private struct Group {
    var segments: Range<Int>
    var live = 0
    var rows = 0
    var textBytes = 0

    /// Whether putting them together changes anything.
    var isWorthwhile: Bool { segments.count > 1 || live < rows }
  }

  mutating func run(
    shouldStop: () -> Bool = { false }, progress: (LibraryProgress) -> Void = { _ in }
  ) throws {
    if manifest.intake != nil {
      manifest.intake = nil
      try manifest.write(in: folder.url)
      try folder.removeStrays(manifest)
    }
    let total = rowsToWrite
    var done = 0
    while let group = nextGroup() {
      if shouldStop() {
        throw Interruption(of: "the compaction of \(folder.url.lastPathComponent)")
      }
      done += try compact(group)
      progress(LibraryProgress(records: done, share: min(1, Double(done) / Double(max(total, 1)))))
    }
  }

  /// The first group whose compaction would change something; nil when all is compact.
  private func nextGroup() -> Group? {
    var group = Group(segments: 0..<0)
    var start = 0
    for (number, entry) in manifest.segments.enumerated() {
      let live = entry.rows - deleted.count(in: start..<start + entry.rows)
      start += entry.rows
      let text = textBytes[entry.file] ?? 0
      let isFull = isFull(entry, live: live)
      if isFull || group.textBytes + text > 2 * Self.fullTextBytes {
        if group.isWorthwhile { return group }
        let next = isFull ? number + 1 : number
        group = Group(segments: next..<next)
        if isFull { continue }
      }
      group.segments = group.segments.lowerBound..<number + 1
      group.live += live
      group.rows += entry.rows
      group.textBytes += text
      if group.live >= manifest.options.compactedRows { return group }
    }
    return group.isWorthwhile ? group : nil
  }

  private func isFull(_ entry: LibraryManifest.SegmentEntry, live: Int) -> Bool {
    live == entry.rows
      && (entry.rows * 8 >= manifest.options.compactedRows * 7
        || textBytes[entry.file] ?? 0 >= Self.fullTextBytes)
  }

  /// How many rows the compaction will write.
  private var rowsToWrite: Int {
    var start = 0
    return manifest.segments.reduce(0) { sum, entry in
      let live = entry.rows - deleted.count(in: start..<start + entry.rows)
      start += entry.rows
      return isFull(entry, live: live) ? sum : sum + live
    }
  }

  /// Puts a group together as one segment; returns how many rows were done with.
  private mutating func compact(_ group: Group) throws -> Int {
    let entries = manifest.segments[group.segments]
    // What is damaged must not get a new digest and pass for sound.
    for entry in entries {
      let digest = try Digest(ofFileAt: folder.file(entry.file))
      guard digest == entry.digest else { throw LibraryError.changed(entry.file) }
    }
    let first = manifest.segments[..<group.segments.lowerBound].reduce(0) { $0 + $1.rows }
    let segments = try folder.open(Array(entries), of: manifest).segments
    let live = LiveRows(
      segments, first: first, deleted: deleted, options: manifest.options)
    var next = manifest
    var replacement: [LibraryManifest.SegmentEntry] = []
    if live.rows > 0 {
      replacement.append(try folder.write(live, number: manifest.nextSegment))
      next.nextSegment += 1
    }
    var left = RowSet()
    left.append(deleted, 0..<first)
    left.grow(to: first + live.rows)
    var end = first + entries.reduce(0) { $0 + $1.rows }
    if let last = entries.last, live.endInLast < last.rows {
      replacement.append(last)
      end -= last.rows
      left.grow(to: left.rows + live.endInLast)
      for row in left.rows - live.endInLast..<left.rows { left.insert(row) }
      left.append(deleted, end + live.endInLast..<end + last.rows)
      end += last.rows
    }
    left.append(deleted, end..<manifest.rows)
    next.segments.replaceSubrange(group.segments, with: replacement)
    try folder.commit(&next, deleted: left)
    manifest = next
    deleted = left
    return live.rows
  }
}
