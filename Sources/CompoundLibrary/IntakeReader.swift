import Entities
import Foundation
import Molecules
import Parallelism
import Provenance
import Records

/// How far a piece of work on a library has come, for a progress bar.
public struct LibraryProgress: Sendable {
  /// Records or compounds done so far.
  public let records: Int
  /// The share of the work that is done, 0 to 1; nil where nobody knows, as for a pipe.
  public let share: Double?
}

/// Reads the inputs of an intake, in chunks with all threads, and hands the records over in order.
///
/// Records stream through, so memory does not grow with the inputs.
struct IntakeReader {
  let sources: [RecordSource]
  let columns: ColumnSelection
  let options: LibraryOptions
  /// The most records to read; nil for all.
  let limit: Int?
  let pool: WorkerPool
  private static let chunk = 256

  /// What the work is, for one that goes on with it later.
  func intake(_ verb: Intake.Verb) throws -> Intake {
    let inputs = try sources.map { source in
      guard case .file(let path) = source else {
        return LibraryInput(name: source.fileName, digest: nil)
      }
      guard FileManager.default.fileExists(atPath: path) else {
        throw RecordError.notFound(source: path)
      }
      return LibraryInput(
        name: source.fileName, digest: try Digest(ofFileAt: URL(filePath: path)))
    }
    return Intake(
      verb: verb, source: LibraryBuild(inputs: inputs, columns: LibraryColumns(columns)),
      limit: limit, madeBy: CodeVersion.current)
  }

  /// Reads on from where the work stands to the end.
  func read(
    into work: inout IntakeWork, shouldStop: () -> Bool, progress: (LibraryProgress) -> Void
  ) throws {
    let total = sources.compactMap(\.byteCount).reduce(0, +)
    let known = sources.allSatisfy { $0.byteCount != nil }
    var before = 0
    for (index, source) in sources.enumerated() {
      if index < work.intake.input {
        before += source.byteCount ?? 0
        continue
      }
      try read(index, into: &work, shouldStop) { bytes, records in
        let share = Double(before + bytes) / Double(max(total, 1))
        progress(LibraryProgress(records: records, share: known ? min(share, 1) : nil))
      }
      before += source.byteCount ?? 0
      try work.finishInput()
    }
  }

  private func read(
    _ index: Int, into work: inout IntakeWork, _ shouldStop: () -> Bool,
    _ progress: (_ bytes: Int, _ records: Int) -> Void
  ) throws {
    let reader = try CompoundReader(sources[index], columns: columns)
    let naming = RecordNaming(stem: stem(of: index), idColumn: reader.idColumn)
    for _ in 0..<work.intake.records where try reader.next() == nil { break }
    var read = work.intake.counts.read
    try pool.stream(
      next: { () throws -> [ReadRecord]? in
        let room = limit.map { max(0, $0 - read) } ?? Int.max
        guard room > 0, let chunk = try reader.nextChunk(min(Self.chunk, room)) else { return nil }
        read += chunk.count
        return chunk
      },
      transform: { [options] records in records.map { Preparation($0, options, naming) } },
      consume: { preparations in
        for preparation in preparations { try work.take(preparation) }
        if shouldStop() { throw Interruption(of: "reading \(sources[index].fileName)") }
        progress(reader.bytesRead, work.intake.counts.read)
      })
  }

  /// What names the unnamed records of an input; files of one name in several folders are told
  /// apart by their place.
  private func stem(of index: Int) -> String {
    let stem = sources[index].stem
    let isTaken = sources[..<index].contains { $0.stem == stem }
    return isTaken ? "\(stem)-\(index + 1)" : stem
  }
}

extension RecordSource {
  var byteCount: Int? {
    switch self {
    case .file(let path):
      (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
    case .bytes(let bytes): bytes.count
    case .standardInput, .pieces: nil
    }
  }
}
