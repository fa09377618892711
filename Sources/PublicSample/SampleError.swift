/// Why a public sample, or a question to it, cannot be used as a whole.
public struct SampleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence for the person who gave the input.
  public let description: String

  /// An error with its sentence.
  public init(_ description: String) { self.description = description }
}
