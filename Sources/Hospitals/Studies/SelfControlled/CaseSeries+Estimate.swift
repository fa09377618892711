public import Statistics

extension CaseSeries {
  /// What is known of one term.
  public struct Finding: Hashable, Sendable {
    /// The term.
    public let term: SeriesDesign.Term
    /// Events and observed days of cases in it, and how many cases have such days.
    public let events: Int, days: Int, cases: Int
    /// log rate ratio with its standard error; nil for a group that others are compared with, or in
    /// which no case was observed.
    public let estimate: StudyEstimate?
    /// Whether other groups are compared with this one.
    public let isReference: Bool
  }

  /// The fit of a series.
  public struct Outcome: Hashable, Sendable {
    /// A finding for every term.
    public let findings: [Finding]
    /// Events and days of cases outside every risk window and the days before exposure.
    public let baselineEvents: Int, baselineDays: Int
    /// The fit, whose coefficients are those of findings with an estimate, in order.
    public let fit: NewtonFit
  }

  /// Fits; the first group of age and of calendar that holds time is what others are compared with.
  public func estimate() throws(HospitalError) -> Outcome {
    guard events > 0 else { throw HospitalError("no event lies in observed time") }
    var references: Set<Int> = []
    for kind in [SeriesDesign.Term.Kind.age, .calendar] {
      let first = columns.indices.first { columns[$0].kind == kind && columnDays[$0] > 0 }
      if let first { references.insert(first) }
    }
    let kept = columns.indices.filter { columnDays[$0] > 0 && !references.contains($0) }
    guard kept.contains(where: { columns[$0].kind == .risk }) else {
      throw HospitalError("no case was observed in a risk window")
    }
    let fit: NewtonFit
    switch likelihood(kept).fit() {
    case .success(let found): fit = found
    case .failure(let reason):
      throw HospitalError(reason.description(columns: kept.map { columns[$0].name }))
    }
    let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    let findings = columns.indices.map { column in
      Finding(
        term: columns[column], events: columnEvents[column], days: columnDays[column],
        cases: columnCases[column],
        estimate: numbers[column].flatMap { number in
          StudyEstimate(
            logRatio: fit.coefficients[number],
            standardError: fit.covariance(number, number).squareRoot())
        }, isReference: references.contains(column))
    }
    return Outcome(
      findings: findings, baselineEvents: baselineEvents, baselineDays: baselineDays, fit: fit)
  }
}
