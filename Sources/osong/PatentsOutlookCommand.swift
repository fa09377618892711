import ArgumentParser
import Campaigns
import Foundation
import Patents
import Records
import Screening
import Statistics

struct PatentsOutlookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outlook", abstract: "Carries yearly counts of patents on, where that is honest.",
    discussion: """
      A table of name, year and count: families per class, target or scaffold class. Five methods \
      are held against "as many as last year" from every earlier year; a forecast is shown only \
      where one of them beat it, otherwise the last value is, and the table says so. The youngest \
      years, not yet published, are made whole by --lag, --known or --earlier.

        osong patents outlook families.csv --lag 18 --snapshot-month 6 -o outlook/

      Writes forecasts.tsv (with 80 and 95 % intervals), backtest.tsv, refused.tsv and run.json.
      """)
  @Argument(help: "The table, .csv or .tsv, also .gz; - for standard input.") var counts: String
  @Option(help: "Years ahead, 1 to 20.") var horizon = 5
  @Option(help: "Months from filing to publication; the youngest years are made whole by it.")
  var lag: Double?
  @Option(help: "Months from the start of the table's last year to its snapshot, for --lag.")
  var snapshotMonth = 12.0
  @Option(help: "Shares known of the last year, the one before, …, such as 0.1,0.6,0.95.")
  var known: String?
  @Option(help: "An earlier snapshot of the same table, from which the shares are learnt.")
  var earlier: String?
  @Option(help: "Years of which a smaller share is known are left out.") var leastKnown = 0.5
  @Option(help: "The last year that is taken.") var upTo: Int?
  @Option(help: "The column of the name.") var nameColumn: String?
  @Option(help: "The column of the year.") var yearColumn: String?
  @Option(help: "The column of the count.") var countColumn: String?
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...20).contains(horizon) else { throw ValidationError("--horizon is 1 to 20") }
    guard [lag != nil, known != nil, earlier != nil].filter({ $0 }).count <= 1 else {
      throw ValidationError("name one of --lag, --known and --earlier")
    }
    guard (0...240).contains(lag ?? 18), (0...240).contains(snapshotMonth) else {
      throw ValidationError("--lag and --snapshot-month are 0 to 240 months")
    }
    guard leastKnown > 0, leastKnown <= 1 else {
      throw ValidationError("--least-known is above 0 and at most 1")
    }
    if known != nil { _ = try shares() }
  }

  func run() throws {
    var campaign = OutlookCampaign(RecordSource(argument: counts))
    campaign.columns = YearlyCounts.Columns(
      name: nameColumn, year: yearColumn, count: countColumn)
    campaign.horizon = horizon
    campaign.leastKnown = leastKnown
    campaign.last = upTo
    if let lag {
      campaign.truncation = .lag(months: lag, snapshot: snapshotMonth)
    } else if known != nil {
      campaign.truncation = .shares(try shares())
    } else if let earlier {
      campaign.truncation = .earlier(RecordSource(argument: earlier))
    }
    let terminal = common.terminal
    let stop = StopSignal()
    let outcome = try campaign.run(
      pool: common.pool,
      progress: { share in
        if stop.isRequested { throw ExitCode.interrupted }
        terminal.show("back-testing", share: share)
      })
    terminal.clear()
    try campaign.write(outcome, to: URL(filePath: output))
    let refused = outcome.rows.refused.values.reduce(0, +)
    try common.summarise(
      [
        "\(outcome.series.count.grouped) series from \(outcome.rows.taken.grouped) rows, "
          + "\(refused.grouped) rows refused",
        "a method beat the last value in \(outcome.shown.grouped) of them; "
          + "the others show the last value",
      ],
      json: [
        "series": "\(outcome.series.count)", "beat_last_value": "\(outcome.shown)",
        "rows": "\(outcome.rows.taken)", "refused": "\(refused)",
      ])
  }

  private func shares() throws -> [Double] {
    let parts = (known ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let shares = parts.compactMap { Double($0) }
    guard shares.count == parts.count, shares.allSatisfy({ (0...1).contains($0) }) else {
      throw ValidationError("--known takes shares of 0 to 1 such as 0.1,0.6,0.95")
    }
    return shares
  }
}
