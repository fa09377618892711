import Statistics
import Testing

@Suite("Correlation") struct CorrelationTests {
  static let x = (0..<60).map { Double($0 * 29 % 17) }
  static let y = (0..<60).map { Double($0 * $0 % 13) }

  /// SciPy's `pearsonr`, `spearmanr` and `kendalltau` on columns with many ties.
  @Test(
    arguments: [
      (Correlation.pearson, 0.02371879008691952), (.spearman, 0.054425285370734794),
      (.kendall, 0.040332857074313395),
    ])
  func `each coefficient agrees with SciPy on columns with ties`(
    coefficient: Correlation, expected: Double
  ) throws {
    let value = try #require(coefficient.value(Self.x, Self.y))
    #expect(abs(value - expected) < 1e-12)
  }

  @Test func `Kendall's count equals that of all pairs`() throws {
    var generator = Xoshiro256(seed: 4)
    for size in [2, 3, 10, 101] {
      let x = (0..<size).map { _ in Double(generator.draw(below: 8)) } + [0, 9]
      let y = (0..<size).map { _ in Double(generator.draw(below: 6)) } + [9, 0]
      let value = try #require(Correlation.kendall.value(x, y))
      #expect(abs(value - Self.tauOverAllPairs(x, y)) < 1e-12)
    }
  }

  @Test(arguments: Correlation.allCases)
  func `a constant column, one row and a number that is not finite have no coefficient`(
    coefficient: Correlation
  ) {
    #expect(coefficient.value([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
    #expect(coefficient.value([1, 2, 3], [0.1, 0.1, 0.1]) == nil)
    #expect(coefficient.value([1], [1]) == nil)
    #expect(coefficient.value([], []) == nil)
    #expect(coefficient.value([1, 2, .nan], [1, 2, 3]) == nil)
    #expect(coefficient.value([1, 2, 3], [1, .infinity, 3]) == nil)
  }

  @Test(arguments: Correlation.allCases)
  func `the same order is 1, the reversed order −1`(coefficient: Correlation) throws {
    let x = (0..<30).map { Double($0) }
    #expect(abs(try #require(coefficient.value(x, x.map { 3 * $0 + 1 })) - 1) < 1e-12)
    #expect(abs(try #require(coefficient.value(x, x.map { -$0 })) + 1) < 1e-12)
  }

  private static func tauOverAllPairs(_ x: [Double], _ y: [Double]) -> Double {
    var score = 0.0
    var untied = (x: 0.0, y: 0.0)
    for i in x.indices {
      for j in 0..<i {
        let signs = (x: (x[i] - x[j]).signum, y: (y[i] - y[j]).signum)
        score += signs.x * signs.y
        untied.x += abs(signs.x)
        untied.y += abs(signs.y)
      }
    }
    return score / (untied.x * untied.y).squareRoot()
  }
}

extension Double {
  fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
