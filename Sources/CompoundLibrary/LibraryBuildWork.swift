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
  init(folder: URL, options: LibraryOptions, inputs: [LibraryInput]) throws {
    self.folder = folder
    builder = SegmentBuilder(bits: options.fingerprint.wordCount * 64)
    let start = BuildProgressMark(input: 0, records: 0, refusalBytes: 0)
    let fresh = LibraryManifest(options: options, inputs: inputs, progress: start)
    let url = folder.appending(path: LibraryManifest.fileName)
    if FileManager.default.fileExists(atPath: url.path) {
      manifest = try LibraryManifest.read(in: folder)
      let same = manifest.options == options && manifest.inputs == inputs
      // A pipe cannot be read again, so a build from one always begins anew.
      let repeatable = inputs.allSatisfy { $0.digest != nil }
      if manifest.progress != nil, !same || !repeatable { manifest = fresh }
      if manifest.progress == nil {
        guard same, repeatable else { throw LibraryError.differs(path: folder.path) }
      }
    } else {
      manifest = fresh
    }
    counts = manifest.counts
    guard let progress = manifest.progress else {
      mark = start
      refusals = nil
      return
    }
    mark = progress
    try Self.removeStrays(in: folder, keeping: Set(manifest.segments.map(\.file)))
    refusals = try RefusalLog(in: folder, safeLength: mark.refusalBytes)
    try manifest.write(in: folder)
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
    manifest.deleted = .init(file: file, rows: rows, digest: digest)
    manifest.counts = counts
    manifest.progress = nil
    guard counts.kept > 0 else {
      // The table of refusals stays, so that the reason can be read.
      try FileManager.default.removeItem(at: folder.appending(path: LibraryManifest.fileName))
      throw LibraryError.noCompounds
    }
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
