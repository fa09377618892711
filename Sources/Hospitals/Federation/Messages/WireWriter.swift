import Foundation
import Provenance

/// Writes the fields of a message one after the other, each of a known width, big end first.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: some FixedWidthInteger) {
    var shift = value.bitWidth - 8
    while shift >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      shift -= 8
    }
  }

  /// The 64 bits of a number, so nothing is rounded on the way.
  mutating func write(_ value: Double) { write(value.bitPattern) }

  mutating func write(_ values: [Double]) { for value in values { write(value) } }

  mutating func write(_ value: MessageID) {
    write(value.high)
    write(value.low)
  }

  mutating func write(_ digest: Digest) {
    var digits = digest.hex.utf8.makeIterator()
    while let high = digits.next(), let low = digits.next() {
      bytes.append(Self.value(high) << 4 | Self.value(low))
    }
  }

  /// A short name: one byte of length before it.
  mutating func write(name: String) {
    let text = Array(name.utf8.prefix(FederationLimits.nameBytes))
    write(UInt8(text.count))
    bytes += text
  }

  private static func value(_ digit: UInt8) -> UInt8 { digit > 57 ? digit - 87 : digit - 48 }
}

/// Why bytes are no message.
public enum MessageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// They end too early, go on too long, or hold what no message holds.
  case malformed(String)
  /// They are of another version of the protocol.
  case version(theirs: UInt16)
  /// The signature is not the sender's.
  case signature

  /// A sentence for a reader.
  public var description: String {
    switch self {
    case .malformed(let why): "the message cannot be read: \(why)"
    case .version(let theirs):
      "the other side speaks version \(theirs) of the protocol, "
        + "this program version \(FederationLimits.version): install the same release on both"
    case .signature: "the message is not signed by the key that is pinned for its sender"
    }
  }
}
