public import Foundation

/// Temporary files and folders that a run which was killed left behind.
///
/// A running writer holds a lock on its temporary file, and the system frees the lock when the
/// writer dies. So a leftover is told from a live file without clocks or process numbers.
public enum Leftovers {
  static let prefix = ".osong-partial-"
  static let lockName = ".osong-lock"

  /// A fresh temporary name beside `url`.
  static func sibling(of url: URL) -> URL {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    return url.deletingLastPathComponent().appending(path: prefix + number)
  }

  /// Makes a temporary entry and locks it.
  ///
  /// A sweep by another process can fall between the two steps; then the entry is made again.
  static func make(
    beside url: URL, _ create: (URL) throws(FileError) -> Int32
  ) throws(FileError) -> (URL, Int32) {
    for _ in 0..<100 {
      let entry = sibling(of: url)
      let descriptor = try create(entry)
      if SystemCalls.tryLock(descriptor), SystemCalls.kind(of: entry) != .nothing {
        return (entry, descriptor)
      }
      SystemCalls.close(descriptor)
      try? FileManager.default.removeItem(at: entry)
    }
    throw FileError(.open, url, reason: "temporary files beside it are removed again and again")
  }

  /// Removes what dead writers left in a folder; live writers' files stay.
  /// - Complexity: O(entries of the folder)
  public static func remove(in folder: URL) {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let leftover = folder.appending(path: name)
      let isFolder = SystemCalls.kind(of: leftover) == .folder
      let lock = isFolder ? leftover.appending(path: lockName) : leftover
      // A folder without its lock file was left by a writer that died while it was made.
      let opened = isFolder ? try? SystemCalls.openForLocking(lock) : SystemCalls.openExisting(lock)
      guard let descriptor = opened else { continue }
      if SystemCalls.tryLock(descriptor) { try? files.removeItem(at: leftover) }
      SystemCalls.close(descriptor)
    }
  }
}
