public import Foundation
import Jobs
import Provenance

/// The folder that holds what jobs said: one file each, the attempts one behind the other.
public struct CommandLogs: Hashable, Sendable {
  /// The folder.
  public let folder: URL

  /// The logs in a folder, which need not exist.
  public init(in folder: URL) { self.folder = folder }

  /// The file with a job's output.
  public func log(of job: Int64) -> URL { folder.appending(path: "\(job).log") }

  /// The file in which a running job says how far it is.
  public func progress(of job: Int64) -> URL { folder.appending(path: "\(job).progress") }

  /// Opens a job's log behind what is there.
  func open(_ job: Int64, attempt: Int) throws -> FileHandle {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = log(of: job)
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    let output = try FileHandle(forWritingTo: file)
    try output.seekToEnd()
    try output.write(contentsOf: Data("--- attempt \(attempt)\n".utf8))
    return output
  }

  /// Whether the disk that holds the logs, and the queue beside them, has less than 64 KiB left.
  var isDiskFull: Bool {
    let facts = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
    guard let free = facts?[.systemFreeSize] as? NSNumber else { return false }
    return free.int64Value < 64 << 10
  }

  /// What an exit code of the command line means for a job.
  func outcome(of status: Int32, saying last: String) -> JobOutcome {
    // On a full disk the best of inputs cannot be used.
    if (2...4).contains(status), isDiskFull { return .failure("the disk is full: \(last)") }
    return switch status {
    case 0: .success(last)
    // Wrong usage and unusable input are no better the next time.
    case 2, 3: .rejection(last)
    case 4: .rejection("too many rows were refused: \(last)")
    case 75: .failure("was interrupted: \(last)")
    case let code: .failure("ended with code \(code): \(last)")
    }
  }

  /// The file in which a job of a cluster leaves its exit code.
  func exit(of job: Int64) -> URL { folder.appending(path: "\(job).exit") }

  /// The file that names the element of a cluster's array that a job became.
  func element(of job: Int64) -> URL { folder.appending(path: "\(job).element") }

  /// The file with what an element of a cluster's array runs for a job.
  func script(of job: Int64) -> URL { folder.appending(path: "\(job).sh") }

  /// The beginning of the names of a queue's arrays: two queues have their logs in two folders.
  var slurmPrefix: String { "osong-\(String(ContentKey(of: folder.path).high, radix: 36))" }

  /// Removes the files of jobs that the queue does not have any more.
  public func removeLogs(of isGone: (Int64) -> Bool) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
      guard let job = Int64(name.prefix { $0 != "." }), isGone(job) else { continue }
      try? files.removeItem(at: folder.appending(path: name))
    }
  }

  /// The last lines that a job said, from at most the last 64 KiB of its log.
  public func lastLines(of job: Int64, most count: Int) -> [String] {
    guard let handle = try? FileHandle(forReadingFrom: log(of: job)) else { return [] }
    defer { try? handle.close() }
    let end = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: end > 1 << 16 ? end - 1 << 16 : 0)
    let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).suffix(count).map(String.init)
  }

  /// The last line of a log that says something.
  func lastLine(of job: Int64) -> String {
    guard let handle = try? FileHandle(forReadingFrom: log(of: job)) else { return "" }
    defer { try? handle.close() }
    let end = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: end > 4_000 ? end - 4_000 : 0)
    let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return String((lines.last { !$0.isEmpty && !$0.hasPrefix("---") } ?? "").prefix(500))
  }
}
