import Governance
import Statistics

/// The sums over a hospital's persons that a question asks for.
struct SiteArithmetic {
  let approved: HospitalSite.Approved
  let rules: SiteRules
  let masking: SiteMasking?

  func answer(
    _ question: Question, noise generator: some RandomNumberGenerator, spend: (Double) -> Bool
  ) -> Answer.Body {
    if study.masked == true { return masked(question) }
    switch question.body {
    case .moments: return moments()
    case .newton(let scalings, let coefficients): return newton(scalings, coefficients)
    case .estimate(let scalings): return estimate(scalings)
    case .table: return table()
    case .noisyTable(let numerator, let denominator):
      return noisyTable(numerator, denominator, generator, spend)
    }
  }

  /// The same numbers behind pads; by the same rules, and nothing but moments and sums.
  private func masked(_ question: Question) -> Answer.Body {
    guard let masking else { return .refusal(.noMasks) }
    let values: [Double]
    switch question.body {
    case .moments:
      let columns = zip(study.terms, cohort.columns).filter { $0.0.scaling == .standardised }
      values =
        [Double(rules.told(cohort.persons))]
        + columns.flatMap { _, column in
          [column.reduce(0, +), column.reduce(0) { $0 + $1 * $1 }]
        }
    case .newton(let scalings, let coefficients):
      switch newton(scalings, coefficients) {
      case .newton(let sums):
        values = [Double(sums.rows), sums.logLikelihood] + sums.gradient + sums.information
      case let refusal: return refusal
      }
    case .estimate, .table, .noisyTable: return .refusal(.wrongShape)
    }
    guard let numbers = masking.mask(values, of: question) else { return .refusal(.notFinite) }
    return .masked(roster: masking.roster, numbers)
  }

  private var study: StudyDefinition { approved.study }
  private var cohort: SiteCohort { approved.cohort }

  private func moments() -> Answer.Body {
    let columns = zip(study.terms, cohort.columns).filter { $0.0.scaling == .standardised }
    let moments = columns.map { _, column in
      let mean = column.reduce(0, +) / Double(column.count)
      return TermMoment(
        mean: mean, squares: column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
    guard moments.allSatisfy({ $0.mean.isFinite && $0.squares.isFinite }) else {
      return .refusal(.notFinite)
    }
    return .moments(persons: rules.told(cohort.persons), moments)
  }

  private func newton(_ scalings: [Scaling], _ coefficients: [Double]) -> Answer.Body {
    let shape = study.shape
    guard scalings.count == shape.standardised, coefficients.count == shape.coefficients else {
      return .refusal(.wrongShape)
    }
    let design = cohort.design(study, scalings)
    let predictors = design.predictor(coefficients)
    guard predictors.allSatisfy(\.isFinite) else { return .refusal(.notFinite) }
    guard !rules.isCarriedByFew(study, cohort, predictors: predictors) else {
      return .refusal(.fewWeigh)
    }
    let sums = likelihood(design)(coefficients)
    let told = NewtonAggregate(
      logLikelihood: sums.logLikelihood, gradient: sums.gradient, information: sums.information,
      rows: Int(rules.told(sums.rows)))
    return told.map { .newton($0) } ?? .refusal(.notFinite)
  }

  private func estimate(_ scalings: [Scaling]) -> Answer.Body {
    guard scalings.count == study.shape.standardised else { return .refusal(.wrongShape) }
    let design = cohort.design(study, scalings)
    guard
      case .success(let fit) = NewtonSolver.fit(
        order: study.shape.coefficients, sums: likelihood(design)),
      !rules.isCarriedByFew(study, cohort, predictors: design.predictor(fit.coefficients))
    else { return .refusal(.noEstimate) }
    var variance = 1.0
    if study.model == .linear {
      let degrees = cohort.persons - study.shape.coefficients
      variance = -2 * fit.logLikelihood / Double(degrees)
    }
    return .estimate(
      persons: rules.told(cohort.persons), coefficients: fit.coefficients,
      covariance: fit.covariance.map { $0 * variance })
  }

  private func likelihood(_ design: Design) -> ([Double]) -> NewtonAggregate {
    let family: RegressionFamily
    switch study.model {
    case .linear: family = .linear
    case .logistic: family = .logistic
    case .poisson: family = .poisson
    case .cox:
      let cox = CoxLikelihood(
        times: cohort.time, isEvent: cohort.outcome.map { $0 > 0 }, design: design)
      return { cox.aggregate(at: $0) }
    }
    return { family.aggregate(cohort.outcome, design, at: $0) }
  }

  private func table() -> Answer.Body {
    guard study.table != nil else { return .refusal(.wrongShape) }
    let minimum = MinimumCell(minimum: rules.minimumCell)
    // The persons of the cohort are told elsewhere; less the table's sum, they tell of the rest.
    guard minimum.allows(approved.counts.elsewhere) else { return .refusal(.smallCell) }
    let release = minimum.release(approved.counts.cells)
    let rows = zip(release.cells, release.rowSums).flatMap { $0 + [$1] }
    return .table(
      (rows + release.columnSums + [release.total]).map { $0.map { UInt32(clamping: $0) } })
  }

  private func noisyTable(
    _ numerator: UInt32, _ denominator: UInt32,
    _ generator: some RandomNumberGenerator, _ spend: (Double) -> Bool
  ) -> Answer.Body {
    guard study.table != nil else { return .refusal(.wrongShape) }
    guard spend(Double(numerator) / Double(denominator)) else { return .refusal(.budgetSpent) }
    // A person stands in one cell, so the losses of the cells do not add up.
    var noise = DiscreteNoise(generator)
    let cells = approved.counts.cells.joined().map { count in
      Int64(count + noise.laplace(scale: denominator, over: numerator))
    }
    return .noisyTable(cells)
  }
}
