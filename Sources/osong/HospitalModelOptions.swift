public import ArgumentParser
import Foundation
public import Hospitals
import Provenance

/// How a hospital's tables in the Common Data Model are read.
struct HospitalModelOptions: ParsableArguments {
  @Option(help: "The version, 5.2, 5.3 or 5.4; without it, what cdm_source says.")
  var cdm: ModelVersion?
  @Option(help: "The schema with the tables, where they stand in a database.")
  var schema = "public"
  @Option(help: "The last day of the records, as 2024-12-31; without it, cdm_source's release.")
  var lastDay: String?

  func validate() throws { _ = try day() }

  private func day() throws -> Int? {
    guard let lastDay else { return nil }
    guard lastDay.contains("-"), let day = StudyDay.read(lastDay) else {
      throw ValidationError("--last-day is a date such as 2024-12-31, not \(lastDay)")
    }
    return day
  }

  /// Opens the folder or the database, with the fields that stand beside the program.
  func folder(_ path: String) throws -> RecordFolder {
    let reading = RecordFolder.Reading(
      version: cdm, lastDay: try day(),
      layouts: try Manifests.catalog().folder.appending(path: "tables"))
    return RecordFolder.isDatabase(path)
      ? try RecordFolder(database: path, schema: schema, reading)
      : try RecordFolder(at: URL(filePath: path), reading)
  }
}

extension ModelVersion: ExpressibleByArgument {
  /// Reads `5.4` or `v5.3.1`.
  public init?(argument: String) { self.init(argument) }
}
