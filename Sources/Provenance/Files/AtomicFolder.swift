public import Foundation

/// A folder that appears under its name with all its files or not at all.
///
/// Files are written into ``staging``, a temporary sibling; ``commit()`` forces all of them to the
/// disk and renames the folder. An older folder of the same name is swapped out at that instant.
public struct AtomicFolder: ~Copyable {
  /// Which older folder may be replaced.
  public enum Replacement: Hashable, Sendable {
    /// None: a folder that holds anything is left alone.
    case never
    /// One that holds this file, which shows that an earlier run of ours made it.
    case ifItHolds(String)
  }

  /// Where the files are written before the commit.
  public let staging: URL
  private let target: URL
  private let lock: Int32

  /// Begins a folder that will stand at `url`.
  ///
  /// Throws at once, before any work is done, when `url` cannot be replaced.
  public init(at url: URL, replacing rule: Replacement) throws(FileError) {
    let resolved = url.resolvingSymlinksInPath()
    let opened = try AtomicFolder.open(resolved, rule)
    target = resolved
    staging = opened.staging
    lock = opened.lock
  }

  private static func open(
    _ target: URL, _ rule: Replacement
  ) throws(FileError) -> (staging: URL, lock: Int32) {
    try check(target, rule)
    let files = FileManager.default
    let parent = target.deletingLastPathComponent()
    do { try files.createDirectory(at: parent, withIntermediateDirectories: true) } catch {
      throw FileError(.createFolder, parent, error)
    }
    Leftovers.remove(in: parent)
    return try Leftovers.make(beside: target) { (entry) throws(FileError) in
      do { try files.createDirectory(at: entry, withIntermediateDirectories: false) } catch {
        throw FileError(.createFolder, entry, error)
      }
      return try SystemCalls.openForLocking(entry.appending(path: Leftovers.lockName))
    }
  }

  /// The place of a file in the unfinished folder.
  public func file(_ name: String) -> URL { staging.appending(path: name) }

  /// Forces all files to the disk and gives the folder its name.
  public consuming func commit() throws(FileError) {
    try AtomicFolder.syncAll(staging)
    let parent = target.deletingLastPathComponent()
    let files = FileManager.default
    try? files.removeItem(at: staging.appending(path: Leftovers.lockName))
    if SystemCalls.kind(of: target) == .folder {
      if !SystemCalls.exchange(staging, target) {
        // Without a swap there is one instant with no folder under the name. The old one keeps a
        // name that no sweep removes until the new one stands.
        let old = parent.appending(path: target.lastPathComponent + ".previous")
        try? files.removeItem(at: old)
        try SystemCalls.rename(target, to: old)
        try SystemCalls.rename(staging, to: target)
        try? files.removeItem(at: old)
      }
    } else {
      try SystemCalls.rename(staging, to: target)
    }
    try SystemCalls.sync(parent)
  }

  // After a commit the staging name is free or holds the folder that was replaced.
  deinit {
    SystemCalls.close(lock)
    try? FileManager.default.removeItem(at: staging)
  }

  private static func check(_ target: URL, _ rule: Replacement) throws(FileError) {
    switch SystemCalls.kind(of: target) {
    case .nothing: return
    case .file, .other: throw FileError(.replace, target, reason: "it is a file")
    case .folder: break
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: target.path)) ?? ["?"]
    if names.isEmpty { return }
    if case .ifItHolds(let mark) = rule, names.contains(mark) { return }
    throw FileError(.replace, target, reason: "it holds files that are not an earlier result")
  }

  private static func syncAll(_ folder: URL) throws(FileError) {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() { try SystemCalls.sync(folder.appending(path: name)) }
    try SystemCalls.sync(folder)
  }
}
