import Entities
import Foundation
import Records

/// A self-controlled case series straight from a folder of the Common Data Model.
///
/// Nothing about anybody is written: conditions are read first, of the other tables only the rows of
/// people with the event are kept, so memory grows with the cases and not with the hospital.
public struct ModelSeries: Sendable {
  /// From which tables exposures and events come.
  public enum Tables: String, CaseIterable, Codable, Hashable, Sendable {
    /// `drug_era` and `condition_era`: OHDSI's joined stretches.
    case eras
    /// `drug_exposure` and `condition_occurrence`: what was recorded.
    case records

    var drugs: String { self == .eras ? "drug_era" : "drug_exposure" }
    var conditions: String { self == .eras ? "condition_era" : "condition_occurrence" }
  }

  /// The folder.
  public var folder: RecordFolder
  /// The drugs and the conditions.
  public var drugs: ConceptSet, conditions: ConceptSet
  /// The tables of drugs and of conditions: one may have eras and the other not.
  public var drugTables: Tables, conditionTables: Tables

  /// Describes the reading.
  ///
  /// Without a choice, eras where the folder has rows of them.
  public init(
    _ folder: RecordFolder, drugs: ConceptSet, conditions: ConceptSet, tables: Tables? = nil
  ) throws {
    self.folder = folder
    self.drugs = drugs
    self.conditions = conditions
    drugTables = try tables ?? Self.choice(folder, \.drugs)
    conditionTables = try tables ?? Self.choice(folder, \.conditions)
    for name in [drugTables.drugs, conditionTables.conditions, "observation_period"]
    where folder.sources[name] == nil {
      throw HospitalError("\(folder.place): no table \(name)")
    }
  }

  /// Eras where the folder has rows of them.
  static func choice(
    _ folder: RecordFolder, _ table: KeyPath<Tables, String>
  ) throws -> Tables {
    guard let eras = try ModelTable(Tables.eras[keyPath: table], in: folder) else {
      return .records
    }
    return try eras.reader.next() == nil ? .records : .eras
  }

  /// The tables that are read.
  public var tables: [String] {
    [conditionTables.conditions, drugTables.drugs, "person", "observation_period"]
  }

  /// Reads the tables and adds every person with an event, in the order of the conditions' table.
  ///
  /// Rows are refused as by `FolderReading`, but for repeated identifiers, which `osong hospital
  /// quality` looks for: the same event or exposure twice counts once anyway.
  public func read(_ design: SeriesDesign) throws -> SeriesTables.Reading {
    var sets = [drugs, conditions]
    let hasAncestors = try ConceptSet.descend(&sets, in: folder)
    var cases = SeriesCases(lastDay: folder.lastDay)
    var tables: [CaseTable] = []
    try tables.append(
      cases.read(conditionTables.conditions, "condition", sets[1].all, in: folder, addsPeople: true)
    )
    try tables.append(cases.read(drugTables.drugs, "drug", sets[0].all, in: folder))
    try tables.append(cases.readPersons(in: folder))
    try tables.append(cases.readObservation(in: folder))
    var series = CaseSeries(design)
    for history in cases.histories { series.add(history) }
    var reading = SeriesTables.Reading(
      series: series, rows: tables.map(\.rows), refused: tables.map(\.refused),
      examples: tables.flatMap { table in
        table.examples.map { (table: table.name, record: $0) }
      }, unobserved: cases.histories.count { $0.periods.isEmpty })
    reading.remarks.append(
      "events from \(conditionTables.conditions), exposures from \(drugTables.drugs)")
    if !hasAncestors {
      reading.remarks.append("no concept_ancestor: only the concepts that were named")
    }
    return reading
  }
}
