public import Foundation

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary sibling; ``commit()`` forces them to the disk and renames. A crash, a
/// kill or a full disk before that leaves the old file, or none, and never a half one. A target
/// that is no regular file (a terminal, a pipe, `/dev/null`) is written directly.
public struct AtomicFile: ~Copyable {
  private let target: URL
  private let temporary: URL?
  private let handle: FileHandle
  private var buffer = Data()
  private var digest = DigestStream()

  private static let bufferSize = 1 << 18

  /// Begins to write what will stand at `url`, and clears away what dead writers left beside it.
  public init(at url: URL) throws(FileError) {
    // Through a link the file behind it is replaced, as with any other program.
    let resolved = url.resolvingSymlinksInPath()
    let opened = try AtomicFile.open(resolved)
    target = resolved
    temporary = opened.temporary
    handle = opened.handle
  }

  private static func open(
    _ target: URL
  ) throws(FileError) -> (temporary: URL?, handle: FileHandle) {
    switch SystemCalls.kind(of: target) {
    case .folder: throw FileError(.open, target, reason: "is a folder")
    case .other:
      do { return (nil, try FileHandle(forWritingTo: target)) } catch {
        throw FileError(.open, target, error)
      }
    case .nothing, .file:
      Leftovers.remove(in: target.deletingLastPathComponent())
      let (sibling, descriptor) = try Leftovers.make(beside: target, SystemCalls.create)
      return (sibling, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }
  }

  /// Adds bytes.
  public mutating func write(_ bytes: some DataProtocol) throws(FileError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= AtomicFile.bufferSize { try flush() }
  }

  /// Adds the UTF-8 bytes of a text.
  public mutating func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= AtomicFile.bufferSize { try flush() }
  }

  /// Forces the bytes to the disk and gives the file its name.
  /// - Returns: the digest of what was written.
  @discardableResult
  public consuming func commit() throws(FileError) -> Digest {
    try flush()
    if let temporary {
      do { try handle.synchronize() } catch { throw FileError(.sync, target, error) }
      try SystemCalls.rename(temporary, to: target)
      try SystemCalls.sync(target.deletingLastPathComponent())
    }
    return digest.finish()
  }

  private mutating func flush() throws(FileError) {
    do { try handle.write(contentsOf: buffer) } catch { throw FileError(.write, target, error) }
    digest.update(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  // After a commit the temporary name is gone, and removing it again does nothing.
  deinit {
    if let temporary { try? FileManager.default.removeItem(at: temporary) }
  }

  /// Writes a whole file at once.
  @discardableResult
  public static func write(
    _ bytes: some DataProtocol, to url: URL
  ) throws(FileError) -> Digest {
    var file = try AtomicFile(at: url)
    try file.write(bytes)
    return try file.commit()
  }

  /// Writes a whole text at once.
  @discardableResult
  public static func write(_ text: String, to url: URL) throws(FileError) -> Digest {
    try write(Array(text.utf8), to: url)
  }
}
