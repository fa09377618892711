/// Why a cohort's data cannot be used.
public enum BiobankError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A table cannot be read.
  case table(String, String)
  /// A file of genotypes cannot be read.
  case genotypes(String, String)
  /// An estimate does not exist.
  case noEstimate(String)

  /// A sentence for a reader.
  public var description: String {
    switch self {
    case .table(let path, let why), .genotypes(let path, let why): "\(path): \(why)"
    case .noEstimate(let why): why
    }
  }
}
