/// Counts reports one by one: each report once for a drug, an event, a pair and the whole.
struct ReportCounter {
  private var pairs = PairCounter()
  private var drugReports: [[Int]]
  private var eventReports: [[Int]]
  private var totals: [Int]
  /// The number of the last report that held a drug or an event.
  private var drugMarks: [Int]
  private var eventMarks: [Int]
  private var reports = 0

  init(drugs: Int, events: Int, strata: Int) {
    drugReports = Array(repeating: Array(repeating: 0, count: drugs), count: strata)
    eventReports = Array(repeating: Array(repeating: 0, count: events), count: strata)
    totals = Array(repeating: 0, count: strata)
    drugMarks = Array(repeating: 0, count: drugs)
    eventMarks = Array(repeating: 0, count: events)
  }

  /// Adds a report in which these drugs stand beside these events, once each.
  mutating func add(_ keys: some Sequence<UInt64>, stratum: Int) {
    reports += 1
    totals[stratum] += 1
    for key in keys {
      let (drug, event) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      if drugMarks[drug] != reports {
        drugMarks[drug] = reports
        drugReports[stratum][drug] += 1
      }
      if eventMarks[event] != reports {
        eventMarks[event] = reports
        eventReports[stratum][event] += 1
      }
      pairs.add(key)
    }
  }

  /// Adds a report of these events, each once, and of the drugs beside them, if there were any.
  mutating func add(drugs: [Int], events: [Int], stratum: Int) {
    totals[stratum] += 1
    for drug in drugs { drugReports[stratum][drug] += 1 }
    for event in events { eventReports[stratum][event] += 1 }
    for drug in drugs {
      for event in events { pairs.add(PairCounter.key(UInt32(drug), UInt32(event))) }
    }
  }

  func tally(
    drugs: [String], events: [String], strata: [String],
    denominator: ReportTally.Denominator = .reports
  ) -> ReportTally {
    ReportTally(
      denominator: denominator, drugs: drugs, events: events, strata: strata, pairs: pairs.pairs(),
      drugReports: drugReports, eventReports: eventReports, totals: totals)
  }
}

/// Values by report, put together so that each report's stand side by side: eight bytes a value and
/// four a report.
struct GroupedByReport {
  private let starts: [UInt32]
  private let values: [UInt64]

  /// Sorts by counting: values of one report keep their order.
  /// - Complexity: O(values + reports)
  init(_ reports: [UInt32], _ values: [UInt64], count: Int) {
    precondition(reports.count == values.count && values.count < UInt32.max, "a report a value")
    var starts = [UInt32](repeating: 0, count: count + 1)
    for report in reports { starts[Int(report) + 1] += 1 }
    for report in 0..<count { starts[report + 1] += starts[report] }
    var next = starts
    var grouped = [UInt64](repeating: 0, count: values.count)
    for (report, value) in zip(reports, values) {
      grouped[Int(next[Int(report)])] = value
      next[Int(report)] += 1
    }
    self.starts = starts
    self.values = grouped
  }

  /// A report's values, each once, in their order.
  func distinct(_ report: Int) -> [UInt64] {
    let slice = values[Int(starts[report])..<Int(starts[report + 1])]
    guard slice.count > 1 else { return Array(slice) }
    var sorted = slice.sorted()
    var kept = 1
    for place in 1..<sorted.count where sorted[place] != sorted[kept - 1] {
      sorted[kept] = sorted[place]
      kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    return sorted
  }
}
