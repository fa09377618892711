/// Writes an FPS file one fingerprint after another.
///
/// Bytes are handed over in pieces of about 64 KiB; call ``finish()`` for the last one.
public struct FPSWriter {
  private let bitCount: Int
  private let write: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = []
  private var records = 0

  /// Starts a file with its head.
  public init(header: FPSHeader, write: @escaping ([UInt8]) throws -> Void) throws {
    bitCount = header.bitCount
    self.write = write
    buffer += "#FPS1\n".utf8
    for field in header.fields {
      guard !(field.key + field.value).utf8.contains(where: { $0 == 10 || $0 == 13 }) else {
        throw FPSError(line: 0, reason: .header("\(field.key) holds a line end"))
      }
      buffer += "#\(field.key)=\(field.value)\n".utf8
    }
  }

  /// Adds a fingerprint of the file's width.
  public mutating func append(_ fingerprint: Fingerprint, id: String) throws {
    precondition(
      fingerprint.bitCount == bitCount, "\(fingerprint.bitCount) bits in a file of \(bitCount)")
    records += 1
    if id.isEmpty { throw FPSError(line: records, reason: .missingID) }
    if id.utf8.contains(where: { [0, 9, 10, 13].contains($0) }) {
      throw FPSError(line: records, reason: .badID)
    }
    buffer += "\(fingerprint.hex)\t\(id)\n".utf8
    if buffer.count >= 1 << 16 { try finish() }
  }

  /// Hands over what is left.
  public mutating func finish() throws {
    if buffer.isEmpty { return }
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
