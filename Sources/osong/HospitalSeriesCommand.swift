public import ArgumentParser
import Campaigns
import Entities
import Foundation
public import Hospitals

struct HospitalSeriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sccs", abstract: "Whether an event comes more often after an exposure.",
    discussion: """
      A self-controlled case series: people with the event are compared with themselves, in and out \
      of the windows after an exposure. Days are numbers or dates (2021-03-04). Tables are .csv or \
      .tsv, also .gz; one wide table may serve as all three. Counts and estimates of fewer than 5 \
      are kept back. Before a number becomes evidence, calibrate it (osong hospital calibrate).

        osong hospital sccs events.csv exposures.csv observation.csv --risk 0:42 \\
          --pre-exposure 30 --age-cuts 427,488,549 -o result/

      With --intervals, one table whose time is already cut:

        osong hospital sccs --intervals oxford.csv \\
          --interval-columns indiv,event,interval,exgr,agegr -o result/

      With --omop, straight from a folder or a database of the Common Data Model (eras where it has \
      them); no file about anybody is written:

        osong hospital sccs --omop cdm/ --drug 1539403 --condition 137967 --risk 0:end -o result/
        osong hospital sccs --omop postgresql://db.example/omop --schema cdm --drug 1539403 …

      Writes estimates.tsv and run.json.
      """)
  @Argument(help: "Events: person, day.") var events: String?
  @Argument(help: "Exposures: person, start, end where it is known.") var exposures: String?
  @Argument(help: "Observed time: person, start, end.") var observation: String?
  @Option(help: "Days after an exposure, as 0:42, 0:end or 0:end+14; may be repeated.")
  var risk: [String] = []
  @Option(help: "Days before an exposure that are told apart.") var preExposure = 0
  @Option(help: "Ages in days at which the rate may change, separated by commas.")
  var ageCuts: String?
  @Option(help: "Days or dates at which it may change.") var calendarCuts: String?
  @Flag(help: "Only the first event of a person counts.") var firstEvent = false
  @Option(help: "Columns of the events.") var eventColumns = "person,day"
  @Option(help: "Columns of the exposures; the third is optional.")
  var exposureColumns = "person,start"
  @Option(help: "Columns of observed time; the fourth, the day of birth, is optional.")
  var observationColumns = "person,start,end"
  @Option(help: "A table whose time is already cut, instead of three.") var intervals: String?
  @Option(help: "Its columns: person, events, days, group of exposure (0 is none), group of age.")
  var intervalColumns = "indiv,event,interval,exgr,agegr"
  @Option(help: "A folder or a database of the Common Data Model, instead of three tables.")
  var omop: String?
  @Option(help: "Concepts of the drug, separated by commas; those below them count too.")
  var drug: String?
  @Option(help: "Concepts of the condition, likewise.") var condition: String?
  @Option(help: "eras or records; without it, eras where the folder has rows of them.")
  var tables: ModelSeries.Tables?
  @OptionGroup var model: HospitalModelOptions
  @OptionGroup var study: HospitalStudyOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard let omop else {
      guard drug == nil, condition == nil, tables == nil else {
        throw ValidationError("--drug, --condition and --tables go with --omop")
      }
      _ = try source()
      return
    }
    guard events == nil, intervals == nil else {
      throw ValidationError("--omop \(omop) stands instead of tables")
    }
    _ = (
      try concepts(drug, "--drug"), try concepts(condition, "--condition"), try design()
    )
  }

  private func concepts(_ text: String?, _ option: String) throws -> ConceptSet {
    guard let text, let concepts = ConceptSet(text) else {
      throw ValidationError("\(option) is needed: concept ids such as 1539403,1545958")
    }
    return concepts
  }

  private func source() throws -> SeriesCampaign.Source {
    if let omop {
      let series = try ModelSeries(
        try model.folder(omop), drugs: try concepts(drug, "--drug"),
        conditions: try concepts(condition, "--condition"), tables: tables)
      return .model(series, try design())
    }
    if let intervals {
      guard events == nil, risk.isEmpty else {
        throw ValidationError("--intervals stands instead of three tables and --risk")
      }
      let names = try Self.names(intervalColumns, 4...5, "--interval-columns")
      var table = IntervalTable(intervals)
      (table.person, table.events, table.length) = (names[0], names[1], names[2])
      (table.exposure, table.age) = (names[3], names.count > 4 ? names[4] : nil)
      return .intervals(table)
    }
    guard let events, let exposures, let observation else {
      throw ValidationError("name three tables: events, exposures, observed time")
    }
    let design = try self.design()
    var tables = SeriesTables(events: events, exposures: exposures, observation: observation)
    tables.eventColumns = try Self.columns(eventColumns, 2...2, "--event-columns")
    tables.exposureColumns = try Self.columns(exposureColumns, 2...3, "--exposure-columns")
    tables.observationColumns = try Self.columns(
      observationColumns, 3...4, "--observation-columns")
    return .tables(tables, design)
  }

  private func design() throws -> SeriesDesign {
    let windows = try risk.map { text in
      guard let window = RiskWindow(text) else {
        throw ValidationError("--risk is days such as 0:42, 0:end or 0:end+14, not \(text)")
      }
      return window
    }
    do {
      return try SeriesDesign(
        risk: windows, preExposure: preExposure, ageCuts: try Self.days(ageCuts, "--age-cuts"),
        calendarCuts: try Self.days(calendarCuts, "--calendar-cuts"),
        counting: firstEvent ? .first : .all)
    } catch let error as HospitalError { throw ValidationError(error.description) }
  }

  private static func names(
    _ text: String, _ count: ClosedRange<Int>, _ option: String
  ) throws -> [String] {
    let names = text.split(separator: ",").map(String.init)
    guard count.contains(names.count) else {
      throw ValidationError("\(option) names \(count.lowerBound) columns, separated by commas")
    }
    return names
  }

  private static func columns(
    _ text: String, _ count: ClosedRange<Int>, _ option: String
  ) throws -> SeriesTables.Columns {
    let names = try names(text, count, option)
    return SeriesTables.Columns(
      names[0], names[1], names.count > 2 ? names[2] : nil, names.count > 3 ? names[3] : nil)
  }

  private static func days(_ text: String?, _ option: String) throws -> [Int] {
    try (text ?? "").split(separator: ",").map { part in
      guard let day = StudyDay.read(String(part)) else {
        throw ValidationError("\(option) are days or dates, not \(part)")
      }
      return day
    }
  }

  func run() throws {
    let outcome = try SeriesCampaign(
      try source(), minimum: study.minimum, journal: study.studyJournal()
    ).run()
    try outcome.write(to: study.folder)
    let series = outcome.reading.series
    var lines = ["\(series.cases) cases with \(series.events) events in observed time"]
    let refused = outcome.reading.refused.reduce(0, +)
    if refused > 0 { lines.append("\(refused) rows refused") }
    lines += outcome.reading.remarks
    for example in outcome.reading.examples.prefix(3) {
      lines.append("  line \(example.record.line): \(example.record.reason)")
    }
    for row in outcome.told {
      lines.append(
        "  \(row.term): rate ratio \(row.ratio) (\(row.lower) to \(row.upper)), p \(row.p)")
    }
    lines.append("not calibrated: see osong hospital calibrate")
    try common.summarise(
      lines,
      json: [
        "cases": "\(series.cases)", "events": "\(series.events)", "refused": "\(refused)",
      ].merging(outcome.told.map { ($0.term, $0.ratio) }) { first, _ in first })
  }
}

extension ModelSeries.Tables: ExpressibleByArgument {}
