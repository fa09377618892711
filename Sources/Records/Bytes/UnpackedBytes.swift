/// The bytes of a file, of standard input or of memory in pieces, unpacked where they are gzip.
///
/// For readers outside this room, such as that of FPS files.
public final class UnpackedBytes {
  private var window: ByteWindow

  /// Opens a source; a UTF-8 byte order mark is stepped over.
  public init(_ source: RecordSource) throws(RecordError) {
    window = try ByteWindow.opening(source)
  }

  /// The next piece, some 256 KiB; nil at the end.
  public func next() throws(RecordError) -> [UInt8]? {
    if window.count == 0, !(try window.extend()) { return nil }
    let piece = Array(window.bytes[window.start...])
    window.drop(piece.count)
    return piece
  }

  /// How many bytes of the source were read, and how many there are where that is known.
  public var progress: (read: Int, total: Int?) { (window.bytesRead, window.totalBytes) }
}
