public import Foundation
public import Parallelism
public import Patents
import Provenance
public import Records
public import Statistics

/// From a table of yearly counts to a forecast for each series, shown where the back-test allows it.
public struct OutlookCampaign: Sendable {
  /// How the youngest years are made whole.
  public enum Truncation: Sendable {
    /// They are whole.
    case none
    /// Filings appear this many months after; the snapshot was taken so many months after the last
    /// year began.
    case lag(months: Double, snapshot: Double)
    /// The share known by age in years.
    case shares([Double])
    /// An earlier snapshot of the same table.
    case earlier(RecordSource)
  }

  /// The table of name, year and count.
  public var source: RecordSource
  /// Its columns.
  public var columns = YearlyCounts.Columns()
  /// Years ahead.
  public var horizon = 5
  /// The youngest years.
  public var truncation = Truncation.none
  /// Years known by a smaller share are left out.
  public var leastKnown = 0.5
  /// The last year that is taken.
  public var last: Int?

  /// Describes the work.
  public init(_ source: RecordSource) { self.source = source }

  /// One series with its forecast.
  public struct Series: Sendable {
    /// Its name, the year of the first value, and the values with the youngest made whole.
    public let name: String, first: Int, values: [Double]
    /// The forecast; nil where no year is known well enough.
    public let forecast: SeriesForecast?

    /// The last year with a value.
    public var last: Int { first + values.count - 1 }
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The series in the order of their names.
    public let series: [Series]
    /// Shares known by age.
    public let completeness: Completeness
    /// What became of the rows.
    public let rows: OutlookRows
    /// Series with a method that beat the last value.
    public var shown: Int {
      series.filter { $0.forecast.map { $0.method != .lastValue } ?? false }.count
    }
  }

  /// Does it.
  public func run(pool: WorkerPool, progress: (Double) throws -> Void = { _ in }) throws -> Outcome
  {
    let counts = try YearlyCounts(source, columns: columns, upTo: last)
    let known = try completeness(counts)
    var series: [Series] = []
    for start in stride(from: 0, to: counts.series.count, by: 64) {
      let piece = Array(counts.series[start..<min(start + 64, counts.series.count)])
      series += pool.map(piece.count) { place in
        let values = known.corrected(piece[place].values, least: leastKnown)
        return Series(
          name: piece[place].name, first: piece[place].first, values: values,
          forecast: SeriesForecast(BackTest(values, horizon: horizon)))
      }
      try progress(Double(series.count) / Double(counts.series.count))
    }
    return Outcome(series: series, completeness: known, rows: counts.rows)
  }

  private func completeness(_ counts: YearlyCounts) throws -> Completeness {
    switch truncation {
    case .none: return .full
    case .lag(let months, let snapshot): return Completeness(lag: months, snapshot: snapshot)
    case .shares(let shares): return Completeness(shares)
    case .earlier(let source):
      let older = try YearlyCounts(source, columns: columns)
      guard let known = Completeness(older: older.totals, newer: counts.totals) else {
        throw OutlookError(
          "\(source.name) ends in \(older.years.upperBound), which is not before "
            + "\(counts.years.upperBound): it is no earlier snapshot of the same table")
      }
      return known
    }
  }

  /// Writes forecasts.tsv, backtest.tsv, refused.tsv, report.html where a page is given, and run.json.
  public func write(_ outcome: Outcome, page: String? = nil, to folder: URL) throws {
    let text = OutlookFolder.text
    let forecasts = outcome.series.flatMap { one -> [[String]] in
      guard let forecast = one.forecast else {
        return [
          [one.name, "", "", "", "", "", "", "", "no year is known by the least share asked for"]
        ]
      }
      return forecast.points.map { point in
        [
          one.name, "\(one.last + point.ahead)", text(point.value), text(point.interval80?.lower),
          text(point.interval80?.upper), text(point.interval95?.lower),
          text(point.interval95?.upper), forecast.method.rawValue, forecast.reason,
        ]
      }
    }
    let tests = outcome.series.flatMap { one in
      (one.forecast?.verdicts ?? []).map { verdict in
        [
          one.name, verdict.method.rawValue, text(verdict.relativeError), "\(verdict.origins)",
          "\(verdict.wins)", "\(verdict.losses)", text(verdict.pValue),
          verdict.isBetter ? "yes" : "no",
        ]
      }
    }
    let tables = [
      OutlookFolder.Table(
        name: "forecasts.tsv",
        header: [
          "name", "year", "forecast", "lower_80", "upper_80", "lower_95", "upper_95", "method",
          "reason",
        ], rows: forecasts),
      OutlookFolder.Table(
        name: "backtest.tsv",
        header: [
          "name", "method", "relative_error", "origins", "wins", "losses", "p", "beat_last_value",
        ], rows: tests),
      OutlookFolder.refused([(source, outcome.rows)]),
    ]
    var counts = OutlookFolder.counts([outcome.rows])
    counts["series"] = outcome.series.count
    counts["beat last value"] = outcome.shown
    var options = ["horizon": "\(horizon)", "least_known": "\(leastKnown)"]
    options["shares_known"] = outcome.completeness.shares.map { text($0) }.joined(separator: ",")
    options["up_to"] = last.map { "\($0)" }
    var inputs = [source]
    if case .earlier(let earlier) = truncation { inputs.append(earlier) }
    try OutlookFolder.write(
      tables, page: page,
      record: RunRecord(verb: "patents outlook", options: options, counts: counts),
      inputs: inputs, to: folder)
  }
}
