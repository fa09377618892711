import Governance
import Statistics

/// A question with the values that it is about.
struct QuestionColumn {
  let question: SampleQuestion
  private let values: [Double?]
  private let below: [Double?]
  /// What stands for nothing, where those with something are told apart from those with nothing.
  private let nothing: Double?

  init(_ question: SampleQuestion, _ table: SampleTable) {
    self.question = question
    switch question {
    case .mean(let column), .total(let column), .quantile(let column, _):
      values = table.number(column)
      below = []
    case .proportion(let column, let value):
      values = table.text(column).map { $0.isEmpty ? nil : $0 == value ? 1 : 0 }
      below = []
    case .ratio(let one, let other):
      below = table.number(other)
      values = zip(table.number(one), below).map { $1 == nil ? nil : $0 }
    }
    nothing = Self.nothing(question, values)
  }

  /// The rows behind an answer.
  ///
  /// A share tells of both of its groups, and so does the mean of a column with two values. The mean
  /// of a column that is 0 for most is about the few for whom it is not.
  func cells(_ domain: [Bool]?) -> [[Int]] {
    var (some, none): ([Int], [Int]) = ([], [])
    for (row, value) in values.enumerated() where domain?[row] ?? true {
      guard let value else { continue }
      if value == nothing { none.append(row) } else { some.append(row) }
    }
    return nothing == nil ? [some] : [some, none]
  }

  /// The smaller of two values, or 0 where most have it; nil where groups need not be told apart.
  private static func nothing(_ question: SampleQuestion, _ values: [Double?]) -> Double? {
    switch question {
    case .proportion: return 0
    case .quantile: return nil
    case .mean, .total, .ratio:
      var found = Set<Double>()
      var (known, zeros) = (0, 0)
      for case let value? in values {
        known += 1
        if value == 0 { zeros += 1 }
        if found.count < 3 { found.insert(value) }
      }
      if found.count == 2 { return found.min() }
      return zeros * 2 > known ? 0 : nil
    }
  }

  func answer(
    _ design: SurveyDesign, among domain: [Bool]?, _ variance: SampleEstimates.Variance,
    _ reference: SurveyEstimate.Reference, _ proportion: ProportionInterval, _ rule: MinimumCell
  ) throws(SurveyError) -> SampleEstimates.Told? {
    let statistic: SurveyStatistic
    switch question {
    case .mean, .proportion: statistic = .mean(values)
    case .total: statistic = .total(values)
    case .ratio: statistic = .ratio(values, over: below)
    case .quantile(_, let share):
      return try quantile(share, design, domain, rule)
    }
    let found: SurveyEstimate
    switch variance {
    case .taylor: found = try design.estimate(statistic, among: domain)
    case .replicates(let replicates): found = try replicates.estimate(statistic, among: domain)
    }
    var interval = found.interval(by: reference)
    if case .proportion = question {
      interval = found.interval(proportion, sampleRows: design.rows)
    }
    return SampleEstimates.Told(
      value: found.value, standardError: found.standardError, interval: interval,
      designEffect: found.designEffect, degrees: found.degrees, rows: found.rows)
  }

  /// A quantile is one person's value: it is told where enough people stand on both of its sides,
  /// and so is each end of its interval.
  private func quantile(
    _ share: Double, _ design: SurveyDesign, _ domain: [Bool]?, _ rule: MinimumCell
  ) throws(SurveyError) -> SampleEstimates.Told? {
    let found = try design.quantile(share, of: values, among: domain)
    let used = values.indices.compactMap { domain?[$0] ?? true ? values[$0] : nil }
    func isSafe(_ value: Double) -> Bool {
      used.count { $0 <= value } >= rule.minimum && used.count { $0 >= value } >= rule.minimum
    }
    guard isSafe(found.value) else { return nil }
    let interval = found.interval.flatMap { isSafe($0.lower) && isSafe($0.upper) ? $0 : nil }
    return SampleEstimates.Told(
      value: found.value, standardError: nil, interval: interval, designEffect: nil, degrees: nil,
      rows: found.rows)
  }
}
