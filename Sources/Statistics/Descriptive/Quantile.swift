/// How a quantile is read off a sample, by the numbers of Hyndman and Fan.
///
/// Sample quantiles in statistical packages. Am. Stat. 1996, 50, 361.
public enum QuantileRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// Type 1: the smallest value that at least this share of the sample does not exceed.
  case inverseDistribution
  /// Type 7: linear between the order statistics; what R and NumPy do when nothing is said.
  case linear
  /// Type 8: linear, nearly unbiased for the median whatever the distribution.
  case medianUnbiased

  /// The quantile of values in ascending order; nil without values.
  /// - Parameter share: from 0 to 1.
  public func quantile(_ share: Double, ofSorted values: [Double]) -> Double? {
    precondition((0...1).contains(share), "a quantile lies from 0 to 1, not at \(share)")
    guard let last = values.indices.last else { return nil }
    let count = Double(values.count)
    switch self {
    case .inverseDistribution:
      return values[min(max(Int((count * share).rounded(.up)) - 1, 0), last)]
    case .linear:
      return Self.between(values, at: (count - 1) * share)
    case .medianUnbiased:
      return Self.between(values, at: (count + 1.0 / 3) * share - 2.0 / 3)
    }
  }

  /// The quantile of values in any order; nil without values.
  /// - Complexity: O(n log n)
  public func quantile(_ share: Double, of values: [Double]) -> Double? {
    quantile(share, ofSorted: values.sorted())
  }

  private static func between(_ values: [Double], at place: Double) -> Double {
    let inside = min(max(place, 0), Double(values.count - 1))
    let below = Int(inside)
    let above = min(below + 1, values.count - 1)
    return values[below] + (inside - Double(below)) * (values[above] - values[below])
  }
}
