import ArgumentParser
import Campaigns
import Foundation
import Governance
import Hospitals

struct HospitalQualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality", abstract: "Whether a hospital's OMOP tables can be relied on.",
    discussion: """
      Reads a folder of the Common Data Model, version 5.2, 5.3 or 5.4: a file for each table, .csv, \
      .tsv or .txt, also .gz, with a header or without. Every row is taken, or refused for a reason; \
      checks as of OHDSI's Data Quality Dashboard; how many of the hospital's codes have a concept. \
      Counts of 1 to 4 persons or rows of persons are kept back, also against subtraction.

        osong hospital quality cdm/ -o quality/
        osong hospital quality postgresql://db.example/omop --schema cdm -o quality/

      Of a PostgreSQL database one state is read and nothing is written; the password is libpq's to \
      find (~/.pgpass, a service file), never part of the address.

      Writes quality.tsv, coverage.tsv, refused.tsv and run.json; no row about anybody.
      """)
  @Argument(help: "The folder of tables, or the database's address.") var tables: String
  @OptionGroup var model: HospitalModelOptions
  @OptionGroup var study: HospitalStudyOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let terminal = common.terminal
    let outcome = try ModelQualityCampaign(
      try model.folder(tables), minimum: study.minimum, journal: study.studyJournal()
    ).run { terminal.say("reading \($0)") }
    try outcome.write(to: study.folder)
    try common.summarise(outcome.summary, json: outcome.counts.mapValues { "\($0)" })
  }
}
