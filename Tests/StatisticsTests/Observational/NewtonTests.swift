import Foundation
import Testing

@testable import Statistics

/// Foundation's logarithm, by a name that tests without Foundation can use.
func logarithm(_ x: Double) -> Double { log(x) }

@Suite("Newton's method over sums")
struct NewtonTests {
  let expected: ObservationalReferences
  init() throws { expected = try .read() }

  private func isClose(_ one: NewtonAggregate, _ other: NewtonAggregate) -> Bool {
    one.rows == other.rows && gap([one.logLikelihood], [other.logLikelihood]) < 1e-12
      && gap(one.gradient, other.gradient) < 1e-12
      && gap(one.information, other.information) < 1e-12
  }

  @Test(
    "sums over four sites are the sums over all rows", arguments: RegressionFamily.allCases)
  func addsUp(_ family: RegressionFamily) throws {
    let outcome =
      family == .logistic ? expected.treatment : expected.rows.count.map(Double.init)
    let columns = [expected.ones, expected.rows.x2, expected.rows.x3]
    let place = [0.2, -0.4, 0.1]
    let whole = family.aggregate(outcome, Design(columns), at: place)
    var sum = NewtonAggregate.none(order: 3)
    for site in 1...4 {
      let rows = expected.rows.site.indices.filter { expected.rows.site[$0] == site }
      let part = Design(columns.map { column in rows.map { column[$0] } })
      sum = sum + family.aggregate(rows.map { outcome[$0] }, part, at: place)
    }
    #expect(isClose(sum, whole))
  }

  @Test(
    "sums of Cox's model over sites are those within site strata",
    arguments: CoxLikelihood.Ties.allCases)
  func coxAddsUp(_ ties: CoxLikelihood.Ties) throws {
    let columns = [expected.treatment, expected.rows.x1]
    func likelihood(_ rows: [Int], strata: [Int]?) -> CoxLikelihood {
      CoxLikelihood(
        times: rows.map { expected.rows.time[$0] }, isEvent: rows.map { expected.isEvent[$0] },
        design: Design(columns.map { column in rows.map { column[$0] } }), strata: strata,
        ties: ties)
    }
    let all = Array(expected.rows.time.indices)
    let place = [0.3, -0.02]
    let whole = likelihood(all, strata: expected.rows.site).aggregate(at: place)
    var sum = NewtonAggregate.none(order: 2)
    for site in 1...4 {
      sum =
        sum
        + likelihood(all.filter { expected.rows.site[$0] == site }, strata: nil)
        .aggregate(at: place)
    }
    #expect(isClose(sum, whole))
    // One stratum is no stratum.
    let one = likelihood(all, strata: all.map { _ in 7 }).aggregate(at: place)
    #expect(one == likelihood(all, strata: nil).aggregate(at: place))
  }

  @Test func `the score and the information are the slopes of the likelihood`() throws {
    var series = ConditionalPoisson(columns: 2)
    series.add([
      .init(events: 2, exposure: 3, columns: [0]), .init(events: 1, exposure: 9, columns: []),
    ])
    series.add([
      .init(events: 0, exposure: 3, values: [(0, 1), (1, 0.5)]),
      .init(events: 1, exposure: 7, values: [(1, -1.5)]),
    ])
    let cox = CoxLikelihood(
      times: [3, 1, 2, 2, 5, 2], isEvent: [true, true, true, true, false, false],
      design: Design([[1, 0, 1, 0, 0, 1], [0.3, 2, -1, 0.5, 0, 1.5]]))
    for sums in [series.aggregate(at:), cox.aggregate(at:)] {
      let place = [0.4, -0.3]
      let here = sums(place)
      for column in 0..<2 {
        var (above, below) = (place, place)
        above[column] += 1e-5
        below[column] -= 1e-5
        let slope = (sums(above).logLikelihood - sums(below).logLikelihood) / 2e-5
        #expect(abs(slope - here.gradient[column]) < 1e-8)
        for other in 0..<2 {
          let bend = (sums(above).gradient[other] - sums(below).gradient[other]) / -2e-5
          #expect(abs(bend - here.information(column, other)) < 1e-8)
        }
      }
    }
  }

