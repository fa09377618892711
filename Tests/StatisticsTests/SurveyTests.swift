import Foundation
import Testing

@testable import Statistics

@Suite("Surveys")
struct SurveyTests {
  private func drawn(_ seed: UInt64, _ count: Int) -> [Double?] {
    var random = Xoshiro256(seed: seed)
    return (0..<count).map { _ in random.drawUnit() * 10 }
  }

  private func error(_ body: () throws -> Void) -> SurveyError? {
    do { try body() } catch { return error as? SurveyError }
    return nil
  }

  @Test func `equal weights without strata give the standard error of the textbook`() throws {
    for seed: UInt64 in 1...20 {
      let values = drawn(seed, 37)
      let design = try SurveyDesign(weights: [Double](repeating: 3, count: 37))
      let found = try design.estimate(.mean(values))
      let variance = try #require(Moments.sampleVariance(values.compactMap { $0 }))
      #expect(abs(found.standardError - (variance / 37).squareRoot()) < 1e-12)
      #expect(found.degrees == 36)
    }
  }

  @Test func `a jackknife of a total is Taylor's variance to the last digits`() throws {
    let values = drawn(5, 60)
    var random = Xoshiro256(seed: 6)
    let weights = (0..<60).map { _ in 1 + random.drawUnit() }
    let strata = (0..<60).map { "\($0 % 4)" }
    let clusters = (0..<60).map { "\($0 / 4 / 3)" }
    for stage in [
      SurveyStage(), SurveyStage(strata: strata), SurveyStage(strata: strata, clusters: clusters),
      SurveyStage(strata: strata, populations: [Double](repeating: 40, count: 60)),
    ] {
      let design = try SurveyDesign(weights: weights, stages: [stage])
      let taylor = try design.estimate(.total(values))
      let jackknife = try SurveyReplicates(of: design, by: .jackknife).estimate(.total(values))
      #expect(abs(jackknife.variance / taylor.variance - 1) < 1e-10)
      let means = try (
        design.estimate(.mean(values)),
        SurveyReplicates(of: design, by: .jackknife).estimate(.mean(values))
      )
      #expect(abs(means.1.variance / means.0.variance - 1) < 0.05)
    }
  }

