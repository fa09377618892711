public import Foundation
public import Governance
public import Hospitals
import Provenance
import Statistics

/// From tables of events, exposures and observed time to rate ratios within people.
public struct SeriesCampaign: Sendable {
  /// What is read.
  public enum Source: Sendable {
    /// Three tables and how their time is cut.
    case tables(SeriesTables, SeriesDesign)
    /// One table whose time is already cut.
    case intervals(IntervalTable)
    /// A folder of the Common Data Model, and how its time is cut.
    case model(ModelSeries, SeriesDesign)
  }

  /// What is read.
  public var source: Source
  /// The least number of people that is told.
  public var minimum: MinimumCell
  /// Where the reading is written down; nil for nowhere.
  public var journal: StudyJournal?

  /// Describes the work.
  public init(_ source: Source, minimum: MinimumCell = MinimumCell(), journal: StudyJournal? = nil)
  {
    self.source = source
    self.minimum = minimum
    self.journal = journal
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// What was read.
    public let reading: SeriesTables.Reading
    /// The fit.
    public let found: CaseSeries.Outcome
    let table: StudyFile
    let record: RunRecord

    /// The rows of the table with an estimate: term, ratio, lower and upper end.
    public var told: [(term: String, ratio: String, lower: String, upper: String, p: String)] {
      table.rows.filter { !$0[6].isEmpty }.map {
        (term: $0[1], ratio: $0[6], lower: $0[7], upper: $0[8], p: $0[9])
      }
    }

    /// Writes the folder.
    public func write(to folder: URL) throws {
      try StudyFile.write([table], record: record, to: folder)
    }
  }

  /// Reads, fits, and keeps back what is about too few.
  public func run() throws -> Outcome {
    try journal?.note("read for a self-controlled case series", options)
    let reading =
      switch source {
      case .tables(let tables, let design): try tables.read(design)
      case .intervals(let table): try table.read()
      case .model(let model, let design): try model.read(design)
      }
    let series = reading.series
    guard series.cases >= minimum.minimum else {
      throw HospitalError(
        "fewer than \(minimum.minimum) people have the event in observed time: nothing is told")
    }
    let found = try series.estimate()
    let exposed = minimum.release([[series.cases - series.casesUnexposed, series.casesUnexposed]])
    var counts = [
      "cases": series.cases, "events": series.events,
      "rows": reading.rows.reduce(0, +), "rows refused": reading.refused.reduce(0, +),
    ]
    if let told = exposed.cells[0][0] { counts["cases in a risk window"] = told }
    return Outcome(
      reading: reading, found: found, table: try table(found),
      record: RunRecord(
        verb: "hospital sccs", options: options, inputs: try inputs(), counts: counts))
  }

  /// A row for every term.
  ///
  /// An estimate about fewer events than may be told is kept back too: its
  /// standard error would tell their number.
  private func table(_ found: CaseSeries.Outcome) throws -> StudyFile {
    var file = StudyFile(
      "estimates.tsv", ["kind", "term", "events", "days"] + EstimateText.header + ["note"])
    let exposure = found.findings.filter { [.risk, .preExposure].contains($0.term.kind) }
    let told = try release([found.baselineEvents] + exposure.map(\.events))
    let isBaselineSmall = !minimum.allows(found.baselineEvents)
    file.rows.append(
      ["baseline", "unexposed", told[0].map(String.init) ?? "", ""]
        + EstimateText.fields(nil) + ["compared with"])
    for (place, finding) in exposure.enumerated() {
      file.rows.append(row(finding, told[place + 1], isReferenceSmall: isBaselineSmall))
    }
    for kind in [SeriesDesign.Term.Kind.age, .calendar] {
      let groups = found.findings.filter { $0.term.kind == kind }
      guard !groups.isEmpty else { continue }
      let told = try release(groups.map(\.events))
      let isSmall = groups.contains { $0.isReference && !minimum.allows($0.events) }
      for (place, finding) in groups.enumerated() {
        file.rows.append(row(finding, told[place], isReferenceSmall: isSmall))
      }
    }
    return file
  }

  private func release(_ counts: [Int]) throws -> [Int?] {
    guard let release = OneWayRelease(counts, minimum) else {
      throw HospitalError(
        "the windows or groups hold too few events to be told apart; join some of them")
    }
    return release.cells
  }

  private func row(
    _ finding: CaseSeries.Finding, _ events: Int?, isReferenceSmall: Bool
  ) -> [String] {
    let isFew = !minimum.allows(finding.events) || isReferenceSmall
    let note =
      isFew
      ? "kept back: fewer than \(minimum.minimum) events"
      : finding.isReference
        ? "compared with" : finding.estimate == nil ? "no case was observed" : ""
    // Days over the window's length would tell how many people were exposed.
    let days = minimum.allows(finding.cases) && events != nil ? "\(finding.days)" : ""
    return [finding.term.kind.rawValue, finding.term.name, events.map(String.init) ?? "", days]
      + EstimateText.fields(isFew ? nil : finding.estimate) + [note]
  }

  private var options: [String: String] {
    var options = ["minimum": "\(minimum.minimum)"]
    let design: SeriesDesign
    switch source {
    case .intervals: return options
    case .tables(_, let given): design = given
    case .model(let model, let given):
      design = given
      options["drug"] = model.drugs.named.map(String.init).joined(separator: " ")
      options["condition"] = model.conditions.named.map(String.init).joined(separator: " ")
      options["tables"] = [model.drugTables, model.conditionTables].map(\.rawValue)
        .joined(separator: " ")
      options["cdm"] = model.folder.layout.version.rawValue
    }
    options["risk"] = design.risk.map(\.text).joined(separator: " ")
    options["pre-exposure"] = "\(design.preExposure)"
    options["age-cuts"] = design.ageCuts.map(String.init).joined(separator: " ")
    options["calendar-cuts"] = design.calendarCuts.map(String.init).joined(separator: " ")
    options["counting"] = design.counting.rawValue
    return options
  }

  private func inputs() throws -> [Artifact] {
    let paths: [String]
    switch source {
    case .tables(let tables, _): paths = [tables.events, tables.exposures, tables.observation]
    case .intervals(let table): paths = [table.path]
    case .model(let model, _):
      return try model.tables.map { try model.folder.artifact(of: $0) }
    }
    return try paths.map { try Artifact(fileAt: URL(filePath: $0)) }
  }
}
