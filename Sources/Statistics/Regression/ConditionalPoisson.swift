import Foundation

/// Poisson regression of counts within groups, given each group's sum: groups need no coefficient.
///
/// Given its sum, a group's counts are multinomial with shares exposure · eᵑ over the group's
/// intervals, so what makes a person likelier than another drops out: the self-controlled case series
/// (Farrington, Biometrics 1995). The estimate is that of a Poisson regression with a dummy for each
/// group. Columns are sparse; memory grows with the intervals that are added, and groups of the same
/// intervals can be added as one with their events summed.
public struct ConditionalPoisson: Hashable, Sendable {
  /// One interval of a group.
  public struct Interval: Hashable, Sendable {
    /// How many events fell into it.
    public var events: Int
    /// Its length, of any unit; above 0.
    public let exposure: Double
    /// The columns that are not 0 here, rising, with their values.
    public let columns: [(column: Int, value: Double)]

    /// Describes an interval whose columns are 1 where named.
    public init(events: Int, exposure: Double, columns: [Int]) {
      self.init(events: events, exposure: exposure, values: columns.map { ($0, 1) })
    }

    /// Describes an interval.
    public init(events: Int, exposure: Double, values: [(column: Int, value: Double)]) {
      precondition(exposure > 0 && events >= 0, "an interval of \(exposure) with \(events) events")
      self.events = events
      self.exposure = exposure
      columns = values.sorted { $0.column < $1.column }
    }

    /// Whether two intervals are the same.
    public static func == (one: Interval, other: Interval) -> Bool {
      one.events == other.events && one.exposure == other.exposure
        && one.columns.elementsEqual(other.columns, by: ==)
    }

    /// Hashes the interval.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(events)
      hasher.combine(exposure)
      for (column, value) in columns {
        hasher.combine(column)
        hasher.combine(value)
      }
    }
  }

  /// How many coefficients there are.
  public let order: Int
  /// Groups with an event; others say nothing.
  public private(set) var groups = 0
  /// Events and intervals of these groups.
  public private(set) var events = 0, intervals = 0
  private var groupEnds: [Int] = []
  private var groupEvents: [Double] = []
  private var counts: [Double] = []
  private var logExposures: [Double] = []
  private var cellEnds: [Int] = []
  private var cellColumns: [Int32] = []
  private var cellValues: [Double] = []

  /// An empty set of groups.
  public init(columns order: Int) {
    precondition(order > 0, "a column at least")
    self.order = order
  }

  /// Adds a group; one without an event is passed over.
  public mutating func add(_ group: [Interval]) {
    let sum = group.reduce(0) { $0 + $1.events }
    guard sum > 0 else { return }
    groups += 1
    events += sum
    intervals += group.count
    for interval in group {
      counts.append(Double(interval.events))
      logExposures.append(log(interval.exposure))
      for (column, value) in interval.columns {
        precondition((0..<order).contains(column), "no column \(column)")
        cellColumns.append(Int32(column))
        cellValues.append(value)
      }
      cellEnds.append(cellColumns.count)
    }
    groupEnds.append(counts.count)
    groupEvents.append(Double(sum))
  }

  /// The log likelihood, score and information at a place, over these groups; parts add up.
  ///
  /// The multinomial coefficient, which no parameter moves, is left out. Complexity: cells + groups ×
  /// (columns they touch)².
  public func aggregate(at coefficients: [Double]) -> NewtonAggregate {
    precondition(coefficients.count == order, "a coefficient for every column")
    var value = 0.0
    var gradient = [Double](repeating: 0, count: order)
    var information = [Double](repeating: 0, count: order * (order + 1) / 2)
    var mean = [Double](repeating: 0, count: order)
    var touched: [Int] = []
    var isTouched = [Bool](repeating: false, count: order)
    var shares: [Double] = []
    var start = 0
    for (group, end) in groupEnds.enumerated() {
      shares.removeAll(keepingCapacity: true)
      var top = -Double.infinity
      for row in start..<end {
        var eta = logExposures[row]
        for cell in cells(row) { eta += cellValues[cell] * coefficients[Int(cellColumns[cell])] }
        shares.append(eta)
        top = max(top, eta)
      }
      var sum = 0.0
      for (place, eta) in shares.enumerated() {
        let count = counts[start + place]
        if count > 0 { value += count * (eta - top) }
        shares[place] = exp(eta - top)
        sum += shares[place]
      }
      let total = groupEvents[group]
      value -= total * log(sum)
      for row in start..<end {
        let expected = total * shares[row - start] / sum
        let range = cells(row)
        for cell in range {
          let column = Int(cellColumns[cell])
          let x = cellValues[cell]
          gradient[column] += (counts[row] - expected) * x
          mean[column] += expected * x
          if !isTouched[column] {
            isTouched[column] = true
            touched.append(column)
          }
          for other in range.lowerBound...cell {
            let second = Int(cellColumns[other])
            information[column * (column + 1) / 2 + second] += expected * x * cellValues[other]
          }
        }
      }
      for one in touched {
        let scaled = mean[one] / total
        for other in touched where other <= one {
          information[one * (one + 1) / 2 + other] -= scaled * mean[other]
        }
      }
      for column in touched {
        mean[column] = 0
        isTouched[column] = false
      }
      touched.removeAll(keepingCapacity: true)
      start = end
    }
    return NewtonAggregate(unchecked: value, gradient, information, intervals)
  }

  private func cells(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : cellEnds[row - 1])..<cellEnds[row]
  }

  /// The maximum-likelihood fit.
  public func fit() -> Result<NewtonFit, RegressionFailure> {
    guard events > 0 else { return .failure(.noEvents) }
    return NewtonSolver.fit(order: order) { aggregate(at: $0) }
  }
}
