public import Statistics

/// New users of a treatment against new users of a comparator: one propensity score, one way of making
/// them comparable, and the outcomes of each.
public struct ComparativeStudy: Sendable {
  /// What was read.
  public let table: CohortTable
  /// The propensity score.
  public let model: PropensityModel
  /// Who is compared with whom.
  public let sets: ComparableSets
  /// How alike the arms are.
  public let balance: [CovariateBalance]

  /// Scores, trims, groups and compares the covariates.
  public init(
    _ table: CohortTable, penalty: PropensityModel.Penalty, trimming: Trimming,
    adjustment: Adjustment
  ) throws(HospitalError) {
    self.table = table
    model = try PropensityModel(
      isTreated: table.isTreated, covariates: table.covariates, penalty: penalty)
    sets = try ComparableSets(model, trimming: trimming, by: adjustment)
    let weights = sets.weights(table.isTreated)
    balance = table.names.indices.map {
      CovariateBalance(
        name: table.names[$0], values: table.covariates[$0], isTreated: table.isTreated,
        weights: weights)
    }
  }

  /// What one arm went through.
  public struct Arm: Hashable, Sendable {
    /// People, their events, and the sum of their times.
    public let people: Int, events: Int, time: Double
    /// The curve.
    public let curve: KaplanMeier
  }

  /// What came of an outcome.
  public struct Result: Hashable, Sendable {
    /// Of all who are compared.
    public let treated: Arm, others: Arm
    /// log hazard ratio by Cox's model within sets, or why there is none.
    public let hazard: Swift.Result<StudyEstimate, RegressionFailure>
    /// The same as they came, before any adjustment.
    public let crudeHazard: Swift.Result<StudyEstimate, RegressionFailure>
    /// log rate ratio by Poisson regression conditional on the strata; of matches, on how many others
    /// a set has.
    public let rate: Swift.Result<StudyEstimate, RegressionFailure>
    /// The log-rank test within sets; nil where no set has an event and both arms at risk.
    public let logRank: LogRank?
  }

  /// Compares an outcome, by its place.
  public func result(_ outcome: Int) -> Result {
    let rows = sets.sets.indices.filter { sets.sets[$0] != nil }
    let members = rows.compactMap { sets.sets[$0] }
    let all = Array(sets.sets.indices)
    let (times, events) = (table.times[outcome], table.isEvent[outcome])
    let treated = rows.map { table.isTreated[$0] }
    return Result(
      treated: arm(rows.filter { table.isTreated[$0] }, outcome),
      others: arm(rows.filter { !table.isTreated[$0] }, outcome),
      hazard: hazard(rows, outcome, strata: members),
      crudeHazard: hazard(all, outcome, strata: nil),
      rate: rate(rows, outcome, members),
      logRank: LogRank(
        times: rows.map { times[$0] }, isEvent: rows.map { events[$0] },
        groups: treated.map { $0 ? 1 : 0 }, strata: members))
  }

  private func arm(_ rows: [Int], _ outcome: Int) -> Arm {
    let times = rows.map { table.times[outcome][$0] }
    let events = rows.map { table.isEvent[outcome][$0] }
    return Arm(
      people: rows.count, events: events.count { $0 }, time: Moments.sum(times),
      curve: KaplanMeier(times: times, isEvent: events))
  }

  private func hazard(
    _ rows: [Int], _ outcome: Int, strata: [Int]?
  ) -> Swift.Result<StudyEstimate, RegressionFailure> {
    CoxLikelihood(
      times: rows.map { table.times[outcome][$0] },
      isEvent: rows.map { table.isEvent[outcome][$0] },
      design: Design([rows.map { table.isTreated[$0] ? 1 : 0 }]), strata: strata
    ).fit().flatMap(Self.first)
  }

  /// The rate ratio, conditional on large groups only.
  ///
  /// Time ends with the event, so within a pair the shares of time are no longer given, and the ratio
  /// would be too far from 1. Matches with as many others each are alike in their score and stand
  /// together.
  private func rate(
    _ rows: [Int], _ outcome: Int, _ members: [Int]
  ) -> Swift.Result<StudyEstimate, RegressionFailure> {
    var groups = Array(0..<sets.count)
    if sets.isMatched {
      groups = [Int](repeating: 0, count: sets.count)
      for (row, set) in zip(rows, members) where !table.isTreated[row] { groups[set] += 1 }
    }
    var sums = [[(events: Int, time: Double)]](
      repeating: [(0, 0), (0, 0)], count: (groups.max() ?? 0) + 1)
    for (row, set) in zip(rows, members) {
      let arm = table.isTreated[row] ? 1 : 0
      sums[groups[set]][arm].time += table.times[outcome][row]
      if table.isEvent[outcome][row] { sums[groups[set]][arm].events += 1 }
    }
    var likelihood = ConditionalPoisson(columns: 1)
    for arms in sums where arms[0].time > 0 && arms[1].time > 0 {
      likelihood.add([
        .init(events: arms[0].events, exposure: arms[0].time, columns: []),
        .init(events: arms[1].events, exposure: arms[1].time, columns: [0]),
      ])
    }
    return likelihood.fit().flatMap(Self.first)
  }

  private static func first(
    _ fit: NewtonFit
  ) -> Swift.Result<StudyEstimate, RegressionFailure> {
    let error = fit.covariance(0, 0).squareRoot()
    let estimate = StudyEstimate(logRatio: fit.coefficients[0], standardError: error)
    return estimate.map { .success($0) } ?? .failure(.notFinite)
  }
}
