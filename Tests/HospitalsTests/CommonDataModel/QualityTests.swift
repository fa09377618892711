import Governance
import TestSupport
import Testing

@testable import Hospitals

@Suite("The report on a hospital's records")
struct QualityTests {
  private func reading(bad: Int, good: Int) throws -> FolderReading {
    var rows = ""
    for id in 0..<good { rows += "\(id),\(1 + id % 3),\(id % 4 * 5),2012-03-04,,0,C\(id % 4)\n" }
    for id in 0..<bad { rows += "\(good + id),1,5,1960-03-04,,0,C1\n" }
    return try MadeUpModel(["condition_occurrence.csv": MadeUpModel.conditionHeader + rows])
      .reading()
  }

  private func tables(_ reading: FolderReading) -> QualityTables {
    QualityTables(reading, QualityReport(reading), minimum: MinimumCell())
  }

  @Test func `a check fails above its threshold and not at it`() throws {
    func status(_ bad: Int, _ good: Int) throws -> QualityCheck.Status? {
      QualityReport(try reading(bad: bad, good: good)).checks
        .first { $0.name == "plausibleAfterBirth" && $0.table == "condition_occurrence" }?.status
    }
    #expect(try status(0, 100) == .passed && status(1, 99) == .passed)
    #expect(try status(2, 98) == .failed)
  }

  @Test func `coverage counts rows and distinct codes`() throws {
    let rows = tables(try reading(bad: 0, good: 100)).coverage.rows
    let row = try #require(rows.first { $0[1] == "condition_concept_id" })
    #expect(Array(row[2...6]) == ["75", "25", "75.0", "3", "1"])
  }

  @Test(
    "a small count of refused rows can be worked out from no table",
    arguments: [(3, 200), (4, 6), (3, 0), (1, 60)])
  func hidden(_ bad: Int, _ good: Int) throws {
    let tables = tables(try reading(bad: bad, good: good))
    let told = tables.refused.rows.filter { $0[0] == "condition_occurrence" }
    #expect(told.first { $0[1] == "before birth" }?[3] == "<5")
    // With the sum told, the taken rows go too.
    #expect(Int(told.first { $0[1] == "taken" }?[3] ?? "") == nil)
    let checks = tables.quality.rows.filter {
      $0[2] == "condition_occurrence" && $0[1] != "sourceValueCompleteness"
    }
    for row in checks where row[1] == "plausibleAfterBirth" {
      #expect(Int(row[4]) == nil && row[6].isEmpty)
    }
    let numbers = checks.flatMap { [$0[4], $0[5]] }.compactMap { Int($0) }
    #expect(numbers.allSatisfy { $0 == 0 || $0 >= 5 || $0 == 1 })
  }

  @Test func `what is enough is told, and nothing names a person`() throws {
    let tables = tables(try reading(bad: 20, good: 100))
    let told = tables.refused.rows.filter { $0[0] == "condition_occurrence" }
    #expect(
      told == [
        ["condition_occurrence", "taken", "", "100"],
        ["condition_occurrence", "before birth", "condition_start_date", "20"],
      ])
  }

  @Test func `a folder without observed time fails a check`() throws {
    let reading = try MadeUpModel(["observation_period.csv": ""]).reading()
    let check = QualityReport(reading).checks.first {
      $0.name == "cdmTable" && $0.table == "observation_period"
    }
    #expect(check?.status == .failed)
  }
}
