import Foundation
import Governance
import Hospitals
import Provenance
import Statistics
import TestSupport
import Testing

@testable import Campaigns

@Suite("Studies of a hospital's records")
struct HospitalStudyTests {
  /// The rows of a written table, by the header's names.
  private func rows(_ folder: URL, _ name: String) throws -> [[String: String]] {
    let lines = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private func number(_ text: String?) -> Double { text.flatMap { Double($0) } ?? .nan }

  /// People with one event each: `inside` of them in the window, `before` in the days before.
  private func series(_ folder: ScratchFolder, inside: Int, before: Int) throws -> SeriesCampaign {
    var events = "person,day\n"
    var exposures = "person,start\n"
    var observation = "person,start,end\n"
    for person in 0..<100 {
      let day = person < inside ? 205 : person < inside + before ? 195 : 20 + person
      events += "p\(person),\(day)\n"
      exposures += "p\(person),200\n"
      observation += "p\(person),0,400\n"
    }
    let tables = SeriesTables(
      events: try folder.write(events, to: "events.csv"),
      exposures: try folder.write(exposures, to: "exposures.csv"),
      observation: try folder.write(observation, to: "observation.csv"))
    let design = try SeriesDesign(
      risk: [try #require(RiskWindow("0:29"))], preExposure: 10)
    return SeriesCampaign(.tables(tables, design))
  }

  @Test func `a case series tells its rate ratio, and writes the reading down first`() throws {
    let folder = try ScratchFolder()
    var campaign = try series(folder, inside: 20, before: 8)
    let journal = AuditJournal(at: URL(filePath: folder.path("audit.jsonl")))
    campaign.journal = StudyJournal(
      journal, actor: "analyst", time: Date(timeIntervalSince1970: 0))
    let result = URL(filePath: folder.path("result"))
    try campaign.run().write(to: result)
    let told = try rows(result, "estimates.tsv")
    let risk = try #require(told.first { $0["kind"] == "risk" })
    // 20 events in 30 days to 72 in 361.
    #expect(abs(number(risk["ratio"]) - (20.0 / 30) / (72.0 / 361)) < 1e-9)
    #expect(risk["events"] == "20" && risk["days"] == "3000")
    guard case .sound(let records, _) = journal.verify() else {
      Issue.record("the journal is broken")
      return
    }
    #expect(records == 1)
  }

  @Test func `fewer than five events of a term are told neither as count nor by an estimate`()
    throws
  {
    let folder = try ScratchFolder()
    let result = URL(filePath: folder.path("result"))
    try series(folder, inside: 20, before: 3).run().write(to: result)
    let told = try rows(result, "estimates.tsv")
    let before = try #require(told.first { $0["kind"] == "preExposure" })
    for column in ["events", "days", "log_ratio", "standard_error", "ratio", "p"] {
      #expect(before[column]?.isEmpty == true, "\(column)")
    }
    #expect(before["note"] == "kept back: fewer than 5 events")
    // Nor by subtraction: the events of all are told, so another term's are not.
    let counts = told.compactMap { Int($0["events"] ?? "") }
    #expect(counts.count == 1)
    #expect(try #require(told.first { $0["kind"] == "risk" })["ratio"]?.isEmpty == false)
  }

  @Test func `the same tables give the same bytes`() throws {
    let folder = try ScratchFolder()
    let written = try (0..<2).map { run in
      let result = URL(filePath: folder.path("result\(run)"))
      try series(folder, inside: 20, before: 8).run().write(to: result)
      return try files(in: result)
    }
    #expect(written[0] == written[1] && written[0].count == 2)
  }

  @Test func `fewer than five cases are told nothing`() throws {
    let folder = try ScratchFolder()
    var events = "person,day\n"
    for person in 0..<4 { events += "p\(person),5\n" }
    let path = try folder.write(events, to: "e.csv")
    let other = try folder.write(
      "person,start,end\n" + (0..<4).map { "p\($0),0,50\n" }.joined(), to: "o.csv")
    let campaign = SeriesCampaign(
      .tables(
        SeriesTables(events: path, exposures: other, observation: other),
        try SeriesDesign(risk: [try #require(RiskWindow("0:9"))])))
    #expect(throws: HospitalError.self) { try campaign.run() }
  }

  @Test func `no count of a told total can be found by subtraction`() {
    var made = Xoshiro256(seed: 12)
    var told = 0
    for _ in 0..<2_000 {
      let counts = (0..<(2 + made.draw(below: 3))).map { _ in made.draw(below: 24) }
      guard let release = OneWayRelease(counts, MinimumCell()) else { continue }
      let hidden = counts.indices.filter { release.cells[$0] == nil }
      if hidden.isEmpty { continue }
      told += 1
      // What an attacker holds for possible: small cells are known to be so, the sum is known.
      let small = hidden.filter { counts[$0] < 5 }
      let sum = hidden.reduce(0) { $0 + counts[$1] }
      var seen = [Set<Int>](repeating: [], count: small.count)
      for code in 0..<Int(pow(4.0, Double(small.count))) {
        let guess = small.indices.map { code / Int(pow(4.0, Double($0))) % 4 + 1 }
        guard sum - guess.reduce(0, +) >= 5 else { continue }
        for place in small.indices { seen[place].insert(guess[place]) }
      }
      #expect(seen.allSatisfy { $0.count == 4 })
    }
    #expect(told > 100)
  }

  private func users(_ folder: ScratchFolder) throws -> ComparativeCampaign {
    var made = Xoshiro256(seed: 3)
    var text = "a,days,stroke,odd,odd_days,age,rare\n"
    for person in 0..<600 {
      let age = 50 + Int(30 * made.drawUnit())
      let treated = made.drawUnit() < 0.3 + 0.01 * Double(age - 50) ? 1 : 0
      let time = max(1, (-log(1 - made.drawUnit()) * 400).rounded())
      text += "\(treated),\(min(time, 500)),\(time <= 500 ? 1 : 0),"
      text += "\(person < 6 ? 1 : 0),500,\(age),\(person % 200 == 7 ? 1 : 0)\n"
    }
    var campaign = ComparativeCampaign(
      try folder.write(text, to: "users.csv"), treatment: "a",
      outcomes: [.init(time: "days", event: "stroke"), .init(time: "odd_days", event: "odd")],
      covariates: ["age", "rare"])
    campaign.penalty = .given(1e-3)
    return campaign
  }

  @Test func `a comparison writes no count below five, no step of a person, no rare covariate`()
    throws
  {
    let folder = try ScratchFolder()
    let result = URL(filePath: folder.path("result"))
    try users(folder).run().write(to: result)
    let estimates = try rows(result, "estimates.tsv")
    let stroke = try #require(estimates.first { $0["outcome"] == "stroke" })
    // The treatment does nothing here.
    #expect(abs(number(stroke["log_ratio"])) < 3 * number(stroke["standard_error"]))
    let odd = try #require(estimates.first { $0["outcome"] == "odd" })
    #expect(odd["ratio"]?.isEmpty == true)
    #expect(odd["note"] == "kept back: fewer than 5 events in an arm")
    for row in try rows(result, "arms.tsv") + rows(result, "curves.tsv") {
      if let events = Int(row["events"] ?? "") { #expect(events >= 5) }
    }
    #expect(try rows(result, "curves.tsv").contains { $0["arm"] == "treated" })
    let balance = try rows(result, "balance.tsv")
    #expect(balance.first { $0["covariate"] == "rare" }?["treated_before"]?.isEmpty == true)
    #expect(balance.first { $0["covariate"] == "age" }?["difference_after"]?.isEmpty == false)
    #expect(try rows(result, "methods.tsv").count == 6)
  }

  @Test func `estimates go from a comparison to calibration`() throws {
    let folder = try ScratchFolder()
    var text = "outcome\tlog_ratio\tstandard_error\n"
    for (place, ratio) in [0.31, 0.22, 0.45, 0.18, 0.29, 0.9].enumerated() {
      text += "o\(place)\t\(ratio)\t0.1\n"
    }
    text += "kept back\t\t\n"
    let path = try folder.write(text, to: "estimates.tsv")
    let list = try folder.write("o0\no1\no2\no3\no4\n", to: "controls.txt")
    var campaign = CalibrationCampaign(
      path, name: "outcome", logRatio: "log_ratio", standardError: "standard_error",
      controls: .file(list))
    let outcome = try campaign.run()
    #expect(outcome.refused == 1 && abs(outcome.error.mean - 0.29) < 1e-9)
    let result = URL(filePath: folder.path("result"))
    try outcome.write(to: result, pictures: [(name: "controls.svg", text: "<svg/>")])
    let asked = try #require(try rows(result, "calibrated.tsv").last)
    #expect(abs(number(asked["calibrated_log_ratio"]) - 0.61) < 1e-9)
    #expect(asked["adjusted_p"] == asked["calibrated_p"])
    campaign.controls = .file(try folder.write("o0\no1\no2\no3\n", to: "few.txt"))
    #expect(throws: CalibrationFailure.tooFewControls(found: 4, needed: 5)) {
      try campaign.run()
    }
  }
}
