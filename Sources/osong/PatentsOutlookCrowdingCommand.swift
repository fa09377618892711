import ArgumentParser
import Campaigns
import Foundation
import Patents
import Records
import Screening

struct PatentsCrowdingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crowding", abstract: "Where many patents stand about a target, and where few.",
    discussion: """
      A table of target, year and count, and one of target and family. Each target has its place \
      among its family, from 0 (fewest) to 100, and a trend of its share of all patents: rising, \
      level or falling. Few patents are room, or a sign that nobody believed in it.

        osong patents crowding tcrd_patents_by_year.csv.gz --families tcrd_targets_2019.csv.gz \\
          --up-to 2015 -o crowding/

      Writes crowding.tsv, refused.tsv and run.json.
      """)
  @Argument(help: "The table, .csv or .tsv, also .gz; - for standard input.") var counts: String
  @Option(help: "The table of target and family.") var families: String?
  @Option(help: "The last years looked at, 4 to 100.") var window = 10
  @Option(help: "The last year that is taken; the youngest are not yet complete.") var upTo: Int?
  @Option(help: "The column of the target, in both tables.") var targetColumn: String?
  @Option(help: "The column of the year.") var yearColumn: String?
  @Option(help: "The column of the count.") var countColumn: String?
  @Option(help: "The column of the family.") var familyColumn: String?
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (4...100).contains(window) else { throw ValidationError("--window is 4 to 100") }
  }

  func run() throws {
    var campaign = CrowdingCampaign(RecordSource(argument: counts))
    campaign.columns = YearlyCounts.Columns(
      name: targetColumn, year: yearColumn, count: countColumn)
    campaign.families = families.map { RecordSource(argument: $0) }
    campaign.targetColumn = targetColumn
    campaign.familyColumn = familyColumn
    campaign.window = window
    campaign.last = upTo
    let crowding = try campaign.run()
    try campaign.write(crowding, to: URL(filePath: output))
    let refused = crowding.counted.refused.values.reduce(0, +)
    let trends = TargetCrowding.Trend.allCases.map { trend in
      "\(crowding.rows.filter { $0.trend == trend }.count.grouped) \(trend.rawValue)"
    }
    try common.summarise(
      [
        "\(crowding.rows.count.grouped) targets, "
          + "\(crowding.years.lowerBound)–\(crowding.years.upperBound)",
        trends.joined(separator: ", "), "\(refused.grouped) rows refused",
      ],
      json: [
        "targets": "\(crowding.rows.count)", "first": crowding.rows.first?.target ?? "",
        "refused": "\(refused)",
      ])
  }
}
