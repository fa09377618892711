/// Why evidence cannot be used.
public enum EvidenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A table cannot be read.
  case table(String, String)
  /// A file of evidence cannot be read or written.
  case file(String)
  /// No record is about the disease.
  case unknownDisease(String, near: [String])

  /// A sentence for a reader.
  public var description: String {
    switch self {
    case .table(let path, let why): "\(path): \(why)"
    case .file(let why): why
    case .unknownDisease(let id, let near):
      "no evidence is about \(id)"
        + (near.isEmpty ? "" : "; there is some about \(near.joined(separator: ", "))")
    }
  }
}
