import Foundation
import Statistics
import TestSupport
import Testing

@testable import Hospitals

@Suite("Comparisons of new users")
struct ComparativeTests {
  /// Sicker people get the treatment more often, and have the event more often: without adjustment a
  /// treatment of hazard ratio .5 seems harmless.
  private static func users(_ count: Int, seed: UInt64) -> String {
    var made = Xoshiro256(seed: seed)
    var text = "treated,days,stroke,age,sex,sick,noise\n"
    for _ in 0..<count {
      let age = 50 + Int(30 * made.drawUnit())
      let sick = made.drawUnit() < 0.4 ? 1 : 0
      let sex = made.drawUnit() < 0.5 ? "F" : "M"
      let odds = exp(-1.2 + 0.05 * Double(age - 65) + 1.5 * Double(sick))
      let treated = made.drawUnit() < odds / (1 + odds) ? 1 : 0
      let hazard =
        0.0004 * exp(log(0.5) * Double(treated) + 0.05 * Double(age - 65) + 1.2 * Double(sick))
      let time = max(1, (-log(1 - made.drawUnit()) / hazard).rounded())
      let isEvent = time <= 1_000 ? 1 : 0
      text += "\(treated),\(min(time, 1_000)),\(isEvent),\(age),\(sex),\(sick),\(made.drawUnit())\n"
    }
    return text
  }

  private func table(_ text: String) throws -> CohortTable {
    let folder = try ScratchFolder()
    return try CohortTable(
      try folder.write(text, to: "users.csv"), treatment: "treated",
      outcomes: [.init(time: "days", event: "stroke")],
      covariates: ["age", "sex", "sick", "noise"])
  }

  @Test(
    "the hazard ratio that was put in comes out after adjustment, and not before",
    arguments: [Adjustment.matching(ratio: 1, caliper: 0.2), .strata(5)])
  func truth(_ adjustment: Adjustment) throws {
    let study = try ComparativeStudy(
      try table(Self.users(4_000, seed: 8)), penalty: .given(1e-4), trimming: .none,
      adjustment: adjustment)
    let result = study.result(0)
    let (adjusted, crude) = (try result.hazard.get(), try result.crudeHazard.get())
    #expect(abs(adjusted.logRatio - log(0.5)) < 3 * adjusted.standardError)
    #expect(abs(crude.logRatio - log(0.5)) > 5 * crude.standardError)
    let rate = try result.rate.get()
    // Those at high risk leave the treated arm later: over all time the rates lie nearer together.
    #expect((log(0.5) - 0.1...log(0.5) + 0.25).contains(rate.logRatio))
    for row in study.balance {
      #expect(abs(row.differenceAfter ?? 0) < 0.15, "\(row.name)")
    }
    #expect(study.balance.contains { abs($0.differenceBefore ?? 0) > 0.4 })
    #expect(study.table.names == ["age", "sex=M", "sick", "noise"])
    #expect((0.6...0.9).contains(study.model.discrimination))
    #expect((0...1).contains(study.model.equipoise))
  }

  @Test func `the same table and seed give the same study`() throws {
    let read = try table(Self.users(600, seed: 2))
    let studies = try (0..<2).map { _ in
      try ComparativeStudy(
        read, penalty: .crossValidated(folds: 5, seed: 9, .best), trimming: .commonSupport,
        adjustment: .matching(ratio: 2, caliper: 0.2))
    }
    #expect(studies[0].sets == studies[1].sets && studies[0].model == studies[1].model)
    #expect(studies[0].result(0) == studies[1].result(0))
  }

  @Test func `matching takes the nearest free other within the caliper, and nobody twice`() {
    var made = Xoshiro256(seed: 4)
    for _ in 0..<60 {
      let treated = (0..<made.draw(below: 20)).map { (row: $0, score: made.drawUnit()) }
      let others = (0..<made.draw(below: 40)).map { (row: 100 + $0, score: made.drawUnit()) }
      let ratio = 1 + made.draw(below: 3)
      let found = GreedyMatching(treated: treated, others: others, caliper: 0.05, ratio: ratio)
      // The same by looking at everybody.
      var free = others
      var sets = treated.sorted { $0.score > $1.score }.map { [$0] }
      var open = Set(sets.indices)
      for _ in 0..<ratio {
        for place in sets.indices where open.contains(place) {
          let score = sets[place][0].score
          let best = free.min { abs($0.score - score) < abs($1.score - score) }
          guard let best, abs(best.score - score) <= 0.05 else {
            open.remove(place)
            continue
          }
          sets[place].append(best)
          free.removeAll { $0.row == best.row }
        }
      }
      #expect(found.sets == sets.filter { $0.count > 1 }.map { $0.map(\.row) })
    }
  }

