public import Foundation
public import Patents
import Provenance
public import Records

/// From yearly counts per target to a map of where it is crowded and where it is open.
public struct CrowdingCampaign: Sendable {
  /// The table of target, year and count.
  public var source: RecordSource
  /// Its columns.
  public var columns = YearlyCounts.Columns()
  /// The table of target and family.
  public var families: RecordSource?
  /// Its columns; nil for the usual names.
  public var targetColumn: String?, familyColumn: String?
  /// The last years looked at.
  public var window = 10
  /// The last year that is taken.
  public var last: Int?

  /// Describes the work.
  public init(_ source: RecordSource) { self.source = source }

  /// Does it.
  public func run() throws -> TargetCrowding {
    let counts = try YearlyCounts(source, columns: columns, upTo: last)
    let known = try families.map {
      try TargetCrowding.families($0, target: targetColumn, family: familyColumn)
    }
    return TargetCrowding(counts, families: known, window: window)
  }

  /// Writes crowding.tsv, refused.tsv and run.json.
  public func write(_ crowding: TargetCrowding, to folder: URL) throws {
    let text = OutlookFolder.text
    let rows = crowding.rows.map { row in
      [
        row.target, row.family ?? "", text(row.total), text(row.recent.reduce(0, +)),
        text(row.percentile), text(row.percentileInFamily), row.familySize.map { "\($0)" } ?? "",
        row.trend.rawValue, text(row.pValue), text(row.qValue),
      ] + row.recent.map { text($0) }
    }
    let header =
      [
        "target", "family", "patents", "patents_in_window", "percentile", "percentile_in_family",
        "family_size", "trend", "p", "q",
      ] + crowding.years.map { "\($0)" }
    var counts = OutlookFolder.counts([crowding.counted])
    counts["targets"] = crowding.rows.count
    for (trend, members) in Dictionary(grouping: crowding.rows, by: \.trend) {
      counts[trend.rawValue] = members.count
    }
    var options = ["years": "\(crowding.years.lowerBound)-\(crowding.years.upperBound)"]
    options["up_to"] = last.map { "\($0)" }
    try OutlookFolder.write(
      [
        .init(name: "crowding.tsv", header: header, rows: rows),
        OutlookFolder.refused([(source, crowding.counted)]),
      ],
      record: RunRecord(verb: "patents crowding", options: options, counts: counts),
      inputs: [source, families].compactMap { $0 }, to: folder)
  }
}
