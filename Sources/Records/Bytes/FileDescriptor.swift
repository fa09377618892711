internal import Glibc

// The one place of this room where files are touched. POSIX calls take pointers, hence `unsafe`;
// every pointer is that of an array or a string and does not outlive its call.

/// An open file, closed when nobody holds it any more.
final class FileDescriptor {
  private let number: CInt
  private let isOwned: Bool
  private var isClosed = false

  private init(_ number: CInt, isOwned: Bool = true) {
    self.number = number
    self.isOwned = isOwned
  }

  deinit { if isOwned, !isClosed { _ = Glibc.close(number) } }

  /// The process's standard input; not closed here.
  static func standardInput() -> FileDescriptor { FileDescriptor(STDIN_FILENO, isOwned: false) }

  /// The process's standard output; not closed here.
  static func standardOutput() -> FileDescriptor { FileDescriptor(STDOUT_FILENO, isOwned: false) }

  /// An existing file, opened to read.
  static func reading(_ path: String) throws(SystemError) -> FileDescriptor {
    // A NUL would silently cut the path that the system sees.
    guard !path.utf8.contains(0) else { throw SystemError(number: ENOENT) }
    return FileDescriptor(try check(unsafe open(path, O_RDONLY | O_CLOEXEC)))
  }

  /// A new file, or an existing one cut to nothing, opened to write.
  static func creating(_ path: String) throws(SystemError) -> FileDescriptor {
    guard !path.utf8.contains(0) else { throw SystemError(number: EINVAL) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    return FileDescriptor(try check(unsafe open(path, flags, 0o666)))
  }

  /// The size of a regular file, nil for a pipe or a terminal.
  var size: Int? {
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Appends at most `count` bytes to `bytes` and returns how many; 0 is the end.
  func read(_ count: Int, into bytes: inout [UInt8]) throws(SystemError) -> Int {
    var failure: CInt = 0
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var got = -1
      repeat {
        got = unsafe Glibc.read(number, buffer.baseAddress, count)
      } while got < 0 && errno == EINTR
      failure = got < 0 ? errno : 0
      filled = max(0, got)
    }
    if failure != 0 { throw SystemError(number: failure) }
    bytes.append(contentsOf: piece)
    return piece.count
  }

  /// Writes all of `bytes`: a short write is continued, never taken for a whole one.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let put = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if put < 0, errno == EINTR { continue }
      if put < 0 { throw SystemError(number: errno) }
      if put == 0 { throw SystemError(number: ENOSPC) }
      written += put
    }
  }

  /// Waits until the file's content is on the disk; pipes and terminals have nothing to wait for.
  func synchronize() throws(SystemError) {
    if fsync(number) != 0, errno != EINVAL, errno != EROFS { throw SystemError(number: errno) }
  }

  /// Closes the file; some file systems report a full disk only here.
  func close() throws(SystemError) {
    guard isOwned, !isClosed else { return }
    isClosed = true
    if Glibc.close(number) != 0, errno != EINTR { throw SystemError(number: errno) }
  }

  /// Whether `path` names something that is there and no regular file: a device, a pipe.
  static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Gives the file at `path` the name `newPath`, in place of what had it, and makes that durable.
  static func rename(_ path: String, to newPath: String) throws(SystemError) {
    _ = try check(unsafe Glibc.rename(path, newPath))
    let folder = newPath.lastIndex(of: "/").map { String(newPath[...$0]) } ?? "."
    let handle = FileDescriptor(
      try check(unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)))
    try handle.synchronize()
  }

  /// Removes the file at `path` if there is one.
  static func remove(_ path: String) { _ = unsafe unlink(path) }

  private static func check(_ status: CInt) throws(SystemError) -> CInt {
    if status < 0 { throw SystemError(number: errno) }
    return status
  }
}

/// A failed call to the system.
struct SystemError: Error {
  /// The system's number for it.
  let number: CInt

  var isNotFound: Bool { number == ENOENT || number == ENOTDIR }

  /// The system's words for it.
  var reason: String { unsafe String(cString: strerror(number)) }
}
