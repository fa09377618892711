import Entities
public import Foundation
import Molecules
public import Parallelism
import Provenance
public import Records

/// Builds a compound library from files of structures.
///
/// Records stream through in chunks, so memory does not grow with the library. Every finished
/// segment is safe on disk, with the place in the inputs it ends at: a killed build goes on there.
public struct LibraryBuilder: Sendable {
  private let folder: URL
  private let options: LibraryOptions
  private let pool: WorkerPool
  private let columns: ColumnSelection

  /// Prepares a build of the library in `folder`.
  public init(
    at folder: URL, options: LibraryOptions = LibraryOptions(),
    columns: ColumnSelection = .automatic, pool: WorkerPool
  ) {
    self.folder = folder
    self.options = options
    self.columns = columns
    self.pool = pool
  }

  /// Builds the library, goes on with an interrupted build, or finds it already built.
  ///
  /// A library of many segments is compacted at the end: large segments are opened and searched
  /// faster.
  ///
  /// - Parameters:
  ///   - sources: the inputs in order; on equal identifiers or structures the earliest is kept.
  ///   - shouldStop: asked between chunks; when true the build stops at once and can go on later.
  ///   - progress: told after every chunk.
  public func build(
    from sources: [RecordSource], shouldStop: () -> Bool = { false },
    progress: (LibraryProgress) -> Void = { _ in }
  ) throws -> LibraryCounts {
    try build(from: sources, shouldStop: shouldStop, progress: progress, after: { _ in })
  }

  func build(
    from sources: [RecordSource], shouldStop: () -> Bool = { false },
    progress: (LibraryProgress) -> Void = { _ in }, after: (LibraryStep) throws -> Void
  ) throws -> LibraryCounts {
    try prepareFolder()
    return try withoutActuallyEscaping(after) { after in
      let folder = LibraryFolder(url: folder, pool: pool, after: after)
      let lock = try folder.lock(for: "building it")
      let reader = IntakeReader(
        sources: sources, columns: columns, options: options, limit: options.recordLimit,
        pool: pool)
      let manifest = try built(by: reader, in: folder, shouldStop, progress)
      let counts = try compacted(manifest, in: folder, shouldStop).counts
      // The lock lives until here.
      _ = consume lock
      return counts
    }
  }

  private func built(
    by reader: IntakeReader, in folder: LibraryFolder, _ shouldStop: () -> Bool,
    _ progress: (LibraryProgress) -> Void
  ) throws -> LibraryManifest {
    let intake = try reader.intake(.build)
    var manifest = LibraryManifest(options: options, built: intake.source)
    if let found = try earlier(in: folder.url) {
      let isSame = found.options == options && found.built == intake.source
      if found.generation > 0 {
        let isRepeatable = intake.source.inputs.allSatisfy { $0.digest != nil }
        guard isSame, isRepeatable, found.edits == 0 else {
          throw LibraryError.differs(path: folder.url.path)
        }
        try folder.removeStrays(found)
        return found
      }
      if isSame { manifest = found }
    }
    var work = try IntakeWork(intake, into: manifest, in: folder)
    try reader.read(into: &work, shouldStop: shouldStop, progress: progress)
    return try work.finish().manifest
  }

  /// The manifest of an earlier build or of an attempt at one.
  private func earlier(in folder: URL) throws -> LibraryManifest? {
    let url = folder.appending(path: LibraryManifest.fileName)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return try LibraryManifest.read(in: folder)
  }

  private func compacted(
    _ manifest: LibraryManifest, in folder: LibraryFolder, _ shouldStop: () -> Bool
  ) throws -> LibraryManifest {
    guard manifest.segments.count > LibraryOptions.segmentsInCompacted else { return manifest }
    var compaction = try Compaction(manifest, in: folder)
    try compaction.run(shouldStop: shouldStop)
    return compaction.manifest
  }

  private func prepareFolder() throws {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    if unsafe files.fileExists(atPath: folder.path, isDirectory: &isFolder) {
      let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
      let ours = names.contains(LibraryManifest.fileName) || names.allSatisfy { $0.hasPrefix(".") }
      guard isFolder.boolValue, ours else { throw LibraryError.notALibrary(path: folder.path) }
    } else {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }
}
