import Foundation
import Records
import TestSupport
import Testing

@testable import Hospitals

/// Bar 10: every row of two public sets is taken, or refused with a reason.
@Suite("Public sets of the Common Data Model", .enabled(if: SharedData.isPresent))
struct ModelReferenceTests {
  private func folder(_ name: String) throws -> RecordFolder {
    try RecordFolder(
      at: SharedData.folder.appending(path: "datasets/\(name)"),
      .init(layouts: MadeUpModel.layouts))
  }

  /// The lines of a file; none of these files has a line end inside a field.
  private func lines(_ url: URL) throws -> Int {
    try SharedData.bytes(
      "datasets/\(url.deletingLastPathComponent().lastPathComponent)/"
        + url.lastPathComponent
    ).count { $0 == 0x0A }
  }

  @Test(
    "every row is accounted for, and there are as many as lines",
    arguments: [("omop_synthea27nj", ModelVersion.v5_4, 1), ("omop_synpuf1k", .v5_2, 0)])
  func rows(_ name: String, _ version: ModelVersion, _ headerLines: Int) throws {
    let folder = try folder(name)
    let reading = try FolderReading(folder)
    #expect(reading.version == version && reading.isComplete)
    #expect(reading.unknownTables.isEmpty)
    for (table, source) in folder.sources {
      let url = URL(filePath: source.name)
      let account = try #require(reading.account(table), "\(table)")
      #expect(account.rows == (try lines(url)) - headerLines, "\(table)")
    }
  }

  @Test func `Synthea's patients are all taken but for what contradicts itself`() throws {
    let reading = try FolderReading(try folder("omop_synthea27nj"))
    #expect(reading.persons == 28 && reading.hasVocabulary)
    for table in ["person", "observation_period", "condition_occurrence", "death"] {
      let account = try #require(reading.account(table))
      #expect(
        account.taken == account.rows && account.refused.isEmpty, "\(table) \(account.refused)")
    }
  }

  @Test func `SynPUF's thousand are read without a header`() throws {
    let reading = try FolderReading(try folder("omop_synpuf1k"))
    #expect(reading.persons == 1_000)
    #expect(reading.account("condition_era")?.rows == 99_855)
    for account in reading.accounts {
      #expect(account.refusals(.unreadableRow) == 0 && account.refusals(.notADate) == 0)
      #expect(account.refusals(.notANumber) == 0, "\(account.table) \(account.refused)")
    }
  }
}
