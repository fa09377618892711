import Statistics
import Testing

@Suite("Describing a sample") struct DescriptiveTests {
  static let sample = (0..<40).map { Double($0 * $0 * 37 % 101) / 7 }

  /// NumPy 2's `quantile` at 0, 0.05, 0.31, 0.5, 0.95 and 1.
  @Test(
    arguments: [
      (
        QuantileRule.inverseDistribution,
        [0, 0.14285714285714285, 4.428571428571429, 7.428571428571429, 13.714285714285714]
      ),
      (
        .linear,
        [0, 0.6857142857142858, 4.454285714285715, 7.571428571428571, 13.72142857142857]
      ),
      (
        .medianUnbiased,
        [0, 0.34285714285714286, 4.405238095238095, 7.571428571428571, 13.807142857142857]
      ),
    ])
  func `each quantile rule agrees with NumPy`(rule: QuantileRule, expected: [Double]) throws {
    for (share, value) in zip([0, 0.05, 0.31, 0.5, 0.95, 1], expected + [14.285714285714286]) {
      let found = try #require(rule.quantile(share, of: Self.sample))
      #expect(abs(found - value) < 1e-12)
    }
  }

  @Test(arguments: QuantileRule.allCases)
  func `a sample without values has no quantile, one value is every quantile`(rule: QuantileRule) {
    #expect(rule.quantile(0.5, of: []) == nil)
    #expect([0, 0.3, 1].allSatisfy { rule.quantile($0, of: [4]) == 4 })
  }

  @Test func `a sum keeps what small terms add to large ones`() {
    #expect(Moments.sum([1e16, 1, 1, -1e16]) == 2)
    #expect(Moments.sum([]) == 0)
  }

  @Test func `variance is undefined where too few values stand`() {
    #expect(Moments.mean([]) == nil)
    #expect(Moments.sampleVariance([1]) == nil)
    #expect(Moments.populationVariance([1]) == 0)
    #expect(Moments.sampleVariance([1, 2, 3, 4]) == 5.0 / 3)
    #expect(Moments.populationVariance([1, 2, 3, 4]) == 1.25)
  }

  @Test func `equal values share the mean of their ranks`() {
    #expect(Ranks.averaged([3, 1, 3, 2, 3]) == [4, 1, 4, 2, 4])
    #expect(Ranks.averaged([0.0, -0.0]) == [1.5, 1.5])
    #expect(Ranks.averaged([]) == [])
  }
}
