/// Consecutive pieces of people, each left out once.
struct Folds: Sendable {
  /// The rows of each piece, in order.
  let ranges: [Range<Int>]

  /// Pieces of one size, the last of which takes what is left, as regenie cuts them.
  init(_ count: Int, of people: Int) {
    let size = people / count
    ranges = (0..<count).map { $0 * size..<($0 == count - 1 ? people : ($0 + 1) * size) }
  }
}

/// The shrinkages that are tried: the share of the trait's variance the predictors may explain.
enum Shrinkage {
  /// The shares, from .01 to .99.
  static let shares = [0.01, 0.25, 0.5, 0.75, 0.99]

  /// The ridge penalties: with m standardised predictors a share h is the penalty m(1 − h)/h.
  static func penalties(predictors: Int, scale: Double = 1) -> [Double] {
    shares.map { scale * Double(predictors) * (1 - $0) / $0 }
  }
}
