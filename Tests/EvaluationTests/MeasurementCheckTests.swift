import Evaluation
import Statistics
import Testing

@Suite struct MeasurementCheckTests {
  private func check(_ errors: [Double], half: Double = 1) -> MeasurementCheck {
    MeasurementCheck(
      rows: errors.enumerated().map {
        .init(id: "\($0)", measured: 5 + $1, predicted: 5, lower: 5 - half, upper: 5 + half)
      }, leftOut: [:])
  }

  /// Student's 97.5 % point for nine degrees is 2.2621571628.
  @Test func `the bias has Student's interval`() throws {
    let found = check([0.3, -0.2, 0.5, 0.1, 0.4, -0.1, 0.6, 0.2, 0, 0.7])
    #expect(abs(try #require(found.bias) - 0.25) < 1e-12)
    let interval = try #require(found.biasInterval)
    #expect(abs(interval.lower - 0.0334149410) < 1e-9 && abs(interval.upper - 0.4665850590) < 1e-9)
    #expect(abs(try #require(found.meanAbsoluteError) - 0.31) < 1e-12)
  }

  @Test func `intervals that hold what they promise are left alone`() {
    let errors = (0..<50).map { $0 < 45 ? ($0 % 2 == 0 ? 0.5 : -0.5) : ($0 % 2 == 0 ? 1.5 : -1.5) }
    let found = check(errors)
    #expect(found.coverage.held == 45 && found.stretch == nil)
    #expect(
      found.verdict(unit: "1").count == 1 && found.verdict(unit: "1")[0].contains("as the model"))
  }

  @Test func `too narrow intervals are stretched until they would hold nine of ten`() throws {
    let errors = (1...40).map { Double($0) / 10 * ($0 % 2 == 0 ? 1 : -1) }
    let stretch = try #require(check(errors).stretch)
    // ⌈0.9 · 41⌉ = 37 of 40 errors are at most 3.7.
    #expect(stretch == 3.7)
    #expect(errors.count { $0.magnitude <= stretch } == 37)
    #expect(check(errors).verdict(unit: "1").joined().contains("too narrow"))
    let wide = check(errors, half: 100)
    #expect(abs(try #require(wide.stretch) - 0.037) < 1e-12)
    #expect(wide.verdict(unit: "1").joined().contains("wider than need be"))
  }

  @Test func `a few measurements say nothing`() {
    let found = check([3, 3.1, 2.9])
    #expect(found.stretch == nil && found.verdict(unit: "1")[0].contains("too few"))
    #expect(check([]).bias == nil && check([]).coverage.share == nil)
  }

  @Test func `a model that is wrong on the whole is said to be, with the unit`() {
    let words = check((0..<20).map { 0.8 + Double($0 % 3) / 10 }, half: 2).verdict(unit: "log10")
    #expect(words[0].hasPrefix("What is measured is higher than predicted by 0.90 log10"))
  }
}
