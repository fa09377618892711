/// Why a result could not be written; nothing is published then.
public struct WriteError: Error, Hashable, Sendable {
  /// Where it should have gone.
  public let destination: String
  /// The system's reason, such as a full disk.
  public let reason: String
}

extension WriteError: CustomStringConvertible {
  /// The reason in one line.
  public var description: String { "\(destination): cannot be written: \(reason)" }
}
