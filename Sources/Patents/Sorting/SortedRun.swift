import Foundation
import Provenance

/// Writes one sorted buffer: key, length and payload, one record after another.
struct RunWriter: ~Copyable {
  private let handle: FileHandle
  private var buffer: [UInt8] = []

  init(_ url: URL) throws {
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
  }

  mutating func write(_ key: ContentKey, _ payload: ArraySlice<UInt8>) throws {
    buffer.append(number: key.high)
    buffer.append(number: key.low)
    buffer.append(number: UInt32(payload.count))
    buffer += payload
    if buffer.count >= 1 << 18 { try flush() }
  }

  mutating func finish() throws {
    try flush()
    try handle.close()
  }

  private mutating func flush() throws {
    try handle.write(contentsOf: Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Reads a sorted buffer back, a piece at a time.
final class RunReader {
  private let handle: FileHandle
  private let name: String
  private var bytes: [UInt8] = []
  private var place = 0

  init(_ url: URL) throws {
    handle = try FileHandle(forReadingFrom: url)
    name = url.lastPathComponent
  }

  deinit { try? handle.close() }

  func next() throws -> KeyedRecord? {
    guard try hold(20) else { return nil }
    var cursor = ByteCursor(bytes[place..<place + 20])
    let key = ContentKey(high: cursor.number(UInt64.self), low: cursor.number(UInt64.self))
    let length = Int(cursor.number(UInt32.self))
    guard try hold(20 + length) else {
      throw PatentError.damaged(file: name, reason: "it ends within a record")
    }
    let payload = Array(bytes[place + 20..<place + 20 + length])
    place += 20 + length
    return KeyedRecord(key: key, payload: payload)
  }

  /// Whether so many bytes are at hand from the place on; reads more where needed.
  private func hold(_ count: Int) throws -> Bool {
    while bytes.count - place < count {
      guard let piece = try handle.read(upToCount: 1 << 18), !piece.isEmpty else { return false }
      bytes.removeFirst(place)
      place = 0
      bytes += piece
    }
    return true
  }
}

/// Reads numbers and texts from bytes that this room wrote itself.
public struct ByteCursor {
  private var bytes: ArraySlice<UInt8>

  /// Begins at the first byte.
  public init(_ bytes: some Collection<UInt8>) { self.bytes = ArraySlice(bytes) }

  /// The next number, most significant byte first; bytes that are missing count as 0.
  public mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
    var number: Number = 0
    for _ in 0..<MemoryLayout<Number>.size {
      number = number << 8 | Number(truncatingIfNeeded: bytes.popFirst() ?? 0)
    }
    return number
  }

  /// The next text: its length in 32 bits, then its UTF-8 bytes.
  public mutating func text() -> String {
    let length = min(Int(number(UInt32.self)), bytes.count)
    let text = String(decoding: bytes.prefix(length), as: UTF8.self)
    bytes = bytes.dropFirst(length)
    return text
  }
}

extension [UInt8] {
  /// Appends a number, most significant byte first: bytes then sort as the numbers do.
  public mutating func append(number: some FixedWidthInteger) {
    let width = number.bitWidth
    for shift in stride(from: width - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Appends a text behind its length.
  public mutating func append(text: String) {
    append(number: UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}
