import Fingerprints
import Foundation
import Provenance

// The one place of this room that touches raw memory: every read copies, nothing outlives a closure.

extension MappedBytes {
  /// The number at `offset`; the caller has checked the bounds through the header.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= count)
    return unsafe withBytes { buffer in
      Number(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: type))
    }
  }

  /// The UTF-8 text in `range`, with replacement marks where the bytes are no text.
  func text(in range: Range<Int>) -> String {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withBytes { unsafe String(decoding: $0[range], as: UTF8.self) }
  }

  /// A copy of the bytes in `range`.
  func data(in range: Range<Int>) -> Data {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withBytes { unsafe Data($0[range]) }
  }

  /// The digest of all bytes, read in pieces of one mebibyte.
  func digest() -> Digest {
    var stream = DigestStream()
    for start in stride(from: 0, to: count, by: 1 << 20) {
      stream.update(data(in: start..<min(start + 1 << 20, count)))
    }
    return stream.finish()
  }
}

/// The bytes of `numbers`, least significant first.
func littleEndian<Number: FixedWidthInteger>(_ numbers: [Number]) -> Data {
  unsafe numbers.map(\.littleEndian).withUnsafeBytes { unsafe Data($0) }
}
