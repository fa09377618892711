import Entities
import Foundation
import Molecules
import Provenance
import Records

/// One refused record and the input it came from.
struct LoggedRefusal: Codable, Hashable, Sendable {
  let input: String
  let record: RefusedRecord
}

/// The refusals of a build under way: one line of JSON each, cut back to the last safe point when a
/// killed build goes on.
final class RefusalLog {
  static let fileName = "refused.jsonl"
  static let tableName = "refused.csv"
  private static let header = ["input", "line", "id", "code", "reason"]

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

  /// Writes the log as the table `refused.csv`, behind the first `kept` rows of the one that is there.
  /// - Returns: how many rows the table has.
  func publish(in folder: URL, keeping kept: Int) throws -> Int {
    try flush()
    let table = folder.appending(path: Self.tableName)
    let earlier = Self.rows(of: table, atMost: kept)
    let writer = try DelimitedWriter(to: .file(table.path), header: Self.header)
    var rows = 0
    while rows < kept, let fields = earlier() {
      try writer.write(fields)
      rows += 1
    }
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
        rows += 1
      }
      rest = lines.last.map { Data($0) } ?? Data()
    }
    try writer.finish()
    return rows
  }

  /// The rows of a table of refusals, one by one; none where it is gone or was written over.
  private static func rows(of table: URL, atMost kept: Int) -> () -> [String]? {
    guard kept > 0, let reader = try? TableReader(.file(table.path), format: .csv),
      reader.header == header
    else { return { nil } }
    return {
      guard case .row(let row) = try? reader.next() else { return nil }
      return row.fields
    }
  }

  /// Ends the writing; the log is removed with other strays.
  func close() throws { try handle.close() }
}
