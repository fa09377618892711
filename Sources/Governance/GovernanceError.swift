/// Why governance refuses.
public enum GovernanceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Consents cannot be read, so nobody's data may be.
  case consentFile(String)
  /// The journal was altered, or cannot be written.
  case journal(String)
  /// The privacy budget does not cover the question.
  case budgetSpent(left: Double, asked: Double)
  /// Another process writes.
  case locked(String)

  /// A sentence for a reader.
  public var description: String {
    switch self {
    case .consentFile(let why): "no data may be read: \(why)"
    case .journal(let why): why
    case .budgetSpent(let left, let asked):
      "the privacy budget has \(left) left, the question needs \(asked)"
    case .locked(let path): "\(path) is being written by another process"
    }
  }
}
