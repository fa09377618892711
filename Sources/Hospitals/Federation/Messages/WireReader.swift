import Foundation
import Provenance

/// Reads the fields of a stranger's message; whatever does not fit throws, nothing is allocated by
/// what the stranger claims.
struct WireReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func integer<Value: FixedWidthInteger>(
    _: Value.Type
  ) throws(MessageError) -> Value {
    var value: Value = 0
    for byte in try take(Value.bitWidth / 8) {
      value = value << 8 | Value(truncatingIfNeeded: byte)
    }
    return value
  }

  mutating func number() throws(MessageError) -> Double {
    let value = Double(bitPattern: try integer(UInt64.self))
    guard value.isFinite else { throw .malformed("a number is not finite") }
    return value
  }

  mutating func numbers(_ count: Int) throws(MessageError) -> [Double] {
    guard count * 8 <= bytes.count - place else { throw .malformed("it ends too early") }
    var values: [Double] = []
    for _ in 0..<count { values.append(try number()) }
    return values
  }

  mutating func messageID() throws(MessageError) -> MessageID {
    MessageID(high: try integer(UInt64.self), low: try integer(UInt64.self))
  }

  mutating func digest() throws(MessageError) -> Digest {
    let digits = Array("0123456789abcdef")
    let hex = String(try take(32).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    guard let digest = Digest(hex: hex) else { throw .malformed("a digest is none") }
    return digest
  }

  mutating func name() throws(MessageError) -> String {
    let count = Int(try integer(UInt8.self))
    guard let text = String(validating: try take(count), as: UTF8.self),
      FederationLimits.isName(text)
    else { throw .malformed("a name is none") }
    return text
  }

  /// A message that goes on after its last field carries something that has no name here.
  func finish() throws(MessageError) {
    guard place == bytes.count else {
      throw .malformed("\(bytes.count - place) bytes too many")
    }
  }

  private mutating func take(_ count: Int) throws(MessageError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - place else { throw .malformed("it ends too early") }
    defer { place += count }
    return bytes[place..<place + count]
  }
}
