import Entities
import Foundation
import Molecules
import Provenance

/// The state of a build: the segment being filled, and what is already safe on disk.
struct LibraryBuildWork {
  private let folder: URL
  private(set) var manifest: LibraryManifest
  private(set) var mark: BuildProgressMark
  private var builder: SegmentBuilder
  private var counts: LibraryCounts
  private let refusals: RefusalLog?

  /// Begins a build, or takes up one of the same inputs and options where it was killed.
  init(
    folder: URL, options: LibraryOptions, columns: LibraryColumns?, inputs: [LibraryInput]
  ) throws {
    self.folder = folder
    builder = SegmentBuilder(bits: options.fingerprint.wordCount * 64)
    let start = BuildProgressMark(input: 0, records: 0, refusalBytes: 0)
    let fresh = LibraryManifest(
      options: options, columns: columns, inputs: inputs, progress: start)
    manifest = try Self.earlier(in: folder, like: fresh) ?? fresh
    counts = manifest.counts
    guard let progress = manifest.progress else {
      mark = start
      refusals = nil
      // A build that was killed at its very end leaves its log.
      try? FileManager.default.removeItem(at: folder.appending(path: RefusalLog.fileName))
      return
    }
    mark = progress
    // The manifest comes first: killed between these steps, the folder still tells what it is, and
    // never names files that are gone.
    try manifest.write(in: folder)
    try Self.removeStrays(in: folder, keeping: Set(manifest.segments.map(\.file)))
    refusals = try RefusalLog(in: folder, safeLength: mark.refusalBytes)
  }

  /// The finished library of the same inputs, or an attempt that can be gone on with; nil when the
  /// build must begin anew.
  private static func earlier(
    in folder: URL, like fresh: LibraryManifest
  ) throws -> LibraryManifest? {
    let url = folder.appending(path: LibraryManifest.fileName)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let found = try LibraryManifest.read(in: folder)
    let same =
      found.options == fresh.options && found.columns == fresh.columns
      && found.inputs == fresh.inputs
    // A pipe cannot be read again, so a build from one always begins anew.
    let repeatable = fresh.inputs.allSatisfy { $0.digest != nil }
    guard let progress = found.progress else {
      guard same, repeatable else { throw LibraryError.differs(path: folder.path) }
      return found
    }
    guard same, repeatable, found.madeBy == fresh.madeBy,
      RefusalLog.length(in: folder) >= progress.refusalBytes,
      found.segments.allSatisfy({ isWhole($0, in: folder) })
    else { return nil }
    return found
  }

  private static func isWhole(_ entry: LibraryManifest.SegmentEntry, in folder: URL) -> Bool {
    guard let segment = try? Segment(at: folder.appending(path: entry.file)) else { return false }
    return segment.rows == entry.rows && (try? segment.verify(entry.digest)) != nil
  }

  /// Whether the library was finished before.
  var isFinished: Bool { manifest.progress == nil }
  /// Records read, those of an earlier attempt included.
  var recordsRead: Int { counts.read }

  /// Stores or refuses one record; a full segment goes to disk.
  mutating func take(_ preparation: Preparation, from input: String) throws {
    counts.read += 1
    mark.records += 1
    switch preparation {
    case .refused(let record):
      counts.count(record.reason)
      try refusals?.append(LoggedRefusal(input: input, record: record))
    case .prepared(let compound):
      builder.append(compound)
      if builder.rows == manifest.options.segmentRows { try seal() }
    }
  }

  mutating func finishInput() throws {
    mark.input += 1
    mark.records = 0
    try save()
  }

  /// Writes the last segment, marks duplicates as deleted and declares the library finished.
  mutating func finish() throws -> LibraryCounts {
    if builder.rows > 0 { try seal() }
    guard let refusals else { return counts }
    var segments: [Segment] = []
    for entry in manifest.segments {
      segments.append(try Segment(at: folder.appending(path: entry.file)))
    }
    let rows = segments.reduce(0) { $0 + $1.rows }
    var deleted = RowSet(rows: rows)
    let search = DuplicateSearch(segments: segments)
    let cursor = RowCursor(segments: segments)
    for duplicate in search.duplicates(structures: !manifest.options.keepsDuplicateStructures) {
      deleted.insert(duplicate.row)
      let record = cursor.refusal(of: duplicate)
      counts.count(record.reason)
      try refusals.append(LoggedRefusal(input: "", record: record))
    }
    counts.kept = rows - deleted.count
    try refusals.publish(to: folder.appending(path: "refused.csv"))
    let file = "deleted.bits"
    let digest = try AtomicFile.write(
      deleted.fileContents, to: folder.appending(path: file))
    // The table of refusals stays, so that the reason can be read; the library stays unfinished, so
    // that a build from better inputs can take its place.
    guard counts.kept > 0 else { throw LibraryError.noCompounds }
    manifest.deleted = .init(file: file, rows: rows, digest: digest)
    manifest.counts = counts
    manifest.progress = nil
    try manifest.write(in: folder)
    try refusals.remove()
    return counts
  }

  private mutating func seal() throws {
    let name = "segment-\(String(manifest.segments.count).leftPadded(to: 6)).seg"
    let digest = try AtomicFile.write(
      try builder.fileContents(), to: folder.appending(path: name))
    manifest.segments.append(.init(file: name, rows: builder.rows, digest: digest))
    builder = SegmentBuilder(bits: builder.bits)
    try save()
  }

  /// Notes how far the work is safe.
  ///
  /// Rows still in memory are not: so only whole segments count.
  private mutating func save() throws {
    guard builder.rows == 0 else { return }
    try refusals?.synchronize()
    mark.refusalBytes = refusals?.length ?? 0
    manifest.progress = mark
    manifest.counts = counts
    try manifest.write(in: folder)
  }

  private static func removeStrays(in folder: URL, keeping known: Set<String>) throws {
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".seg") && !known.contains(name) {
      try files.removeItem(at: folder.appending(path: name))
    }
  }
}

extension String {
  func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
