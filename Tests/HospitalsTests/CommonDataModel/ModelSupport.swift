import Foundation
import TestSupport

@testable import Hospitals

/// Folders of the Common Data Model made up for one test.
struct MadeUpModel {
  let scratch: ScratchFolder

  /// The project's tables of fields.
  static let layouts: URL = {
    var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appending(path: "Datasets/tables")
  }()

  static let persons = """
    person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,race_concept_id,\
    ethnicity_concept_id
    1,8507,1970,2,3,0,0
    2,8532,1980,,,0,0
    3,8507,1990,12,31,0,0

    """
  static let periods = """
    observation_period_id,person_id,observation_period_start_date,observation_period_end_date,\
    period_type_concept_id
    1,1,2010-01-01,2020-12-31,32817
    2,2,2010-01-01,2014-12-31,32817
    3,2,2016-01-01,2020-12-31,32817
    4,3,2010-01-01,2020-12-31,32817

    """
  static let conditionHeader =
    "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
    + "condition_end_date,condition_type_concept_id,condition_source_value\n"

  init(_ files: [String: String] = [:]) throws {
    scratch = try ScratchFolder()
    var all = ["person.csv": Self.persons, "observation_period.csv": Self.periods]
    all.merge(files) { $1 }
    for (name, text) in all where !text.isEmpty { try scratch.write(text, to: name) }
  }

  func folder(_ version: ModelVersion? = .v5_4, lastDay: Int? = nil) throws -> RecordFolder {
    try RecordFolder(
      at: scratch.url, .init(version: version, lastDay: lastDay, layouts: Self.layouts))
  }

  func reading(lastDay: String? = nil) throws -> FolderReading {
    try FolderReading(try folder(lastDay: lastDay.flatMap { StudyDay.read($0) }))
  }
}

extension FolderReading {
  func account(_ table: String) -> TableAccount? { accounts.first { $0.table == table } }
}
