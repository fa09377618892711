import Entities
import Foundation
import Parallelism
import Statistics
import TestSupport
import Testing

@testable import Hospitals

@Suite("Reports from the Common Data Model")
struct ModelReportsTests {
  private static let drugs =
    "drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date\n"

  private func reports(
    _ conditions: String, _ drugs: String, _ more: [String: String] = [:]
  ) throws -> (MadeUpModel, ModelReports) {
    let model = try MadeUpModel(
      [
        "condition_occurrence.csv": MadeUpModel.conditionHeader + conditions,
        "drug_era.csv": Self.drugs + drugs,
      ].merging(more) { $1 })
    return (model, try ModelReports(try model.folder()))
  }

  private func counts(_ tally: ReportTally, _ drug: String, _ event: String) -> [Int]? {
    tally.pairs.first { tally.drugs[$0.drug] == drug && tally.events[$0.event] == event }
      .map { tally.counts(of: $0) }.map { [$0.both, $0.drugOnly, $0.eventOnly, $0.neither] }
  }

  @Test func `a condition counts once a person, beside the drugs that began before it`() throws {
    let (model, reports) = try reports(
      // Person 1: condition 5 twice, condition 6 on the day of the first. Person 2: 5 under drug 8.
      "1,1,5,2012-03-04,,0,a\n2,1,5,2015-01-01,,0,a\n3,1,6,2012-03-04,,0,a\n4,2,5,2012-05-01,,0,a\n"
        + "5,3,6,2012-01-01,,0,b\n6,3,0,2012-01-01,,0,b\n",
      "1,1,7,2012-03-01,2012-03-02\n2,2,8,2012-04-20,2012-06-01\n3,2,7,2012-05-01,2012-06-01\n",
      ["concept.csv": "concept_id,concept_name\n7,simvastatin\n5,pain\n"])
    let reading = try reports.read { _, _ in }
    let tally = reading.tally
    #expect(tally.total == 3 && tally.denominator == .firstRecords && reading.isComplete)
    // Drug 7 of person 2 began on the very day; that of person 1 ended two days before.
    #expect(counts(tally, "7 simvastatin", "5 pain") == [1, 0, 1, 1])
    #expect(counts(tally, "8", "5 pain") == [1, 0, 1, 1])
    #expect(counts(tally, "7 simvastatin", "6") == [1, 0, 1, 1] && tally.pairs.count == 3)
    #expect(reading.accounts.map(\.unmapped) == [0, 0, 1, 0])
    _ = model
  }

  @Test func `early records are old conditions, and drugs end some time after they end`() throws {
    let rows = "1,1,5,2010-03-04,,0,a\n2,1,5,2015-01-01,,0,a\n3,2,5,2012-05-01,,0,a\n"
    var (model, reports) = try reports(rows, "1,2,7,2012-02-01,2012-04-15\n")
    let careful = try reports.read { _, _ in }.tally
    #expect(careful.total == 1 && counts(careful, "7", "5") == [1, 0, 0, 0])
    reports.washout = 0
    reports.after = 10
    let quick = try reports.read { _, _ in }.tally
    #expect(quick.total == 2 && quick.pairs.isEmpty)
    _ = model
  }

