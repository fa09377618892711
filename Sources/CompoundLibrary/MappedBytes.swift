import Foundation

/// A file's bytes, mapped into memory: the one place of this room that touches raw memory.
struct MappedBytes: Sendable {
  let data: Data

  init(mapping url: URL) throws { data = try Data(contentsOf: url, options: .alwaysMapped) }

  var count: Int { data.count }

  /// The number at `offset`; the caller has checked the bounds through the header.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= data.count)
    // loadUnaligned copies the bytes out, so nothing outlives the closure.
    return unsafe data.withUnsafeBytes { buffer in
      Number(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: type))
    }
  }

  /// The UTF-8 text in `range`, with replacement marks where the bytes are no text.
  func text(in range: Range<Int>) -> String {
    precondition(range.lowerBound >= 0 && range.upperBound <= data.count)
    let start = data.startIndex
    let bytes = data[start + range.lowerBound..<start + range.upperBound]
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The numbers in `range` of bytes.
  func words(in range: Range<Int>) -> [UInt64] {
    stride(from: range.lowerBound, to: range.upperBound, by: 8).map { number(UInt64.self, at: $0) }
  }
}

/// The bytes of `numbers`, least significant first.
func littleEndian<Number: FixedWidthInteger>(_ numbers: [Number]) -> Data {
  // The buffer is only read while it is copied.
  unsafe numbers.map(\.littleEndian).withUnsafeBytes { unsafe Data($0) }
}