  @Test func `ties of scores are taken one by one`() {
    let others = (0..<5).map { (row: 10 + $0, score: 0.5) }
    let treated = (0..<3).map { (row: $0, score: 0.5) }
    let found = GreedyMatching(treated: treated, others: others, caliper: 0, ratio: 1)
    #expect(found.sets.count == 3 && Set(found.sets.flatMap { $0 }).count == 6)
    #expect(GreedyMatching(treated: treated, others: [], caliper: 1, ratio: 2).sets.isEmpty)
  }

  @Test func `a standardised difference is of the arms before, weighed after`() {
    let found = CovariateBalance(
      name: "x", values: [1, 3, 1, 2, 3, 6], isTreated: [true, true, false, false, false, false],
      weights: [1, 1, 0, 1, 1, 0])
    // Treated: mean 2, variance 2; others: mean 3, variance 14/3.
    let spread = ((2 + 14.0 / 3) / 2).squareRoot()
    #expect(abs((found.differenceBefore ?? 0) + 1 / spread) < 1e-12)
    #expect(abs((found.differenceAfter ?? 0) + 0.5 / spread) < 1e-12)
    #expect(found.counts == nil)
    let flag = CovariateBalance(
      name: "f", values: [1, 0, 1, 1], isTreated: [true, true, false, false],
      weights: [1, 0, 1, 1])
    #expect(flag.counts == [2, 0, 1, 1, 2, 0, 1, 0])
    let alike = CovariateBalance(
      name: "c", values: [4, 4, 4], isTreated: [true, false, false], weights: [1, 1, 1])
    #expect(alike.differenceBefore == nil)
  }

  @Test func `weights make others of a set count as many as its treated`() throws {
    let read = try table(Self.users(400, seed: 6))
    let model = try PropensityModel(
      isTreated: read.isTreated, covariates: read.covariates, penalty: .given(0.001))
    let sets = try ComparableSets(model, by: .strata(5))
    let weights = sets.weights(read.isTreated)
    for set in 0..<5 {
      let rows = sets.sets.indices.filter { sets.sets[$0] == set }
      let treated = rows.filter { read.isTreated[$0] }
      let others = rows.filter { !read.isTreated[$0] }
      let sum = others.reduce(0) { $0 + weights[$1] }
      #expect(others.isEmpty || abs(sum - Double(treated.count)) < 1e-9)
    }
  }

  @Test func `covariates that tell the arms apart, an empty arm, a row without a value`() throws {
    let apart =
      "treated,days,stroke,age,sex,sick,noise\n"
      + (0..<40).map { "\($0 % 2),10,0,\($0 % 2),F,0,1\n" }.joined()
    #expect(throws: HospitalError.self) {
      try PropensityModel(
        isTreated: try table(apart).isTreated, covariates: try table(apart).covariates,
        penalty: .given(1e-12))
    }
    let one = apart.replacing("\n1,", with: "\n0,")
    #expect(throws: HospitalError.self) { try table(one) }
    var rows = Self.users(50, seed: 1)
    rows +=
      "2,10,0,60,F,0,1\n1,0,0,60,F,0,1\n1,10,0,,F,0,1\n1,10,0,60,NA,0,1\n1,x,0,60,F,0,1\n1,3\n"
    let read = try table(rows)
    #expect(read.rows == 56 && read.refused == 6 && read.examples.count == 6)
  }

  @Test func `a column of ever new texts is no covariate`() throws {
    let text =
      "treated,days,stroke,age,sex,sick,noise\n"
      + (0..<120).map { "\($0 % 2),10,0,60,name\($0),0,1\n" }.joined()
    let read = try table(text)
    #expect(read.refused == 70)
    let mixed =
      "treated,days,stroke,age,sex,sick,noise\n"
      + (0..<20).map { "\($0 % 2),10,0,60,\($0 < 10 ? "1" : "one"),0,1\n" }.joined()
    #expect(try table(mixed).names == ["age", "sex=one", "sick", "noise"])
  }
}
