import Entities
import Foundation
import Molecules
import Provenance

/// One refused record and the input it came from.
struct LoggedRefusal: Codable, Hashable, Sendable {
  let input: String
  let record: RefusedRecord
}

/// The refusals of a build under way: one line of JSON each, cut back to the last safe point when a
/// killed build goes on.
final class RefusalLog {
  static let fileName = "refused.jsonl"

  private let url: URL
  private let handle: FileHandle
  private var buffer = Data()
  /// The length of the log, with what is still in memory.
  private(set) var length: Int

  /// Opens the log and forgets what lies beyond `safeLength`.
  init(in folder: URL, safeLength: Int) throws {
    url = folder.appending(path: RefusalLog.fileName)
    if !FileManager.default.fileExists(atPath: url.path) {
      try Data().write(to: url)
    }
    handle = try FileHandle(forUpdating: url)
    guard try handle.seekToEnd() >= UInt64(safeLength) else {
      throw LibraryError.damaged(file: RefusalLog.fileName, reason: "it is shorter than noted")
    }
    try handle.truncate(atOffset: UInt64(safeLength))
    try handle.seek(toOffset: UInt64(safeLength))
    length = safeLength
  }

  /// The length of the log in a folder; 0 where there is none.
  static func length(in folder: URL) -> Int {
    let path = folder.appending(path: fileName).path
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size]
    return (size as? NSNumber)?.intValue ?? 0
  }

  func append(_ refusal: LoggedRefusal) throws {
    let line = try JSONEncoder().encode(refusal) + Data([0x0A])
    buffer.append(line)
    length += line.count
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Forces all lines to the disk.
  func synchronize() throws {
    try flush()
    try handle.synchronize()
  }

  private func flush() throws {
    try handle.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the log as the table `refused.csv`, then removes the log.
  func publish(to table: URL) throws {
    try flush()
    let writer = try DelimitedWriter(
      to: .file(table.path), header: ["input", "line", "id", "code", "reason"])
    try handle.seek(toOffset: 0)
    var rest = Data()
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      rest.append(piece)
      let lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
      for line in lines.dropLast() where !line.isEmpty {
        let logged = try JSONDecoder().decode(LoggedRefusal.self, from: Data(line))
        let record = logged.record
        try writer.write([
          logged.input, "\(record.line)", record.id, record.reason.code, record.reason.description,
        ])
      }
      rest = lines.last.map { Data($0) } ?? Data()
    }
    try writer.finish()
  }

  /// Removes the log once its table stands.
  func remove() throws {
    try handle.close()
    try FileManager.default.removeItem(at: url)
  }
}
