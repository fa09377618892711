public import Foundation
public import Governance
public import Hospitals
import Provenance

/// From a folder of the Common Data Model to a report on its quality.
public struct ModelQualityCampaign: Sendable {
  /// The folder.
  public var folder: RecordFolder
  /// The least number of people that is told.
  public var minimum: MinimumCell
  /// Where the reading is written down; nil for nowhere.
  public var journal: StudyJournal?

  /// Describes the work.
  public init(
    _ folder: RecordFolder, minimum: MinimumCell = MinimumCell(), journal: StudyJournal? = nil
  ) {
    self.folder = folder
    self.minimum = minimum
    self.journal = journal
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// What was read.
    public let reading: FolderReading
    /// The checks.
    public let report: QualityReport
    /// What may be told: persons, rows, tables, checks by their end.
    public let counts: [String: Int]
    let files: [StudyFile]
    let record: RunRecord

    /// Sentences for a reader.
    public var summary: [String] {
      var lines = [
        "Common Data Model \(reading.version.rawValue), \(reading.accounts.count) tables, "
          + "\(counts["rows"] ?? 0) rows"
      ]
      if let persons = counts["persons"] { lines[0] += ", \(persons) persons" }
      if reading.lastDay == nil {
        lines.append("no last day is known: dates in the future were not looked for")
      }
      if !reading.hasVocabulary {
        lines.append("no table concept: domains and standard concepts were not looked at")
      }
      let latin = reading.accounts.reduce(0) { $0 + $1.latinRows }
      if latin > 0 { lines.append("\(latin) rows are no UTF-8 and were read as Latin-1") }
      for account in reading.accounts where account.isKeyUnchecked {
        lines.append("\(account.table): identifiers too scattered to look for repeated ones")
      }
      for account in reading.accounts where !account.unknownColumns.isEmpty {
        lines.append(
          "\(account.table): columns of no version: "
            + account.unknownColumns.prefix(8).joined(separator: ", "))
      }
      if !reading.unknownTables.isEmpty {
        lines.append("no tables of the version: " + reading.unknownTables.joined(separator: ", "))
      }
      let failed = counts["checks failed"] ?? 0
      lines.append(
        "\(failed) checks failed, \(counts["checks passed"] ?? 0) passed: see quality.tsv")
      return lines
    }

    /// Writes the folder.
    public func write(to folder: URL) throws {
      try StudyFile.write(files, record: record, to: folder)
    }
  }

  /// Reads, checks, and keeps back what is about too few.
  ///
  /// - Parameter progress: told of each table before it is read.
  public func run(progress: (String) -> Void = { _ in }) throws -> Outcome {
    var options = ["minimum": "\(minimum.minimum)", "cdm": folder.layout.version.rawValue]
    if let day = folder.lastDay { options["last-day"] = "\(day)" }
    try journal?.note("read for a report on quality", options)
    let reading = try FolderReading(folder, progress: progress)
    let report = QualityReport(reading)
    let tables = QualityTables(reading, report, minimum: minimum)
    var counts = [
      "rows": reading.accounts.reduce(0) { $0 + $1.rows }, "tables": reading.accounts.count,
      "checks failed": report.count(.failed), "checks passed": report.count(.passed),
      "checks not applicable": report.count(.notApplicable),
    ]
    if let persons = tables.persons { counts["persons"] = persons }
    let named = [
      ("quality.tsv", tables.quality), ("coverage.tsv", tables.coverage),
      ("refused.tsv", tables.refused),
    ]
    let files = named.map { name, table in
      var file = StudyFile(name, table.header)
      file.rows = table.rows
      return file
    }
    let inputs = try reading.accounts.map { try folder.artifact(of: $0.table) }
    return Outcome(
      reading: reading, report: report, counts: counts, files: files,
      record: RunRecord(
        verb: "hospital quality", options: options, inputs: inputs, counts: counts))
  }
}
