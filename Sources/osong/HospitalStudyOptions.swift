import ArgumentParser
import Campaigns
import Foundation
import Governance

/// What every study of a hospital's records takes.
struct HospitalStudyOptions: ParsableArguments {
  @Option(help: "The least number of people that is told.") var minimumCell = 5
  @Option(help: "An audit journal in which the reading is written down before it begins.")
  var journal: String?
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String

  func validate() throws {
    guard (5...1_000).contains(minimumCell) else {
      throw ValidationError("--minimum-cell is 5 to 1000, not \(minimumCell)")
    }
  }

  var minimum: MinimumCell { MinimumCell(minimum: minimumCell) }
  var folder: URL { URL(filePath: output) }

  /// Where the reading is written down.
  func studyJournal() -> StudyJournal? {
    journal.map {
      StudyJournal(AuditJournal(at: URL(filePath: $0)), actor: NSUserName(), time: Date())
    }
  }
}