  @Test func `balanced halves of a total are Taylor's variance, and need pairs`() throws {
    let values = drawn(8, 22)
    let weights = [Double](repeating: 2, count: 22)
    let pairs = try SurveyDesign(
      weights: weights, stages: [SurveyStage(strata: (0..<22).map { "\($0 / 2)" })])
    let halves = try SurveyReplicates(of: pairs, by: .balancedHalves)
    #expect(halves.count == 16)
    let taylor = try pairs.estimate(.total(values))
    #expect(abs(try halves.estimate(.total(values)).variance / taylor.variance - 1) < 1e-10)
    let whole = try SurveyDesign(weights: weights)
    #expect(throws: SurveyError.notPairs(stratum: "1", units: 22)) {
      try SurveyReplicates(of: whole, by: .balancedHalves)
    }
  }

  @Test func `a bootstrap comes near Taylor's variance and repeats itself`() throws {
    let values = drawn(9, 80)
    let design = try SurveyDesign(
      weights: [Double](repeating: 1, count: 80),
      stages: [SurveyStage(strata: (0..<80).map { "\($0 % 2)" })])
    let taylor = try design.estimate(.mean(values))
    let one = try SurveyReplicates(of: design, by: .bootstrap(replicates: 2000, seed: 3))
      .estimate(.mean(values))
    let other = try SurveyReplicates(of: design, by: .bootstrap(replicates: 2000, seed: 3))
      .estimate(.mean(values))
    #expect(one == other)
    #expect(abs(one.variance / taylor.variance - 1) < 0.15)
  }

  @Test func `replicate weights of the data are used as they stand`() throws {
    let values = drawn(10, 12)
    let design = try SurveyDesign(weights: [Double](repeating: 1, count: 12))
    let columns = (0..<12).map { out in (0..<12).map { $0 == out ? 0.0 : 12.0 / 11 } }
    let given = try SurveyReplicates(of: design, by: .given(columns, scale: 11.0 / 12))
    let made = try SurveyReplicates(of: design, by: .jackknife)
    let statistic = SurveyStatistic.mean(values)
    #expect(
      abs(try given.estimate(statistic).variance - made.estimate(statistic).variance) < 1e-12)
    #expect(throws: SurveyError.weight(row: 2)) {
      try SurveyReplicates(
        of: design,
        by: .given([[1, -1] + [Double](repeating: 1, count: 10), columns[0]], scale: 1))
    }
  }

  @Test func `a stratum of one unit fails unless a rule is chosen`() throws {
    let weights = [1.0, 1, 1, 1, 2]
    let strata = ["a", "a", "a", "a", "b"]
    let values: [Double?] = [1, 2, 3, 4, 9]
    let failure = error {
      _ = try SurveyDesign(weights: weights, stages: [SurveyStage(strata: strata)])
    }
    #expect(failure == .singleUnit(stratum: "b", stage: 1, more: 0))
    #expect(failure?.description.contains("merge strata") == true)
    func variance(_ rule: SingleUnitRule) throws -> Double {
      try SurveyDesign(
        weights: weights, stages: [SurveyStage(strata: strata)], singleUnits: rule
      ).estimate(.total(values)).variance
    }
    // Stratum a alone: 4/3 · Σ (y − 2.5)² = 20/3; b differs from the mean of all units by 18 − 5.6.
    #expect(abs(try variance(.certainty) - 20.0 / 3) < 1e-12)
    #expect(abs(try variance(.grandMean) - 20.0 / 3 - 12.4 * 12.4) < 1e-10)
    // A stratum that was taken whole has no spread to know.
    let whole = try SurveyDesign(
      weights: weights,
      stages: [SurveyStage(strata: strata, populations: [8, 8, 8, 8, 1])])
    #expect(abs(try whole.estimate(.total(values)).variance - 10.0 / 3) < 1e-12)
  }

  @Test func `weights, sizes and columns that cannot be are named`() throws {
    for weight in [0, -1, Double.nan, .infinity] {
      #expect(error { _ = try SurveyDesign(weights: [1, weight]) } == .weight(row: 2))
    }
    #expect(error { _ = try SurveyDesign(weights: []) } == .empty)
    let design = try SurveyDesign(weights: [1, 1, 1])
    #expect(
      error { _ = try design.estimate(.mean([1, 2])) } == .lengths(expected: 3, found: 2))
    #expect(
      error {
        _ = try SurveyDesign(weights: [1, 1], stages: [SurveyStage(populations: [0.5, 0.5])])
      } == .populationTooSmall(stratum: "1", stage: 1, drawn: 2, population: 0.5))
    #expect(
      error { _ = try SurveyDesign(weights: [1, 1], stages: [SurveyStage(populations: [9, 8])]) }
        == .populationVaries(stratum: "1", stage: 1))
    #expect(
      error {
        _ = try SurveyDesign(
          weights: [1, 1],
          stages: [
            SurveyStage(clusters: ["a", "b"]),
            SurveyStage(clusters: ["1", "2"], populations: [3, 3]),
          ])
      } == .populationMissing(stage: 1))
    #expect(error { _ = try design.estimate(.mean([nil, nil, nil])) } != nil)
    #expect(error { _ = try design.estimate(.ratio([1, 1, 1], over: [0, 0, 0])) } != nil)
  }

  @Test func `shares of nobody and everybody have Korn and Graubard's interval alone`() throws {
    let design = try SurveyDesign(weights: [Double](repeating: 2, count: 50))
    let nobody = try design.share(of: [Bool?](repeating: false, count: 50))
    let interval = try #require(nobody.interval(.beta))
    #expect(interval.lower == 0)
    #expect(abs(interval.upper - (1 - pow(0.025, 1.0 / 50))) < 1e-10)
    let everybody = try design.share(of: [Bool?](repeating: true, count: 50))
    #expect(everybody.interval(.beta)?.upper == 1)
    for method: ProportionInterval in [.logit, .arcsine, .likelihood] {
      #expect(nobody.interval(method) == nil)
    }
    let one = try SurveyDesign(weights: [2], singleUnits: .certainty).share(of: [true])
    #expect(one.degrees == 0 && one.interval(.beta) == nil && one.interval() == nil)
  }

  @Test func `a standardised share is the shares of its groups in fixed proportions`() throws {
    let groups: [Int?] = [0, 0, 0, 0, 1, 1, 1, 1, nil]
    let values: [Double?] = [1, 0, 0, 0, 1, 1, 0, 1, 1]
    let design = try SurveyDesign(weights: [1, 1, 1, 1, 5, 5, 5, 5, 7])
    let found = try design.estimate(.standardised(values, groups: groups, shares: [30, 10]))
    #expect(abs(found.value - (0.75 * 0.25 + 0.25 * 0.75)) < 1e-12)
    #expect(found.rows == 8)
    let many = try SurveyDesign(
      weights: (0..<20).flatMap { _ in [1.0, 1, 1, 1, 5, 5, 5, 5, 7] })
    let statistic = SurveyStatistic.standardised(
      (0..<20).flatMap { _ in values }, groups: (0..<20).flatMap { _ in groups }, shares: [3, 1])
    let taylor = try many.estimate(statistic)
    let replicated = try SurveyReplicates(of: many, by: .jackknife).estimate(statistic)
    #expect(abs(replicated.variance / taylor.variance - 1) < 0.03)
    #expect(
      error {
        _ = try design.estimate(.standardised(values, groups: groups, shares: [1, 1, 1]))
      } != nil)
  }

  @Test func `quantiles are values of the sample, and their interval holds them`() throws {
    let values = (0..<100).map { Double?(Double(99 - $0)) }
    let design = try SurveyDesign(weights: [Double](repeating: 1, count: 100))
    let median = try design.quantile(0.5, of: values)
    #expect(median.value == 49)
    // Woodruff by hand: 0.5 ± 1.9842 · 0.5/√99 = 0.4003 … 0.5997.
    #expect(median.interval?.lower == 40 && median.interval?.upper == 59)
    #expect(try design.quantile(0.001, of: values).interval == nil)
    // Ten times the weight is ten times the row.
    let heavy = try SurveyDesign(weights: (0..<100).map { $0 < 10 ? 91 : 1 })
    #expect(try heavy.quantile(0.5, of: values).value == 94)
  }

  @Test func `intervals of a share cover it as often as they say in stratified samples`() throws {
    var hits = 0
    for trial in 0..<400 {
      var random = Xoshiro256(seed: UInt64(trial) + 1)
      // Two strata with shares of 0.1 and 0.5 and 3 to 1 people: 0.2 in all.
      let rows = (0..<120).map { $0 < 60 }
      let values: [Bool?] = rows.map { random.drawUnit() < ($0 ? 0.1 : 0.5) }
      let design = try SurveyDesign(
        weights: rows.map { $0 ? 3 : 1 },
        stages: [SurveyStage(strata: rows.map { $0 ? "a" : "b" })])
      let interval = try #require(try design.share(of: values).interval(.logit))
      if interval.lower <= 0.2, interval.upper >= 0.2 { hits += 1 }
    }
    // 0.95 with three standard errors of 400 trials.
    #expect(Double(hits) / 400 > 0.917 && Double(hits) / 400 < 0.983)
  }
}
