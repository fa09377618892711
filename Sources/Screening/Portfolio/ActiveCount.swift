import Foundation

/// How many of some compounds will turn out active: a distribution, not a number.
///
/// Given the curve, compounds are active or not independently, and the count is Poisson's binomial;
/// but they share the curve, so it is averaged over the curve's own error (Gauss and Hermite, five
/// points), which widens the interval as more data could not.
public struct ActiveCount: Hashable, Codable, Sendable {
  /// The probability of 0, 1, 2, … actives.
  public let probabilities: [Double]

  /// Counts among compounds, each with its curve and its distance from the threshold.
  ///
  /// Compounds of one curve move together, those of different curves do not.
  /// - Complexity: O(n²) for n compounds.
  public init(_ groups: [(curve: ChanceOfActivity, distances: [Double])]) {
    var total = [1.0]
    for group in groups {
      var mixed = [Double](repeating: 0, count: group.distances.count + 1)
      for (point, weight) in Self.nodes {
        let chances = group.distances.map { group.curve.chance(atDistance: $0, moved: point) }
        for (count, probability) in Self.poissonBinomial(chances).enumerated() {
          mixed[count] += weight * probability
        }
      }
      total = Self.sum(total, mixed)
    }
    probabilities = total
  }

  /// The expected count.
  public var expected: Double {
    probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
  }

  /// The narrowest central range of counts that holds at least this share, such as 0.9.
  public func interval(_ share: Double) -> ClosedRange<Int> {
    let tail = (1 - share) / 2
    var below = 0.0
    var lower: Int?
    for (count, probability) in probabilities.enumerated() {
      below += probability
      if lower == nil, below > tail { lower = count }
      if below >= 1 - tail { return (lower ?? count)...count }
    }
    return (lower ?? 0)...(probabilities.count - 1)
  }

  /// Exact, by adding one compound after the other: equation 3 of Hong (2013).
  static func poissonBinomial(_ chances: [Double]) -> [Double] {
    var row = [1.0]
    for chance in chances {
      row.append(0)
      for count in stride(from: row.count - 1, through: 1, by: -1) {
        row[count] = row[count] * (1 - chance) + row[count - 1] * chance
      }
      row[0] *= 1 - chance
    }
    return row
  }

  private static func sum(_ one: [Double], _ other: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: one.count + other.count - 1)
    for (i, a) in one.enumerated() { for (j, b) in other.enumerated() { result[i + j] += a * b } }
    return result
  }

  /// Points, in standard deviations, and weights for averages over a normal distribution.
  private static let nodes: [(Double, Double)] = {
    let (near, far) = (
      (5 - 10.0.squareRoot()).squareRoot(), (5 + 10.0.squareRoot()).squareRoot()
    )
    let (inner, outer) = ((7 + 2 * 10.0.squareRoot()) / 60, (7 - 2 * 10.0.squareRoot()) / 60)
    return [(-far, outer), (-near, inner), (0, 8.0 / 15), (near, inner), (far, outer)]
  }()
}
