public import Statistics

/// How often each drug is reported with each event, alone, and how many reports there are.
public struct ReportTally: Sendable {
  /// What is counted: the n of every 2×2 table.
  public enum Denominator: String, Codable, Sendable {
    /// Each report once, however many rows it has.
    case reports = "distinct reports"
    /// Each day on which a person has a condition for the first time.
    case firstRecords = "days on which a person has a condition for the first time"
    /// Each event of each report: all that a table of counts can tell.
    case pairs = "pairs of a report and an event (the sum of the table's cells)"
  }

  /// A drug and an event that were reported together.
  public struct Pair: Hashable, Sendable {
    /// The drug's place among the drugs.
    public let drug: Int
    /// The event's place among the events.
    public let event: Int
    /// In how many reports.
    public let count: Int
  }

  /// What is counted.
  public let denominator: Denominator
  /// The drugs' names.
  public let drugs: [String]
  /// The events' names.
  public let events: [String]
  /// The strata's names; one without a name where nothing is stratified.
  public let strata: [String]
  /// Pairs that were reported at least once, by drug and event.
  public let pairs: [Pair]
  /// Reports with each drug, by stratum.
  let drugReports: [[Int]]
  /// Reports with each event, by stratum.
  let eventReports: [[Int]]
  /// Reports by stratum.
  let totals: [Int]

  /// Where people have several reports: how many at most.
  var repeats: Repeats?

  /// The most reports of one person: with a drug, and altogether.
  struct Repeats: Sendable {
    private(set) var byDrug: [Int]
    private(set) var all = 1

    init(drugs: Int) { byDrug = [Int](repeating: 1, count: drugs) }

    /// Notes a person's reports.
    mutating func note(_ drugs: [Int: Int], of reports: Int) {
      for (drug, count) in drugs { byDrug[drug] = max(byDrug[drug], count) }
      all = max(all, reports)
    }
  }

  /// All reports.
  public var total: Int { totals.reduce(0, +) }

  /// The 2×2 table of a pair over all strata.
  public func counts(of pair: Pair) -> ReportCounts {
    ReportCounts(
      both: pair.count, drug: drugReports.reduce(0) { $0 + $1[pair.drug] },
      event: eventReports.reduce(0) { $0 + $1[pair.event] }, total: total)
  }

  /// How many reports would hold both if drug and event had nothing to do with one another within
  /// any stratum: Σ n₁ₛ n₂ₛ / nₛ.
  public func expected(of pair: Pair) -> Double {
    var sum = 0.0
    for stratum in totals.indices where totals[stratum] > 0 {
      sum +=
        Double(drugReports[stratum][pair.drug]) * Double(eventReports[stratum][pair.event])
        / Double(totals[stratum])
    }
    return sum
  }
}
