import Foundation

/// What the file system refused, on which file, and the system's reason.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked of the file system.
  public enum Operation: String, Hashable, Sendable {
    /// Opening or creating a file.
    case open
    /// Reading bytes.
    case read
    /// Writing bytes; a full disk shows here.
    case write
    /// Forcing bytes to the disk.
    case sync
    /// Moving a finished file or folder to its name.
    case rename
    /// Creating a folder.
    case createFolder = "create folder"
    /// Removing a file or folder.
    case remove
    /// Putting a folder in the place of one that is not ours to replace.
    case replace
  }

  /// What was asked.
  public let operation: Operation
  /// The file or folder.
  public let path: String
  /// The system's reason.
  public let reason: String

  init(_ operation: Operation, _ url: URL, reason: String) {
    self.operation = operation
    self.path = url.path
    self.reason = reason
  }

  init(_ operation: Operation, _ url: URL, _ error: any Error) {
    self.init(operation, url, reason: FileError.text(of: error))
  }

  /// One line for a reader.
  public var description: String { "cannot \(operation.rawValue) \(path): \(reason)" }

  // Foundation wraps the system's reason; the innermost one is the one that helps.
  private static func text(of error: any Error) -> String {
    let outer = error as NSError
    if let inner = outer.userInfo[NSUnderlyingErrorKey] as? any Error { return text(of: inner) }
    if outer.domain == NSPOSIXErrorDomain { return SystemCalls.reason(Int32(outer.code)) }
    return outer.localizedDescription
  }
}
