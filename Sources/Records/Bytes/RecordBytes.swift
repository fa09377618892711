/// The bytes of an input in pieces, unpacked where it is gzip: for readers of other rooms.
public final class RecordBytes {
  private var window: ByteWindow
  private var isAtStart = true

  /// Opens the input.
  public init(_ source: RecordSource) throws(RecordError) {
    window = try ByteWindow.opening(source)
  }

  /// The next piece, never empty; nil at the end.
  public func next() throws(RecordError) -> [UInt8]? {
    // Opening reads ahead to look for a mark.
    if isAtStart {
      isAtStart = false
      if let piece = take() { return piece }
    }
    return try window.extend() ? take() : nil
  }

  private func take() -> [UInt8]? {
    let piece = Array(window.bytes[window.start...])
    window.drop(piece.count)
    return piece.isEmpty ? nil : piece
  }
}
