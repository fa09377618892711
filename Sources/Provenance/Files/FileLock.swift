public import Foundation

/// A lock between processes, held while this value lives.
///
/// The system frees it when its holder dies, so a killed run never locks the next one out. Who holds
/// it stands in the file itself, for those who come second.
public struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock that the file at `url` stands for; nil when another holds it.
  ///
  /// - Parameters:
  ///   - activity: what the holder does, for the one who finds the lock taken: "adding compounds".
  ///   - now: when the lock is taken.
  public init?(
    at url: URL, for activity: String = "working", now: Date = Date()
  ) throws(FileError) {
    descriptor = try SystemCalls.openForLocking(url)
    guard SystemCalls.tryLock(descriptor) else {
      SystemCalls.close(descriptor)
      return nil
    }
    let holder = LockHolder(
      process: ProcessInfo.processInfo.processIdentifier, since: now, activity: activity)
    // The note is a courtesy: on a full disk the lock holds without it.
    if let note = try? StableJSON.encode(holder) { SystemCalls.replaceContents(descriptor, note) }
  }

  deinit { SystemCalls.close(descriptor) }
}

/// Who holds a lock.
public struct LockHolder: Codable, Hashable, Sendable {
  /// The holder's process number.
  public let process: Int32
  /// Since when it holds the lock.
  public let since: Date
  /// What it does.
  public let activity: String

  /// Describes a holder.
  public init(process: Int32, since: Date, activity: String) {
    self.process = process
    self.since = since
    self.activity = activity
  }

  /// The last process that took the lock at `url`; nil where there is no readable note of it.
  ///
  /// Ask only when the lock was refused: the note outlives its writer.
  public init?(ofLockAt url: URL) {
    guard let found = try? StableJSON.decode(LockHolder.self, at: url) else { return nil }
    self = found
  }
}

extension LockHolder: CustomStringConvertible {
  /// One line for a reader, with the time as the world's clock has it.
  public var description: String {
    "process \(process), \(activity) since \(since.formatted(.iso8601))"
  }
}
