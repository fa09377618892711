/// A message of Protocol Buffers while it is written: numbered fields, each a varint or bytes.
///
/// The few lines of the format that ONNX needs; a field of the value zero is written all the same,
/// which readers accept.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A number; a negative one takes ten bytes.
  mutating func add(_ field: Int, _ value: Int) {
    appendVarint(UInt64(field) << 3)
    appendVarint(UInt64(bitPattern: Int64(value)))
  }

  /// A float, four bytes.
  mutating func add(_ field: Int, _ value: Float) {
    appendVarint(UInt64(field) << 3 | 5)
    append(littleEndian: value.bitPattern)
  }

  /// Bytes with their length before them.
  mutating func add(_ field: Int, _ value: [UInt8]) {
    appendVarint(UInt64(field) << 3 | 2)
    appendVarint(UInt64(value.count))
    bytes += value
  }

  /// Text as UTF-8.
  mutating func add(_ field: Int, _ value: String) { add(field, Array(value.utf8)) }

  /// A message within this one.
  mutating func add(_ field: Int, _ fill: (inout ProtocolBuffer) -> Void) {
    var inner = ProtocolBuffer()
    fill(&inner)
    add(field, inner.bytes)
  }

  private mutating func append(littleEndian value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
