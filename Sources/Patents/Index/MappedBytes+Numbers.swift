import Fingerprints
import Foundation

// The one place of this room that touches raw memory: every read copies, nothing outlives a closure.

extension MappedBytes {
  /// The little-endian number at an offset; 0 where that lies outside the file.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    guard offset >= 0, offset <= count - MemoryLayout<Number>.size else { return 0 }
    return unsafe withBytes { buffer in
      Number(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: type))
    }
  }

  /// A copy of some bytes; those outside the file are missing.
  func bytes(in range: Range<Int>) -> [UInt8] {
    let inside = range.clamped(to: 0..<count)
    return unsafe withBytes { unsafe Array($0[inside]) }
  }
}

extension [UInt8] {
  /// Appends a number, least significant byte first.
  mutating func append(little number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
