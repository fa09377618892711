import Fingerprints
import Foundation
import Parallelism
import Provenance

/// A point at which something of a library has reached the disk.
///
/// Tests stop or copy the folder there: whatever it holds then is what a kill would leave.
enum LibraryStep: Hashable, Sendable, CaseIterable {
  case segmentWritten, refusalsWritten, tombstonesWritten, manifestWritten, strayRemoved, noted
}

/// The folder of a library, as its one writer sees it.
struct LibraryFolder {
  let url: URL
  var pool = WorkerPool(threads: 1)
  /// Called after each step.
  var after: (LibraryStep) throws -> Void = { _ in }

  static let lockName = ".lock"

  func file(_ name: String) -> URL { url.appending(path: name) }

  /// Takes the folder's lock.
  func lock(for activity: String) throws -> FileLock {
    let lock = file(Self.lockName)
    guard let taken = try FileLock(at: lock, for: activity) else {
      throw LibraryError.locked(path: url.path, by: LockHolder(ofLockAt: lock))
    }
    return taken
  }

  /// Writes a segment under its number.
  func write(
    _ contents: some SegmentContents, number: Int
  ) throws -> LibraryManifest.SegmentEntry {
    let name = "segment-\(String(number).leftPadded(to: 6)).seg"
    let digest = try SegmentWriter(contents: contents, pool: pool).write(to: file(name))
    try after(.segmentWritten)
    return .init(file: name, rows: contents.rows, digest: digest)
  }

  /// Puts a new generation in the place of the old one, then removes the old one's files.
  ///
  /// Until the manifest is replaced nothing has changed; from then on all has. Readers that have the
  /// old files open keep them.
  func commit(_ manifest: inout LibraryManifest, deleted: RowSet) throws {
    manifest.generation += 1
    manifest.madeBy = CodeVersion.current
    manifest.deleted = nil
    manifest.counts.kept = manifest.rows - deleted.count
    if !deleted.isEmpty {
      let name = "deleted-\(String(manifest.generation).leftPadded(to: 6)).bits"
      let digest = try AtomicFile.write(littleEndian(deleted.fileContents), to: file(name))
      manifest.deleted = .init(file: name, count: deleted.count, digest: digest)
      try after(.tombstonesWritten)
    }
    try manifest.write(in: url)
    try after(.manifestWritten)
    try removeStrays(manifest)
    let noted = VerifiedFiles(in: url)
    let fresh = manifest.files.filter { noted.entries[$0.key]?.digest != $0.value }
    VerifiedFiles.note(fresh, in: url, known: Set(manifest.files.keys))
    try after(.noted)
  }

  /// Removes files of ours that the manifest does not name: of generations before, or of a writer
  /// that was killed.
  ///
  /// The caller holds the lock.
  func removeStrays(_ manifest: LibraryManifest) throws {
    var known = Set(manifest.files.keys)
    known.formUnion(manifest.intake?.segments.map(\.file) ?? [])
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: url.path).sorted()
    where Self.isOurs(name) && !known.contains(name) {
      if name == RefusalLog.fileName, manifest.intake != nil { continue }
      try files.removeItem(at: file(name))
      try after(.strayRemoved)
    }
    Leftovers.remove(in: url)
  }

  private static func isOurs(_ name: String) -> Bool {
    name.hasPrefix("segment-") && name.hasSuffix(".seg")
      || name.hasPrefix("deleted-") && name.hasSuffix(".bits")
      || name == RefusalLog.fileName || name == RefusalLog.tableName + ".partial"
  }

  /// The rows of a finished library that no longer count.
  func deleted(_ manifest: LibraryManifest) throws(LibraryError) -> RowSet {
    guard let entry = manifest.deleted else { return RowSet(rows: manifest.rows) }
    guard let bytes = try? MappedBytes(path: file(entry.file).path),
      (try? Digest(ofFileAt: file(entry.file))) == entry.digest,
      let deleted = RowSet(rows: manifest.rows, bytes: bytes), deleted.count == entry.count
    else { throw .damaged(file: entry.file, reason: "it does not fit the library") }
    return deleted
  }

  /// Opens segments of the library for reading.
  func open(
    _ entries: [LibraryManifest.SegmentEntry], of manifest: LibraryManifest
  ) throws(LibraryError) -> SegmentList {
    var list = SegmentList()
    for entry in entries {
      list.append(try Segment(at: file(entry.file), manifest, rows: entry.rows))
    }
    return list
  }
}

extension String {
  func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
