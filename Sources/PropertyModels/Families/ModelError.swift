/// Why a model folder cannot be used.
public enum ModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no model at the path.
  case notFound(path: String)
  /// A file of the folder is damaged, or of another format.
  case damaged(file: String, reason: String)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .notFound(let path): "no model at \(path)"
    case .damaged(let file, let reason): "the model's \(file) cannot be used: \(reason)"
    }
  }
}
