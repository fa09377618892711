public import Foundation

/// A lock between processes, held while this value lives.
///
/// The system frees it when its holder dies, so a killed run never locks the next one out.
public struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock that the file at `url` stands for; nil when another holds it.
  public init?(at url: URL) throws(FileError) {
    descriptor = try SystemCalls.openForLocking(url)
    guard SystemCalls.tryLock(descriptor) else {
      SystemCalls.close(descriptor)
      return nil
    }
  }

  deinit { SystemCalls.close(descriptor) }
}
