import Foundation
public import Provenance

/// A message behind its sender's Ed25519 signature: 64 bytes, then the message.
public enum SignedMessage {
  /// Which way a message goes: a signed question can never pass for an answer.
  public enum Direction: String, Sendable {
    /// From a coordinator to a hospital.
    case question = "osong federation question\n"
    /// From a hospital to a coordinator.
    case answer = "osong federation answer\n"
  }

  private static let signatureBytes = 64

  /// Signs a message.
  public static func seal(
    _ message: [UInt8], _ direction: Direction, by key: SigningKey
  ) -> [UInt8] {
    // Ed25519 signs everything; without a signature the frame would be refused by the other side.
    Array(key.signature(of: Array(direction.rawValue.utf8) + message) ?? Data()) + message
  }

  /// The message, if the key's owner signed it.
  public static func open(
    _ frame: [UInt8], _ direction: Direction, by key: VerifyingKey
  ) throws(MessageError) -> [UInt8] {
    guard frame.count > signatureBytes, frame.count <= FederationLimits.frameBytes else {
      throw .malformed("a frame of \(frame.count) bytes")
    }
    let message = Array(frame.dropFirst(signatureBytes))
    guard
      key.accepts(
        Data(frame.prefix(signatureBytes)), of: Array(direction.rawValue.utf8) + message)
    else { throw .signature }
    return message
  }
}
