import Evaluation
import Statistics
import Testing

@Suite("Calibration") struct CalibrationTests {
  @Test func `the radius is the score of rank ceil((n + 1) × coverage)`() {
    let calibration = ConformalCalibration(
      errors: (1...19).map { Double($0) * ($0 % 2 == 0 ? 1 : -1) }, coverage: 0.9)
    // (19 + 1) × 0.9 = 18.
    #expect(calibration.radius == 18)
    let interval = calibration.interval(about: 5)
    #expect(interval?.lower == -13 && interval?.upper == 23)
  }

  @Test func `rounding of the product does not raise the rank`() {
    for count in 1...2000 {
      // In whole numbers: ceil((n + 1) × 9 / 10).
      let exact = ((count + 1) * 9 + 9) / 10
      #expect(ConformalCalibration.rank(count: count, coverage: 0.9) == exact)
    }
  }

  @Test func `too few rows give no interval instead of a narrow one`() {
    #expect(ConformalCalibration(errors: [1, 2, 3], coverage: 0.9).radius == nil)
    #expect(ConformalCalibration(errors: [], coverage: 0.5).interval(about: 0) == nil)
    #expect(ConformalCalibration(errors: Array(repeating: 1, count: 9), coverage: 0.9).radius == 1)
  }

  @Test(arguments: [false, true])
  func `intervals hold what they promise on new rows`(normalized: Bool) throws {
    var generator = Xoshiro256(seed: 11)
    var held = 0
    for _ in 0..<200 {
      func draw(_ count: Int) -> (errors: [Double], scales: [Double]) {
        let scales = (0..<count).map { _ in 0.1 + generator.drawUnit() }
        return (scales.map { $0 * (generator.drawUnit() - generator.drawUnit()) }, scales)
      }
      let seen = draw(99)
      let calibration = ConformalCalibration(
        errors: seen.errors, scales: normalized ? seen.scales : nil, coverage: 0.8)
      let new = draw(20)
      for (error, scale) in zip(new.errors, new.scales) {
        let interval = try #require(
          calibration.interval(about: 0, scale: normalized ? scale : 1))
        if interval.lower <= error && error <= interval.upper { held += 1 }
      }
    }
    // The mean is 0.8 exactly, (99 + 1) × 0.8 being whole; 4,000 rows in 200 correlated groups.
    #expect(abs(Double(held) / 4000 - 0.8) < 0.03)
  }

  @Test func `coverage counts the ends as inside`() throws {
    let coverage = IntervalCoverage(
      lower: [0, 0, 0, 0], upper: [1, 1, 1, 1], measured: [0, 1, 0.5, 1.5])
    #expect(coverage.held == 3 && coverage.share == 0.75 && coverage.meanWidth == 1)
    let interval = try #require(coverage.interval)
    #expect(interval.lower < 0.75 && interval.upper > 0.75)
    let none = IntervalCoverage(lower: [], upper: [], measured: [])
    #expect(none.share == nil && none.interval == nil && none.meanWidth == nil)
  }

  @Test func `bins hold their lower end, and the last its upper end too`() {
    let table = ReliabilityTable(
      probabilities: [0, 0.1, 0.19, 1, 0.95], labels: [false, true, false, true, true])
    #expect(table.bins.map(\.count) == [1, 2, 2])
    #expect(table.bins.map(\.rate) == [0, 0.5, 1])
    #expect(table.bins.map(\.lower) == [0, 0.1, 0.9])
    #expect(abs(table.bins[1].meanProbability - 0.145) < 1e-12)
    #expect(table.bins[1].rateInterval != nil)
  }
}
