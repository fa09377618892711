import Statistics
import Testing

@Suite("Intervals") struct IntervalTests {
  // Newcombe: Two-sided confidence intervals for the single proportion. Stat. Med. 1998, table I.
  @Test(
    arguments: [
      (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
      (1, 29, 0.0061, 0.1718),
    ])
  func `the score interval of a share is the published one`(
    hits: Int, count: Int, lower: Double, upper: Double
  ) throws {
    let interval = try #require(Wilson.interval(hits: hits, of: count))
    #expect(abs(interval.lower - lower) < 5e-5)
    #expect(abs(interval.upper - upper) < 5e-5)
  }

  @Test func `the score interval agrees with SciPy to the last digits`() throws {
    let interval = try #require(Wilson.interval(hits: 507, of: 553))
    #expect(abs(interval.lower - 0.8908251595304719) < 1e-12)
    #expect(abs(interval.upper - 0.9370585992979892) < 1e-12)
    #expect(Wilson.interval(hits: 0, of: 0) == nil)
  }

  /// SciPy's `norm.ppf`.
  @Test(
    arguments: [
      (1e-300, -37.0470962993612), (1e-10, -6.361340902404056), (0.001, -3.090232306167813),
      (0.02425, -1.972961051311885), (0.2, -0.8416212335729142), (0.5, 0),
      (0.9, 1.2815515655446004), (0.975, 1.959963984540054), (1 - 1e-10, 6.361340889697422),
    ])
  func `points of the normal distribution agree with SciPy`(share: Double, point: Double) {
    #expect(abs(Normal.point(ofShare: share) - point) < 1e-12 * max(1, abs(point)))
  }

  @Test func `the ends of the normal distribution are infinite`() {
    #expect(Normal.point(ofShare: 0) == -.infinity)
    #expect(Normal.point(ofShare: 1) == .infinity)
    #expect(Normal.share(below: 0) == 0.5)
  }
}
