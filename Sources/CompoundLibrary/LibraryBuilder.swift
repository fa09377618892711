import Entities
public import Foundation
public import Molecules
public import Parallelism
import Provenance

/// How far a build has come, for a progress bar.
public struct LibraryProgress: Sendable {
  /// Records read so far.
  public let records: Int
  /// The share of the inputs' bytes that were read, 0 to 1; nil for a pipe.
  public let share: Double?
}

/// Builds a compound library from files of structures.
///
/// Records stream through in chunks, so memory does not grow with the library. Every finished
/// segment is safe on disk, with the place in the inputs it ends at: a killed build goes on there.
public struct LibraryBuilder: Sendable {
  private let folder: URL
  private let options: LibraryOptions
  private let pool: WorkerPool
  private let columns: ColumnSelection
  private static let chunk = 256

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
  /// - Parameters:
  ///   - sources: the inputs in order; on equal identifiers or structures the earliest is kept.
  ///   - shouldStop: asked between chunks; when true the build stops at once and can go on later.
  ///   - progress: told after every chunk.
  public func build(
    from sources: [RecordSource], shouldStop: () -> Bool = { false },
    progress: (LibraryProgress) -> Void = { _ in }
  ) throws -> LibraryCounts {
    try prepareFolder()
    guard let lock = try FileLock(at: folder.appending(path: ".lock")) else {
      throw LibraryError.locked(path: folder.path)
    }
    let counts = try buildLocked(from: sources, shouldStop: shouldStop, progress: progress)
    // The lock lives until here.
    _ = consume lock
    return counts
  }

  private func buildLocked(
    from sources: [RecordSource], shouldStop: () -> Bool, progress: (LibraryProgress) -> Void
  ) throws -> LibraryCounts {
    var work = try LibraryBuildWork(
      folder: folder, options: options, columns: LibraryColumns(columns),
      inputs: inputs(of: sources))
    if work.isFinished { return work.manifest.counts }
    let total = sources.compactMap(\.byteCount).reduce(0, +)
    let known = sources.allSatisfy { $0.byteCount != nil }
    var before = 0
    for (index, source) in sources.enumerated() {
      if index < work.mark.input {
        before += source.byteCount ?? 0
        continue
      }
      let reader = try CompoundReader(source, columns: columns)
      let naming = RecordNaming(
        stem: Self.stem(of: index, in: sources), idColumn: reader.idColumn)
      try skip(work.mark.records, in: reader)
      var read = work.recordsRead
      try pool.stream(
        next: { () throws -> [ReadRecord]? in
          let room = remaining(after: read)
          guard room > 0, let chunk = try reader.nextChunk(min(Self.chunk, room)) else {
            return nil
          }
          read += chunk.count
          return chunk
        },
        transform: { [options] records in
          records.map { Preparation($0, options, naming) }
        },
        consume: { preparations in
          for preparation in preparations { try work.take(preparation, from: source.fileName) }
          if shouldStop() { throw Interruption(of: "the build of \(folder.lastPathComponent)") }
          let share = Double(before + reader.bytesRead) / Double(max(total, 1))
          progress(
            LibraryProgress(records: work.recordsRead, share: known ? min(share, 1) : nil))
        })
      before += source.byteCount ?? 0
      try work.finishInput()
    }
    return try work.finish()
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

  private func inputs(of sources: [RecordSource]) throws -> [LibraryInput] {
    try sources.map { source in
      guard case .file(let path) = source else {
        return LibraryInput(name: source.fileName, digest: nil)
      }
      guard FileManager.default.fileExists(atPath: path) else {
        throw RecordError.notFound(source: path)
      }
      return LibraryInput(
        name: source.fileName, digest: try Digest(ofFileAt: URL(filePath: path)))
    }
  }

  /// What names the unnamed records of an input; files of one name in several folders are told
  /// apart by their place.
  private static func stem(of index: Int, in sources: [RecordSource]) -> String {
    let stem = sources[index].stem
    let isTaken = sources[..<index].contains { $0.stem == stem }
    return isTaken ? "\(stem)-\(index + 1)" : stem
  }

  private func remaining(after records: Int) -> Int {
    options.recordLimit.map { max(0, $0 - records) } ?? Int.max
  }

  private func skip(_ records: Int, in reader: CompoundReader) throws {
    for _ in 0..<records {
      guard try reader.next() != nil else { return }
    }
  }
}

extension RecordSource {
  var byteCount: Int? {
    switch self {
    case .file(let path):
      (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
    case .bytes(let bytes): bytes.count
    case .standardInput: nil
    }
  }
}
