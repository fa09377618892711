/// A stream of bytes, read in pieces of any size.
protocol ByteSource: AnyObject {
  /// Appends at most `count` bytes to `bytes` and returns how many; 0 is the end.
  func read(_ count: Int, into bytes: inout [UInt8]) throws(RecordError) -> Int

  /// Bytes taken from the outermost source so far: compressed ones where it is compressed.
  var bytesRead: Int { get }

  /// The size of the outermost source where it is known.
  var totalBytes: Int? { get }
}

/// Bytes in memory, handed out in pieces whose sizes a test can choose.
final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private let pieceSize: () -> Int
  private(set) var bytesRead = 0
  var totalBytes: Int? { bytes.count }

  init(_ bytes: [UInt8], pieceSize: @escaping () -> Int = { .max }) {
    self.bytes = bytes
    self.pieceSize = pieceSize
  }

  func read(_ count: Int, into target: inout [UInt8]) throws(RecordError) -> Int {
    let taken = min(count, max(1, pieceSize()), bytes.count - bytesRead)
    target.append(contentsOf: bytes[bytesRead..<bytesRead + taken])
    bytesRead += taken
    return taken
  }
}
