import Foundation

/// Cox's partial likelihood of times to an event, within strata (Cox, JRSS B 1972).
///
/// The baseline hazard of each stratum drops out; there is no intercept among the columns. Strata are
/// parts of their own, so the sums of hospitals that are strata add up (``NewtonAggregate``).
/// Columns are centred within each stratum beforehand, which changes no number but keeps the digits
/// of columns far from 0, such as years. Rows enter at time 0; delayed entry is not offered.
public struct CoxLikelihood: Hashable, Sendable {
  /// What is done where several events share a time.
  public enum Ties: String, Codable, CaseIterable, Hashable, Sendable {
    /// Efron's average over the orders, JASA 1977: R's default, nearer the truth.
    case efron
    /// Breslow's sum, 1974: quicker and biased towards 0 where ties are many.
    case breslow
  }

  /// How many events there are.
  public let events: Int
  let ties: Ties
  /// The rows' numbers by stratum, and within it by falling time, events first.
  let order: [Int]
  /// Centred columns in that order, row by row.
  let values: [Double]
  let times: [Double]
  let isEvent: [Bool]
  let strata: [Int]
  let offset: [Double]
  let width: Int

  /// Takes times, events and columns.
  ///
  /// - Parameters:
  ///   - times: until the event or the last look, of any unit; one for each row.
  ///   - isEvent: whether the time ends in the event.
  ///   - strata: a number for each row; nil for one stratum.
  ///   - design: the columns, without an intercept, and an offset if there is one.
  public init(
    times: [Double], isEvent: [Bool], design: Design, strata: [Int]? = nil, ties: Ties = .efron
  ) {
    let rows = times.count
    precondition(isEvent.count == rows && design.rows == rows, "an event and columns for every row")
    precondition((strata?.count ?? rows) == rows, "a stratum for every row")
    precondition(times.allSatisfy { !$0.isNaN }, "a time for every row")
    let strata = strata ?? [Int](repeating: 0, count: rows)
    let order = (0..<rows).sorted { one, other in
      if strata[one] != strata[other] { return strata[one] < strata[other] }
      if times[one] != times[other] { return times[one] > times[other] }
      if isEvent[one] != isEvent[other] { return isEvent[one] }
      return one < other
    }
    self.order = order
    self.ties = ties
    self.times = order.map { times[$0] }
    self.isEvent = order.map { isEvent[$0] }
    self.strata = order.map { strata[$0] }
    offset = design.offset.map { known in order.map { known[$0] } } ?? []
    width = design.columns.count
    events = isEvent.count { $0 }
    values = Self.centred(design.columns, order, self.strata)
  }

  private static func centred(_ columns: [[Double]], _ order: [Int], _ strata: [Int]) -> [Double] {
    let width = columns.count
    var values = [Double](repeating: 0, count: order.count * width)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, strata[end] == strata[start] { end += 1 }
      for (place, column) in columns.enumerated() {
        var sum = 0.0
        for row in start..<end { sum += column[order[row]] }
        let mean = sum / Double(end - start)
        for row in start..<end { values[row * width + place] = column[order[row]] - mean }
      }
      start = end
    }
    return values
  }

  /// The maximum of the partial likelihood.
  public func fit() -> Result<NewtonFit, RegressionFailure> {
    guard events > 0 else { return .failure(.noEvents) }
    return NewtonSolver.fit(order: width) { aggregate(at: $0) }
  }

  /// The linear predictors in the order of the risk sets.
  func predictors(_ coefficients: [Double]) -> [Double] {
    var result = offset.isEmpty ? [Double](repeating: 0, count: order.count) : offset
    for row in order.indices {
      var sum = result[row]
      let base = row * width
      for column in 0..<width { sum += values[base + column] * coefficients[column] }
      result[row] = sum
    }
    return result
  }
}
