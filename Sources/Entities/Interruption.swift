/// A run that was stopped on request; what it had finished is kept, and the same command goes on.
public struct Interruption: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was stopped.
  public let work: String

  /// Names the work that was stopped.
  public init(of work: String) { self.work = work }

  /// One line for a reader.
  public var description: String { "\(work) was interrupted: run the same command again to go on" }
}
