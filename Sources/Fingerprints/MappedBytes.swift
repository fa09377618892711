internal import Foundation

/// The bytes of a file, mapped read-only into memory for as long as this object lives.
///
/// Nothing is read before it is used, so a file larger than memory can be searched. A file must not
/// be cut while it is mapped: the library's segments are never changed in place.
@safe public final class MappedBytes: Sendable {
  /// How many bytes the file has.
  public let count: Int
  // Read-only memory that nobody writes and only deinit releases: any thread may read it.
  nonisolated(unsafe) private let base: UnsafeRawPointer?

  /// Maps a whole file.
  public init(path: String) throws(MappingError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw MappingError(path: path, code: errno) }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else { throw MappingError(path: path, code: errno) }
    count = Int(end)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw MappingError(path: path, code: errno)
    }
    unsafe base = UnsafeRawPointer(address)
  }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// Calls `body` with the bytes, which must not leave it.
  public func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
  }
}

/// A file that could not be mapped.
public struct MappingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The system's error number.
  public let code: Int32

  /// The reason in one sentence.
  public var description: String {
    "cannot map \(path): \(unsafe String(cString: strerror(code)))"
  }
}
