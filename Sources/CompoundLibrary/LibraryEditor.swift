import Entities
public import Foundation
import Molecules
public import Parallelism
import Provenance
public import Records

/// Changes a finished library: adds, replaces and removes compounds, and compacts.
///
/// Every change happens at one instant, when the manifest is replaced; before that, and after a kill
/// or on a full disk, the library is the old one. Readers that have the old one open keep it, and
/// search it undisturbed. Only one editor works on a library; the second is told of the first.
///
/// An `add` or `upsert` that was killed goes on where it was when the same one runs again; any other
/// edit gives its work up.
public struct LibraryEditor: Sendable {
  private let folder: URL
  private let pool: WorkerPool

  /// Prepares changes of the library in `folder`.
  public init(at folder: URL, pool: WorkerPool) {
    self.folder = folder
    self.pool = pool
  }

  /// Adds compounds; one whose identifier or structure is there already is refused, as in a build.
  ///
  /// - Parameters:
  ///   - sources: the inputs in order.
  ///   - columns: where structures and identifiers stand in tables.
  ///   - limit: the most records to read from the inputs together; nil for all.
  ///   - shouldStop: asked between chunks; when true the work stops and can go on later.
  ///   - progress: told after every chunk.
  public func add(
    from sources: [RecordSource], columns: ColumnSelection = .automatic, limit: Int? = nil,
    shouldStop: () -> Bool = { false }, progress: (LibraryProgress) -> Void = { _ in }
  ) throws -> LibraryChange {
    try edit("adding compounds") { folder, manifest in
      try take(
        .add, Inputs(sources: sources, columns: columns, limit: limit), manifest, folder,
        shouldStop, progress)
    }
  }

  /// Adds compounds; one whose identifier is there already takes the place of the old one, unless it
  /// is the same.
  ///
  /// A structure that another compound of the library has is refused, even if that compound is
  /// replaced too. The parameters are those of `add`.
  public func upsert(
    from sources: [RecordSource], columns: ColumnSelection = .automatic, limit: Int? = nil,
    shouldStop: () -> Bool = { false }, progress: (LibraryProgress) -> Void = { _ in }
  ) throws -> LibraryChange {
    try edit("replacing compounds") { folder, manifest in
      try take(
        .upsert, Inputs(sources: sources, columns: columns, limit: limit), manifest, folder,
        shouldStop, progress)
    }
  }

  /// Removes the compounds with these identifiers; the others' answers are values.
  public func remove(_ ids: [String]) throws -> LibraryChange {
    var rest = ids[...]
    return try edit("removing compounds") { folder, manifest in
      try remove(manifest, folder) {
        defer { rest = [] }
        return rest.enumerated().map { IdentifierList.Entry(line: $0.offset + 1, id: $0.element) }
      }
    }
  }

  /// Removes the compounds whose identifiers a file lists: a plain one with an identifier a line, or
  /// a table with a column of them.
  public func remove(
    listedIn source: RecordSource, columns: ColumnSelection = .automatic
  ) throws -> LibraryChange {
    let list = try IdentifierList(source, columns: columns)
    return try edit("removing compounds") { folder, manifest in
      try remove(manifest, folder) { try list.next(atMost: 1 << 18) }
    }
  }

  /// Writes the compounds that count into fewer and larger segments, and forgets the others.
  ///
  /// Each new segment replaces its old ones when it is whole, so a kill or a full disk costs the work
  /// on one segment, and the disk must have room for one more (up to 600 MB), not for the library.
  public func compact(
    shouldStop: () -> Bool = { false }, progress: (LibraryProgress) -> Void = { _ in }
  ) throws -> LibraryChange {
    try edit("compacting it") { folder, manifest in
      var compaction = try Compaction(manifest, in: folder)
      try compaction.run(shouldStop: shouldStop, progress: progress)
      return LibraryChange(kept: compaction.manifest.counts.kept)
    }
  }

  /// Called after each step on the disk; a test's door.
  var after: @Sendable (LibraryStep) throws -> Void = { _ in }

  private func edit(
    _ activity: String, _ body: (LibraryFolder, LibraryManifest) throws -> LibraryChange
  ) throws -> LibraryChange {
    // Before the lock: a folder that is no library gets no lock file.
    _ = try LibraryManifest.read(in: folder)
    let writer = LibraryFolder(url: folder, pool: pool, after: after)
    let lock = try writer.lock(for: activity)
    let manifest = try LibraryManifest.read(in: folder)
    guard manifest.generation > 0 else { throw LibraryError.unfinished(path: folder.path) }
    // What a writer left that was killed right after its last step.
    try writer.removeStrays(manifest)
    let change = try body(writer, manifest)
    // The lock lives until here.
    _ = consume lock
    return change
  }

  private struct Inputs {
    let sources: [RecordSource]
    let columns: ColumnSelection
    let limit: Int?
  }

  private func take(
    _ verb: Intake.Verb, _ inputs: Inputs, _ manifest: LibraryManifest, _ folder: LibraryFolder,
    _ shouldStop: () -> Bool, _ progress: (LibraryProgress) -> Void
  ) throws -> LibraryChange {
    let reader = IntakeReader(
      sources: inputs.sources, columns: inputs.columns, options: manifest.options,
      limit: inputs.limit, pool: pool)
    var work = try IntakeWork(try reader.intake(verb), into: manifest, in: folder)
    try reader.read(into: &work, shouldStop: shouldStop, progress: progress)
    return try work.finish().change
  }

  private func remove(
    _ manifest: LibraryManifest, _ folder: LibraryFolder,
    _ next: () throws -> [IdentifierList.Entry]
  ) throws -> LibraryChange {
    var manifest = manifest
    var deleted = try folder.deleted(manifest)
    let list = try folder.open(manifest.segments, of: manifest)
    var change = LibraryChange(kept: manifest.counts.kept)
    while case let entries = try next(), !entries.isEmpty {
      let rows = list.rows(of: entries.map(\.id)) { !deleted.contains($0) }
      for (entry, row) in zip(entries, rows) {
        if let row, entry.refusal == nil, !deleted.contains(row) {
          deleted.insert(row)
          change.removed += 1
        } else {
          let reason = entry.refusal ?? .unknownIdentifier
          change.notRemoved.append(RefusedRecord(line: entry.line, id: entry.id, reason: reason))
        }
      }
    }
    guard change.removed > 0 else { return change }
    manifest.intake = nil
    manifest.edits += 1
    manifest.counts.removed += change.removed
    try folder.commit(&manifest, deleted: deleted)
    change.kept = manifest.counts.kept
    return change
  }
}
