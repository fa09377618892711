import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite struct DisproportionalityTests {
  @Test func `a table by hand gives the textbook's numbers`() throws {
    // a 25, b 75, c 50, d 850.
    let counts = ReportCounts(both: 25, drug: 100, event: 75, total: 1000)
    #expect(counts.expected == 7.5)
    let proportional = try #require(ReportingRatio.proportional(counts))
    #expect(abs(proportional.value - 0.25 / (50.0 / 900)) < 1e-12)
    let odds = try #require(ReportingRatio.odds(counts))
    #expect(abs(odds.value - 25.0 * 850 / (75 * 50)) < 1e-12)
    let reach = 1.959963984540054 * (1.0 / 25 + 1.0 / 75 + 1.0 / 50 + 1.0 / 850).squareRoot()
    #expect(abs((odds.interval?.lower ?? 0) - odds.value * exp(-reach)) < 1e-12)
    // 1000 (|25·850 − 75·50| − 500)² / (100·900·75·925)
    #expect(abs((counts.yates ?? 0) - 1000 * 17_000.0 * 17_000 / 6_243_750_000) < 1e-9)
  }

  @Test func `what is undefined is nil, never a number`() {
    let allWithDrug = ReportCounts(both: 3, drug: 5, event: 3, total: 10)
    #expect(ReportingRatio.proportional(allWithDrug) == nil)
    #expect(ReportingRatio.odds(allWithDrug) == nil)
    let always = ReportCounts(both: 5, drug: 5, event: 7, total: 10)
    #expect(ReportingRatio.odds(always) == nil)
    #expect(ReportingRatio.proportional(always) != nil)
    let none = ReportCounts(both: 0, drug: 5, event: 3, total: 10)
    #expect(ReportingRatio.odds(none)?.value == 0 && ReportingRatio.odds(none)?.interval == nil)
    #expect(ReportCounts(both: 2, drug: 2, event: 10, total: 10).yates == nil)
  }

  @Test func `the information component shrinks towards 0 and is finite without a report`() {
    let none = InformationComponent(count: 0, expected: 0)
    #expect(none.value == 0 && none.lower < -5)
    let few = InformationComponent(count: 1, expected: 0.01)
    let many = InformationComponent(count: 100, expected: 1)
    #expect(few.value < many.value && few.lower < 0 && many.lower > 5)
  }

  @Test func `Benjamini and Hochberg's own fifteen p-values give their four discoveries`() {
    // Their paper of 1995, section 3.2: at 0.05 the first four are rejected.
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.000,
    ]
    let q = BenjaminiHochberg.qValues(p)
    #expect(q.filter { $0 <= 0.05 }.count == 4)
    #expect(abs(q[3] - 0.0095 * 15 / 4) < 1e-15)
    #expect(BenjaminiHochberg.qValues(p.reversed()) == q.reversed())
    // Hypotheses that nobody listed count too.
    #expect(BenjaminiHochberg.qValues([0.01], family: 100) == [1])
    #expect(BenjaminiHochberg.qValues([]) == [])
  }

  @Test func `digamma and the incomplete gamma meet their known values`() {
    #expect(abs(Digamma.value(1) + 0.577_215_664_901_532_9) < 1e-15)
    #expect(abs(Digamma.value(0.5) + 0.577_215_664_901_532_9 + 2 * log(2.0)) < 1e-14)
    for x in [0.01, 0.3, 2.5, 9.99, 40, 1e5] {
      #expect(abs(Digamma.value(x + 1) - Digamma.value(x) - 1 / x) < 1e-13 * max(1, 1 / x))
    }
    // An exponential, and a Poisson sum by hand.
    #expect(abs(IncompleteGamma.share(below: 1e-9, 1) - -expm1(-1e-9)) < 1e-24)
    let mean = 2.5
    let upToTwo = exp(-mean) * (1 + mean + mean * mean / 2)
    #expect(abs(Poisson.share(from: 3, mean: mean) - (1 - upToTwo)) < 1e-14)
    #expect(Poisson.share(from: 0, mean: mean) == 1)
    #expect(IncompleteGamma.share(below: 0, 3) == 0 && IncompleteGamma.share(above: 0, 3) == 1)
  }

  @Test(arguments: [(1, 1e-4), (1, 3.0), (7, 0.2), (40, 90), (5_000, 60), (2, 1e3), (0, 0.5)])
  func `a quantile of the belief has the wanted share below it`(count: Int, expected: Double) {
    let posterior = Self.dumouchel.posterior(count: count, expected: expected)
    for wanted in [1e-6, 0.05, 0.5, 0.95, 0.999] {
      let ratio = posterior.quantile(wanted)
      #expect(abs(posterior.share(below: ratio) - wanted) < 1e-10, "\(count) \(expected) \(wanted)")
    }
    #expect(posterior.quantile(0.05) < posterior.geometricMean)
    #expect(posterior.geometricMean < posterior.quantile(0.95))
  }

  @Test func `a mixture of one gamma is that gamma`() {
    let one = GammaPoissonPrior(
      first: .init(shape: 2, rate: 3), second: .init(shape: 1, rate: 1), share: 1)
    let posterior = one.posterior(count: 4, expected: 0.5)
    #expect(posterior.share == 1 && posterior.first.shape == 6 && posterior.first.rate == 3.5)
    #expect(abs(posterior.geometricMean - exp(Digamma.value(6)) / 3.5) < 1e-14)
  }

  @Test(arguments: GammaPoissonFit.Truncation.allCases)
  func `the slopes of the likelihood agree with finite differences`(
    truncation: GammaPoissonFit.Truncation
  ) {
    let counts = SquashedCounts(points: [
      .init(count: 1, expected: 0.01, weight: 30), .init(count: 3, expected: 0.4, weight: 2),
      .init(count: 12, expected: 9), .init(count: 1, expected: 1.5), .init(count: 60, expected: 2),
    ])
    let place = [0.7, 0.3, 2.1, 1.9, 0.2]
    func value(_ p: [Double]) -> Double {
      GammaPoissonFit.negativeLogLikelihood(
        of: counts, under: Self.prior(p), truncation: truncation)
    }
    let slopes = GammaPoissonFit.sum(counts, truncation, Self.prior(place)).slopes
    for i in place.indices {
      var (up, down) = (place, place)
      up[i] += 1e-6
      down[i] -= 1e-6
      let estimate = (value(up) - value(down)) / 2e-6
      #expect(abs(estimate - slopes[i]) < 1e-5 * max(1, abs(estimate)), "parameter \(i)")
    }
  }

  @Test func `too few pairs have no mixture`() {
    #expect(GammaPoissonFit(SquashedCounts([(1, 0.2), (4, 0.1)])) == nil)
    #expect(SquashedCounts([(0, 0.2)]).points.isEmpty)
  }

  @Test func `drawing counts together keeps every pair, every mean and the largest expectations`() {
    let pairs = (1...2_000).map { (count: 1 + $0 % 2, expected: Double($0) / 500) }
    let squashed = SquashedCounts(pairs)
    #expect(squashed.points.reduce(0) { $0 + $1.weight } == 2_000)
    let sum = squashed.points.reduce(0) { $0 + $1.expected * Double($1.weight) }
    #expect(abs(sum - pairs.reduce(0) { $0 + $1.expected }) < 1e-9)
    #expect(squashed.points.filter { $0.count == 1 }.suffix(100).allSatisfy { $0.weight == 1 })
    #expect(squashed.points.count < 500)
  }

  static let dumouchel = prior([0.2, 0.1, 2, 4, 1.0 / 3])

  static func prior(_ p: [Double]) -> GammaPoissonPrior {
    GammaPoissonPrior(
      first: .init(shape: p[0], rate: p[1]), second: .init(shape: p[2], rate: p[3]), share: p[4])
  }
}