  @Test func `separated cases are an error with the column's place, never a number`() {
    let outcome: [Double] = [0, 0, 0, 1, 1, 1, 0, 1]
    let ones = [Double](repeating: 1, count: 8)
    let apart: [Double] = [0, 0, 0, 1, 1, 1, 0, 1]
    let noise: [Double] = [0.3, 1, -2, 0.5, 0.1, 0.9, 1.4, -1]
    let fit = RegressionFamily.logistic.fit(outcome, Design([ones, noise, apart]))
    #expect(fit == .failure(.separated(column: 2)))
    // A group without an event: its rate is 0 and the logarithm of it no number.
    let counts: [Double] = [1, 2, 0, 0, 3, 1, 0, 2]
    let empty: [Double] = [0, 0, 1, 1, 0, 0, 1, 0]
    #expect(
      RegressionFamily.poisson.fit(counts, Design([ones, empty]))
        == .failure(.separated(column: 1)))
    let cox = CoxLikelihood(
      times: [1, 2, 3, 4, 5, 6], isEvent: [true, true, true, false, false, false],
      design: Design([[1, 1, 1, 0, 0, 0]]))
    #expect(cox.fit() == .failure(.separated(column: 0)))
    var series = ConditionalPoisson(columns: 1)
    for _ in 0..<5 {
      series.add([
        .init(events: 1, exposure: 3, columns: [0]), .init(events: 0, exposure: 9, columns: []),
      ])
    }
    #expect(series.fit() == .failure(.separated(column: 0)))
  }

  @Test func `columns that depend on one another, no event, too few rows: each is told`() {
    let ones = [Double](repeating: 1, count: 5)
    let x: [Double] = [1, 2, 3, 4, 7]
    #expect(
      RegressionFamily.poisson.fit([1, 0, 2, 1, 3], Design([ones, x, x.map { 2 * $0 + 1 }]))
        == .failure(.dependentColumns(column: 2)))
    #expect(RegressionFamily.poisson.fit([0, 0, 0, 0, 0], Design([ones])) == .failure(.noEvents))
    #expect(
      RegressionFamily.logistic.fit([1], Design([[1], [2]]))
        == .failure(.fewRows(rows: 1, columns: 2)))
    let constant = CoxLikelihood(
      times: [1, 2, 3], isEvent: [true, true, false], design: Design([[4, 4, 4]]))
    #expect(constant.fit() == .failure(.dependentColumns(column: 0)))
    let silent = CoxLikelihood(
      times: [1, 2], isEvent: [false, false], design: Design([[0, 1]]))
    #expect(silent.fit() == .failure(.noEvents))
  }

  @Test func `columns far from 0 cost no digits`() throws {
    let shifted = expected.rows.x1.map { $0 + 20_000 }
    let near = CoxLikelihood(
      times: expected.rows.time, isEvent: expected.isEvent,
      design: Design([expected.treatment, expected.rows.x1]))
    let far = CoxLikelihood(
      times: expected.rows.time, isEvent: expected.isEvent,
      design: Design([expected.treatment, shifted]))
    let (one, other) = (try near.fit().get(), try far.fit().get())
    #expect(gap(other.coefficients, one.coefficients) < 1e-9)
    let counts = expected.rows.count.map(Double.init)
    let plain = try RegressionFamily.poisson.fit(
      counts, Design([expected.ones, expected.rows.x1])
    ).get()
    let moved = try RegressionFamily.poisson.fit(counts, Design([expected.ones, shifted])).get()
    #expect(gap([moved.coefficients[1]], [plain.coefficients[1]]) < 1e-7)
  }

  @Test func `sums of a stranger are checked before they are believed`() throws {
    #expect(
      NewtonAggregate(logLikelihood: .nan, gradient: [0], information: [1], rows: 1) == nil)
    #expect(
      NewtonAggregate(logLikelihood: 0, gradient: [0, 1], information: [1], rows: 1) == nil)
    let text = #"{"logLikelihood":0,"gradient":[1,2],"information":[1],"rows":3}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NewtonAggregate.self, from: Data(text.utf8))
    }
    let sound = try #require(
      NewtonAggregate(logLikelihood: -1, gradient: [1, 2], information: [4, 1, 5], rows: 3))
    let back = try JSONDecoder().decode(
      NewtonAggregate.self, from: JSONEncoder().encode(sound))
    #expect(back == sound && back.information(0, 1) == 1)
  }

  @Test func `a step that loses likelihood is halved`() throws {
    // Far from the maximum Newton's whole step overshoots the exponential.
    let design = Design([[1, 1, 1, 1], [0, 1, 2, 30]])
    var solver = NewtonSolver(order: 2, start: [-8, 0])
    var lengths: [Double] = []
    var fit: NewtonFit?
    while fit == nil, solver.rounds < 60 {
      let sums = RegressionFamily.poisson.aggregate([3, 5, 4, 90], design, at: solver.place)
      lengths.append(sums.logLikelihood)
      if case .converged(let found) = solver.take(sums) { fit = found }
    }
    #expect(zip(lengths, lengths.dropFirst()).contains { $1 < $0 - 1 })
    let found = try #require(fit)
    let best = try RegressionFamily.poisson.fit([3, 5, 4, 90], design).get()
    #expect(gap(found.coefficients, best.coefficients) < 1e-10)
  }
}
