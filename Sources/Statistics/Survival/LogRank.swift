internal import LinearAlgebra

/// Whether groups' times to an event differ (Mantel 1966; Peto & Peto 1972), within strata.
public struct LogRank: Hashable, Sendable {
  /// Events in each group, and how many were to be expected if the groups were alike.
  public let observed: [Double], expected: [Double]
  /// χ² of one degree less than there are groups.
  public let chiSquared: Double
  /// Its degrees of freedom.
  public var degrees: Int { observed.count - 1 }
  /// Its p.
  public var pValue: Double { ChiSquared.share(above: chiSquared, degrees: Double(degrees)) }

  /// Compares; nil for one group, or where no time has an event with two groups at risk.
  ///
  /// - Parameters:
  ///   - groups: each row's group, from 0.
  ///   - strata: each row's stratum; nil for one.
  public init?(times: [Double], isEvent: [Bool], groups: [Int], strata: [Int]? = nil) {
    let count = (groups.max() ?? 0) + 1
    guard count > 1, times.count == groups.count, isEvent.count == groups.count else { return nil }
    let strata = strata ?? [Int](repeating: 0, count: times.count)
    // From the last time to the first, so that those at risk only grow.
    let order = times.indices.sorted {
      (strata[$0], -times[$0], $0) < (strata[$1], -times[$1], $1)
    }
    var observed = [Double](repeating: 0, count: count)
    var expected = observed
    var atRisk = observed
    var variance = Matrix<Double>(rows: count - 1, columns: count - 1)
    var start = 0
    while start < order.count {
      if start == 0 || strata[order[start]] != strata[order[start - 1]] {
        atRisk = [Double](repeating: 0, count: count)
      }
      var end = start
      var died = 0.0
      while end < order.count, strata[order[end]] == strata[order[start]],
        times[order[end]] == times[order[start]]
      {
        let row = order[end]
        atRisk[groups[row]] += 1
        if isEvent[row] {
          died += 1
          observed[groups[row]] += 1
        }
        end += 1
      }
      let total = atRisk.reduce(0, +)
      if died > 0 {
        let spread = total > 1 ? died * (total - died) / (total - 1) : 0
        for i in 0..<count {
          expected[i] += died * atRisk[i] / total
          guard i < count - 1 else { continue }
          for j in 0..<(count - 1) {
            let share = atRisk[i] / total
            variance[i, j] += spread * share * ((i == j ? 1 : 0) - atRisk[j] / total)
          }
        }
      }
      start = end
    }
    let gap = (0..<(count - 1)).map { observed[$0] - expected[$0] }
    guard let equations = NormalEquations(variance) else { return nil }
    chiSquared = zip(gap, equations.solve(gap)).reduce(0) { $0 + $1.0 * $1.1 }
    self.observed = observed
    self.expected = expected
  }
}
