import Testing

@testable import Statistics

@Suite("Regressions of studies against R")
struct RegressionReferenceTests {
  let expected: ObservationalReferences
  init() throws { expected = try .read() }

  @Test func `Poisson regression with an offset equals glm`() throws {
    let design = Design(
      [expected.ones, expected.treatment, expected.rows.x1, expected.rows.x2],
      offset: expected.rows.years.map { logarithm($0) })
    let fit = try RegressionFamily.poisson.fit(expected.rows.count.map(Double.init), design).get()
    #expect(gap(fit.coefficients, expected.poisson.coefficients) < 1e-9)
    #expect(gap(fit.standardErrors, expected.poisson.errors) < 1e-9)
    #expect(gap([fit.logLikelihood], [try #require(expected.poisson.likelihood)]) < 1e-11)
  }

  @Test func `logistic regression equals glm, in at most ten rounds`() throws {
    let design = Design([expected.ones, expected.rows.x1, expected.rows.x2, expected.rows.x3])
    let fit = try RegressionFamily.logistic.fit(expected.treatment, design).get()
    #expect(gap(fit.coefficients, expected.logistic.coefficients) < 1e-9)
    #expect(gap(fit.standardErrors, expected.logistic.errors) < 1e-9)
    #expect(fit.rounds <= 10)
    let older = try #require(LogisticRegression(expected.treatment, design))
    #expect(gap(fit.coefficients, older.coefficients) < 1e-10)
  }

  @Test func `one step of Newton's is least squares`() throws {
    let design = Design([expected.ones, expected.rows.x1, expected.rows.x2])
    let fit = try RegressionFamily.linear.fit(expected.rows.time, design).get()
    let squares = try #require(LinearRegression(expected.rows.time, design))
    #expect(gap(fit.coefficients, squares.coefficients) < 1e-11)
    let variance = -2 * fit.logLikelihood / Double(squares.degrees)
    #expect(gap([variance.squareRoot()], [squares.residualDeviation]) < 1e-11)
  }

  private func cox(_ ties: CoxLikelihood.Ties, strata: Bool = false) -> CoxLikelihood {
    CoxLikelihood(
      times: expected.rows.time, isEvent: expected.isEvent,
      design: Design([expected.treatment, expected.rows.x1, expected.rows.x2]),
      strata: strata ? expected.rows.site : nil, ties: ties)
  }

  private func isEqual(_ likelihood: CoxLikelihood, _ other: ObservationalReferences.Cox) throws {
    let fit = try likelihood.fit().get()
    #expect(gap(fit.coefficients, other.coefficients) < 1e-9)
    #expect(gap(fit.standardErrors, other.errors) < 1e-9)
    #expect(gap([fit.logLikelihood], [other.likelihood]) < 1e-11)
    #expect(gap([fit.startLogLikelihood], [other.start]) < 1e-11)
    #expect(gap(likelihood.robustErrors(fit), other.robust) < 1e-9)
  }

  @Test func `Cox's model equals coxph with Efron's and Breslow's ties, robust errors too`() throws
  {
    try isEqual(cox(.efron), expected.cox.efron)
    try isEqual(cox(.breslow), expected.cox.breslow)
    let score = try cox(.efron).fit().get().scoreStatistic
    #expect(gap([score], [expected.cox.efron.score]) < 1e-9)
  }

  @Test func `Cox's model equals coxph within strata`() throws {
    try isEqual(cox(.efron, strata: true), expected.cox.strata)
  }

  @Test func `Cox's model equals coxph with an offset`() throws {
    let likelihood = CoxLikelihood(
      times: expected.rows.time, isEvent: expected.isEvent,
      design: Design([expected.treatment, expected.rows.x1], offset: expected.rows.known))
    try isEqual(likelihood, expected.cox.offset)
  }

  @Test func `conditional Poisson equals a Poisson regression with a dummy for each person`() throws
  {
    var series = ConditionalPoisson(columns: 2)
    let rows = expected.rows
    for person in 1...60 {
      series.add(
        rows.person.indices.filter { rows.person[$0] == person }.map { row in
          ConditionalPoisson.Interval(
            events: rows.count[row], exposure: rows.years[row],
            columns: (rows.window[row] == 1 ? [0] : []) + (rows.season[row] == 1 ? [1] : []))
        })
    }
    let fit = try series.fit().get()
    #expect(gap(fit.coefficients, expected.conditional.coefficients) < 1e-9)
    #expect(gap(fit.standardErrors, expected.conditional.errors) < 1e-9)
  }

  @Test func `the LASSO's path equals glmnet`() throws {
    let columns = expected.shrunkColumns
    let largest = LassoLogistic.largestPenalty(expected.treatment, columns)
    #expect(abs(largest - expected.lasso.largest) < 1e-12)
    let fits = try LassoLogistic.path(
      expected.treatment, columns, penalties: expected.lasso.shrunk.map(\.lambda), tolerance: 1e-12
    ).get()
    for (fit, other) in zip(fits, expected.lasso.shrunk) {
      #expect(gap(fit.coefficients, other.coefficients) < 1e-6)
      #expect(gap([fit.intercept], [other.intercept]) < 1e-6)
    }
  }

  @Test func `cross-validation equals cv.glmnet on the same folds`() throws {
    let cross = try LassoLogistic.crossValidated(
      expected.treatment, expected.shrunkColumns, penalties: expected.lasso.cross.lambda,
      folds: expected.rows.folds.map { $0 - 1 }, tolerance: 1e-10
    ).get()
    #expect(gap(cross.deviances, expected.lasso.cross.deviance) < 1e-6)
    #expect(gap(cross.errors, expected.lasso.cross.error) < 1e-6)
    #expect(cross.penalty(.best) == expected.lasso.cross.minimum)
    #expect(cross.penalty(.oneStandardError) == expected.lasso.cross.oneError)
  }
}
