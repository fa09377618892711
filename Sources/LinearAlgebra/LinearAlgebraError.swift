/// What can go wrong with numbers the caller could not have checked beforehand.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// The matrix is not positive definite: the leading minor that ends at this row (from 0) is not.
  case notPositiveDefinite(at: Int)
  /// The iteration for eigenvalues or singular values did not converge.
  case noConvergence
  /// An element is NaN or infinite.
  case notFinite
}

extension LinearAlgebraError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let row):
      "the matrix is not positive definite (its leading minor of order \(row + 1) is not positive)"
    case .noConvergence: "the eigenvalue or singular value iteration did not converge"
    case .notFinite: "the matrix holds a NaN or an infinite element"
    }
  }
}
