public import Foundation

/// What the file system says of a file without reading it: enough to notice that it was changed.
///
/// A write moves the time of change, which no program can set, and a file put in its place has
/// another number. Only a fault of the disk itself leaves the stamp as it was.
public struct FileStamp: Codable, Hashable, Sendable {
  /// The length in bytes.
  public let size: Int
  /// When the contents were last written, in nanoseconds since 1970.
  public let modified: Int
  /// When contents, name or rights last changed, in nanoseconds since 1970.
  public let changed: Int
  /// The file's number in its file system.
  public let number: UInt64

  /// The stamp of the file at `url`; nil when there is none.
  public init?(of url: URL) {
    guard let stamp = SystemCalls.stamp(of: url) else { return nil }
    self = stamp
  }

  init(size: Int, modified: Int, changed: Int, number: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.number = number
  }
}
