internal import Foundation

/// The bytes of a file, mapped read-only into memory for as long as this object lives; inside this
/// room also memory of our own, filled once.
///
/// Nothing is read before it is used, so a file larger than memory can be searched. A file must not
/// be cut while it is mapped: the library's segments are never changed in place.
@safe public final class MappedBytes: Sendable {
  /// How many bytes the file has.
  public let count: Int
  // Read-only memory that nobody writes and only deinit releases: any thread may read it.
  nonisolated(unsafe) private let base: UnsafeRawPointer?
  /// Whether the bytes are a file's, which may not be in memory.
  let isFile: Bool

  /// Maps a whole file.
  public init(path: String) throws(MappingError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw MappingError(path: path, code: errno) }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else { throw MappingError(path: path, code: errno) }
    count = Int(end)
    isFile = true
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

  /// Memory of this many bytes, zero but for what `fill` writes, and what it returns.
  static func filling<Result>(
    _ count: Int, _ fill: (WritableBytes) -> Result
  ) -> (bytes: MappedBytes, result: Result) {
    precondition(count >= 0, "\(count) bytes")
    if count == 0 { return (MappedBytes(), unsafe fill(WritableBytes(base: nil, count: 0))) }
    let address = unsafe mmap(
      nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      preconditionFailure("no memory for \(count) bytes")
    }
    // Fewer and larger pages, where the system has them to give.
    unsafe madvise(address, count, MADV_HUGEPAGE)
    let result = unsafe fill(WritableBytes(base: address, count: count))
    return unsafe (MappedBytes(base: address, count: count), result)
  }

  private init() {
    count = 0
    isFile = false
    unsafe base = nil
  }

  private init(base: UnsafeMutableRawPointer, count: Int) {
    self.count = count
    isFile = false
    unsafe self.base = UnsafeRawPointer(base)
  }

  /// A copy of some bytes.
  func data(in range: Range<Int>) -> Data {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes \(range) of \(count)")
    return unsafe withBytes { bytes in unsafe Data(bytes[range]) }
  }

  /// Little-endian numbers of 32 bits, from an offset on that is a multiple of 4.
  func numbers(at start: Int, count: Int) -> [Int] {
    precondition(start >= 0 && start + 4 * count <= self.count, "numbers past \(self.count)")
    return unsafe withBytes { bytes in
      (0..<count).map {
        Int(
          unsafe UInt32(
            littleEndian: bytes.load(fromByteOffset: start + 4 * $0, as: UInt32.self)))
      }
    }
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

// Hints to the system: they change when bytes are read, never what they are.
extension MappedBytes {
  /// Asks for bytes that will be wanted, without waiting for them.
  func fetch(_ range: Range<Int>) {
    let size = Int(getpagesize())
    let start = max(range.lowerBound, 0) / size * size
    let end = min(range.upperBound, count)
    guard start < end, let base = unsafe base else { return }
    unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_WILLNEED)
  }

  /// Whether a byte is in memory, as far as the system tells.
  func isResident(at offset: Int) -> Bool {
    let size = Int(getpagesize())
    guard offset >= 0, offset < count, let base = unsafe base else { return true }
    var flag: UInt8 = 0
    let page = unsafe UnsafeMutableRawPointer(mutating: base + offset / size * size)
    return unsafe mincore(page, 1, &flag) != 0 || flag & 1 == 1
  }
}

/// Memory that is being filled, by several threads in parts that do not meet.
@safe struct WritableBytes: Sendable {
  // Valid for as long as the closure it was handed to runs.
  nonisolated(unsafe) let base: UnsafeMutableRawPointer?
  let count: Int

  /// Stores the elements one after another.
  func store<Element: BitwiseCopyable>(_ elements: [Element], at start: Int) {
    let size = elements.count * MemoryLayout<Element>.stride
    precondition(start >= 0 && start + size <= count, "bytes from \(start) past \(count)")
    unsafe elements.withUnsafeBytes { bytes in
      guard let source = bytes.baseAddress, let base = unsafe base else { return }
      unsafe (base + start).copyMemory(from: source, byteCount: size)
    }
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
