/// Why a hospital's records, or a question to them, cannot be used as a whole.
public struct HospitalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence for the person who gave the input.
  public let description: String

  /// States the reason.
  public init(_ description: String) { self.description = description }
}
