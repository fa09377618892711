/// p-values that hold for a whole family of tests.
public enum Multiplicity: String, Codable, CaseIterable, Hashable, Sendable {
  /// Holm's steps (1979): the chance of even one false finding is kept.
  case holm
  /// Benjamini and Hochberg's steps (1995): the share of false findings among all is kept, for tests
  /// that are independent or rise together.
  case benjaminiHochberg

  /// The adjusted p-values, in the order given; at most 1, never below the p itself.
  /// - Complexity: O(n log n)
  public func adjusted(_ pValues: [Double]) -> [Double] {
    let count = pValues.count
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var result = pValues
    switch self {
    case .holm:
      var least = 0.0
      for (rank, place) in order.enumerated() {
        least = max(least, min(1, Double(count - rank) * pValues[place]))
        result[place] = least
      }
    case .benjaminiHochberg:
      var most = 1.0
      for (rank, place) in order.enumerated().reversed() {
        most = min(most, Double(count) / Double(rank + 1) * pValues[place])
        result[place] = most
      }
    }
    return result
  }
}
