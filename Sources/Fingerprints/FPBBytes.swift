/// The bytes of an FPB file, mapped or in memory, read without trust in where they lie.
enum FPBBytes: Sendable {
  case mapped(MappedBytes)
  case owned([UInt8])

  var count: Int {
    switch self {
    case .mapped(let bytes): bytes.count
    case .owned(let bytes): bytes.count
    }
  }

  /// A little-endian number, anywhere inside the file.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type, at place: Int) -> Number
  {
    let size = MemoryLayout<Number>.size
    precondition(place >= 0 && size <= count && place <= count - size, "byte \(place) of \(count)")
    return unsafe withBytes { bytes in
      Number(
        littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
  }

  /// A copy of some bytes.
  subscript(range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) of \(count) bytes")
    return unsafe withBytes { bytes in unsafe Array(bytes[range]) }
  }

  private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch self {
    case .mapped(let mapped): unsafe mapped.withBytes { unsafe body($0) }
    case .owned(let bytes): unsafe bytes.withUnsafeBytes { unsafe body($0) }
    }
  }
}
