import Fingerprints
import Foundation

// The one place of this room that touches raw memory: every read copies, nothing outlives a closure.

extension MappedBytes {
  /// The number at `offset`; the caller has checked the bounds through the header.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= count)
    return unsafe withBytes { buffer in
      Number(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: type))
    }
  }

  /// The `wanted` numbers from `offset` on.
  func numbers<Number: FixedWidthInteger>(
    _ type: Number.Type, at offset: Int, count wanted: Int
  ) -> [Number] {
    let length = wanted * MemoryLayout<Number>.size
    precondition(offset >= 0 && wanted >= 0 && offset + length <= count)
    var numbers = [Number](repeating: 0, count: wanted)
    unsafe withBytes { buffer in
      unsafe numbers.withUnsafeMutableBytes {
        unsafe $0.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + length]))
      }
    }
    if Number(littleEndian: 1) != 1 {
      for index in numbers.indices { numbers[index] = Number(littleEndian: numbers[index]) }
    }
    return numbers
  }

  /// The place of a text behind its length, 7 bits a byte, after others of the kind were skipped.
  ///
  /// Whatever the bytes are, it lies between `start` and `end`.
  func prefixedText(from start: Int, to end: Int, skipping skipped: Int) -> Range<Int> {
    precondition(start >= 0 && start <= end && end <= count)
    return unsafe withBytes { buffer in
      var cursor = start
      var text = start..<start
      for _ in 0...skipped {
        var length = 0
        var shift = 0
        while cursor < end, shift < 35 {
          let byte = Int(unsafe buffer[cursor])
          cursor += 1
          length |= (byte & 0x7F) << shift
          shift += 7
          if byte < 0x80 { break }
        }
        text = cursor..<min(cursor + length, end)
        cursor = text.upperBound
      }
      return text
    }
  }

  /// The UTF-8 text in `range`, with replacement marks where the bytes are no text.
  func text(in range: Range<Int>) -> String {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withBytes { unsafe String(decoding: $0[range], as: UTF8.self) }
  }

  /// A copy of the bytes in `range`.
  func bytes(in range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe withBytes { unsafe Array($0[range]) }
  }
}

/// The bytes of `numbers`, least significant first.
func littleEndian<Number: FixedWidthInteger>(_ numbers: [Number]) -> Data {
  if Number(littleEndian: 1) == 1 { return unsafe numbers.withUnsafeBytes { unsafe Data($0) } }
  return unsafe numbers.map(\.littleEndian).withUnsafeBytes { unsafe Data($0) }
}
