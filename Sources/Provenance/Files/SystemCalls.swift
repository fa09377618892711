import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The few calls that Foundation does not offer; the only `unsafe` of this room.
///
/// Each passes a path or a descriptor that outlives the call, and the system keeps neither.
enum SystemCalls {
  /// The system's sentence for an error number.
  static func reason(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// Creates a new file for writing, refusing one that exists; the umask decides who may read it.
  static func create(_ url: URL) throws(FileError) -> Int32 {
    let descriptor = unsafe open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(.open, url, reason: reason(errno)) }
    return descriptor
  }

  /// Opens a file that exists, or creates an empty one, to lock it.
  static func openForLocking(_ url: URL) throws(FileError) -> Int32 {
    let descriptor = unsafe open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(.open, url, reason: reason(errno)) }
    return descriptor
  }

  /// Opens a file that exists, to see whether its writer is alive; nil when it is gone.
  static func openExisting(_ url: URL) -> Int32? {
    let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Takes the lock if nobody holds it.
  ///
  /// The system frees it when its holder dies.
  static func tryLock(_ descriptor: Int32) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  /// Forces a file's or a folder's bytes to the disk.
  static func sync(_ url: URL) throws(FileError) {
    let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.sync, url, reason: reason(errno)) }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to do then.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileError(.sync, url, reason: reason(errno))
    }
  }

  /// Moves a file or folder to a name in the same file system, at one instant.
  static func rename(_ from: URL, to: URL) throws(FileError) {
    guard unsafe Glibc.rename(from.path, to.path) == 0 else {
      throw FileError(.rename, to, reason: reason(errno))
    }
  }

  /// Swaps two folders at one instant; false where the system or the file system cannot.
  static func exchange(_ one: URL, _ other: URL) -> Bool {
    // The header hides renameat2 behind a switch that Swift's module of it does not set, so the
    // C library is asked for it by name. The type below is the one in its manual page.
    typealias RenameAt2 =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = unsafe dlsym(nil, "renameat2") else { return false }
    let renameAt2 = unsafe unsafeBitCast(symbol, to: RenameAt2.self)
    let exchangeFlag: UInt32 = 2
    return unsafe renameAt2(AT_FDCWD, one.path, AT_FDCWD, other.path, exchangeFlag) == 0
  }

  /// What stands under a path, after following links.
  enum Kind { case nothing, file, folder, other }

  static func kind(of url: URL) -> Kind {
    var information = stat()
    guard unsafe stat(url.path, &information) == 0 else { return .nothing }
    return switch information.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// What the file system knows of a file; nil when there is none.
  static func stamp(of url: URL) -> FileStamp? {
    var found = stat()
    guard unsafe stat(url.path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileStamp(
      size: Int(found.st_size), modified: nanoseconds(found.st_mtim),
      changed: nanoseconds(found.st_ctim), number: UInt64(found.st_ino))
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    time.tv_sec.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ time.tv_nsec
  }

  /// Makes `bytes` the contents of an open file; the caller does not learn of a full disk.
  static func replaceContents(_ descriptor: Int32, _ bytes: Data) {
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// Ends a process at once.
  static func kill(_ process: Int32) { _ = Glibc.kill(process, SIGKILL) }
}