  @Test func `rows that contradict themselves are refused, and every row has its place`() throws {
    let (model, reports) = try reports(
      "1,9,5,2012-03-04,,0,a\n2,1,x,2012-03-04,,0,a\n3,1,5,soon,,0,a\n4,1,5,2012-03-04,,0,a\n",
      "1,1,7,2012-03-02,2012-03-01\n", ["person.csv": MadeUpModel.persons + "1,8507,1970,,,0,0\n"])
    var reasons: [String] = []
    let reading = try reports.read { file, record in reasons.append("\(file) \(record.line)") }
    #expect(
      reasons == [
        "person 5", "condition_occurrence 2", "condition_occurrence 3", "condition_occurrence 4",
        "drug_era 2",
      ])
    #expect(reading.isComplete && reading.tally.total == 1)
    _ = model
  }

  /// What a plain reading of the definition gives, over the rows of a made-up hospital.
  private func plainly(_ folder: URL) throws -> [String: Set<Int>] {
    func rows(_ name: String) throws -> [[Substring]] {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
        .dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }
    func day(_ text: Substring) -> Int { StudyDay.read(String(text)) ?? 0 }
    let starts = Dictionary(
      try rows("observation_period.csv").map { (Int($0[1]) ?? 0, day($0[2])) },
      uniquingKeysWith: { $1 })
    var first: [[Int]: Int] = [:]
    for row in try rows("condition_era.csv") {
      first[[Int(row[1]) ?? 0, Int(row[2]) ?? 0], default: .max] = min(
        first[[Int(row[1]) ?? 0, Int(row[2]) ?? 0], default: .max], day(row[3]))
    }
    first = first.filter { $0.value - (starts[$0.key[0]] ?? 0) >= 180 }
    let eras = Dictionary(grouping: try rows("drug_era.csv")) { Int($0[1]) ?? 0 }
    var found: [String: Set<Int>] = [:]
    for (key, day0) in first {
      for era in eras[key[0]] ?? [] where day(era[3]) < day0 && day0 <= day(era[4]) + 30 {
        found["\(era[2]) \(key[1])", default: []].insert(key[0])
      }
    }
    return found
  }

  @Test func `a made-up hospital gives the counts of a plain reading, and its planted signal`()
    throws
  {
    let scratch = try ScratchFolder()
    var simulation = ModelSimulation(people: 3_000, seed: 3)
    simulation.ratio = 4
    _ = try simulation.write(into: scratch.url.path)
    let folder = try RecordFolder(at: scratch.url, .init(layouts: MadeUpModel.layouts))
    var reports = try ModelReports(folder)
    reports.isStratifiedBySex = true
    let tally = try reports.read { _, _ in }.tally
    let wanted = try plainly(scratch.url)
    #expect(wanted.count == tally.pairs.count)
    for pair in tally.pairs {
      let name = "\(tally.drugs[pair.drug]) \(tally.events[pair.event])"
      #expect(wanted[name]?.count == pair.count, "\(name)")
    }
    var question = SignalDetection.Question(minimum: 5, hidesSmallCells: true)
    let found = try SignalDetection(tally, question, pool: WorkerPool(threads: 2))
    let first = try #require(found.signals.first)
    #expect(first.drug == "\(simulation.drug)" && first.event == "\(simulation.condition)")
    let odds = try #require(first.odds?.interval)
    #expect(odds.lower < 4 && 4 < odds.upper && found.signals[1].qValue > 0.001)
    question.drugs = ["nothing"]
    #expect(throws: HospitalError.self) {
      try SignalDetection(tally, question, pool: WorkerPool(threads: 1))
    }
  }

  @Test func `a cell of many reports of few people is kept back`() throws {
    // Ten people have condition 1 under the drug; one of them has twenty other conditions under it.
    let first = (1...10).map { "\($0),\($0),1,2012-03-04,,0,a\n" }
    let others = (1...20).map { "\(100 + $0),1,\(1 + $0),2012-05-\(10 + $0 % 20),,0,a\n" }
    let strangers = (11...60).map { "\(1_000 + $0),\($0),\($0 % 9),2012-03-04,,0,a\n" }
    let persons = (1...60).map { "\($0),8507,1970,2,3,0,0\n" }
    let header = MadeUpModel.persons.prefix { $0 != "\n" } + "\n"
    let periods = (1...60).map { "\($0),\($0),2010-01-01,2020-12-31,0\n" }
    let periodHeader = MadeUpModel.periods.prefix { $0 != "\n" } + "\n"
    let (model, reports) = try reports(
      (first + others + strangers).joined(),
      (1...10).map { "\($0),\($0),7,2012-03-01,2013-03-01\n" }.joined(),
      [
        "person.csv": header + persons.joined(),
        "observation_period.csv": periodHeader + periods.joined(),
      ])
    let tally = try reports.read { _, _ in }.tally
    #expect(try #require(counts(tally, "7", "1"))[1] >= 5)
    let question = SignalDetection.Question(minimum: 5, hidesSmallCells: true)
    let found = try SignalDetection(tally, question, pool: WorkerPool(threads: 1))
    #expect(found.signals.isEmpty && found.hidden == 1)
    _ = model
  }
}
