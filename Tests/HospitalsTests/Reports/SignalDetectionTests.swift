import Foundation
import Hospitals
import Parallelism
import Records
import Statistics
import TestSupport
import Testing

@Suite struct SignalDetectionTests {
  /// 400 reports in which one of 20 drugs brings one of 15 events much too often.
  private static func tally() throws -> ReportTally {
    var text = "id,drug,event\n"
    for report in 0..<400 {
      let drug = report % 20
      text +=
        "\(report),drug \(drug),event \(drug == 7 ? 3 : (report * report + report / 20) % 15)\n"
    }
    return try TallReports([.bytes(Array(text.utf8))]).read { _, _ in }.tally
  }

  private func look(
    _ question: SignalDetection.Question, threads: Int = 1
  ) throws -> SignalDetection {
    try SignalDetection(try Self.tally(), question, pool: WorkerPool(threads: threads))
  }

  @Test func `the pair that was put in comes first, and its q counts all pairs`() throws {
    let found = try look(.init())
    let first = try #require(found.signals.first)
    #expect(first.drug == "DRUG 7" && first.event == "EVENT 3" && first.counts.both == 20)
    #expect(found.family == 300 && first.qValue >= first.pValue && first.qValue < 1e-6)
    #expect(found.fit != nil && (first.shrunk?.lower ?? 0) > 2)
    #expect(found.signals.allSatisfy { $0.counts.both >= 3 })
    for signal in found.signals {
      let shrunk = try #require(signal.shrunk)
      // The mean may lie beyond: a small chance of a large ratio moves it, not the quantiles.
      #expect(0 < shrunk.lower && shrunk.lower < shrunk.upper && shrunk.mean > 0)
    }
  }

  @Test func `threads change no bit`() throws {
    let (one, three) = (try look(.init(minimum: 1)), try look(.init(minimum: 1), threads: 3))
    #expect(one.signals.map(SignalTable.row) == three.signals.map(SignalTable.row))
    #expect(one.signals.count > 100)
  }

  @Test func `a question about one drug has a family of its events`() throws {
    let found = try look(.init(drugs: ["DRUG 7"], minimum: 1))
    #expect(found.family == 15 && Set(found.signals.map(\.drug)) == ["DRUG 7"])
    let error = #expect(throws: HospitalError.self) { try look(.init(drugs: ["RUG 7"])) }
    #expect(error?.description.contains("DRUG 7") ?? false)
  }

  @Test func `no table with a small cell is told of unpublished reports`() throws {
    let open = try look(.init(minimum: 5))
    let shut = try look(.init(minimum: 5, hidesSmallCells: true))
    #expect(shut.hidden == open.signals.count - shut.signals.count)
    for signal in shut.signals {
      let c = signal.counts
      for cell in [c.both, c.drugOnly, c.eventOnly, c.neither] { #expect(cell == 0 || cell >= 5) }
    }
    #expect(shut.signals.contains { $0.drug == "DRUG 7" })
  }

  @Test func `what the told pairs leave to the other drugs of an event is not small either`() throws
  {
    // Pain: 20 with a, 17 with b, 3 with c; 43 reports of c without it, many of others.
    var text = "id,drug,event\n"
    var report = 0
    for (drug, event, count) in [
      ("a", "pain", 20), ("b", "pain", 17), ("c", "pain", 3), ("a", "rash", 30), ("b", "rash", 40),
      ("c", "rash", 43),
    ] {
      for _ in 0..<count {
        report += 1
        text += "\(report),\(drug),\(event)\n"
      }
    }
    let tally = try TallReports([.bytes(Array(text.utf8))]).read { _, _ in }.tally
    let found = try SignalDetection(
      tally, .init(minimum: 5, hidesSmallCells: true), pool: WorkerPool(threads: 1))
    let told = found.signals.map { "\($0.drug) \($0.event)" }
    // With a and b both told, 40 − 20 − 17 = 3 would be c's.
    #expect(!told.contains("B PAIN") && !told.contains("C PAIN"))
    for event in ["PAIN", "RASH"] {
      let own = found.signals.filter { $0.event == event }
      guard let whole = own.first?.counts.event else { continue }
      let rest = whole - own.reduce(0) { $0 + $1.counts.both }
      #expect(rest == 0 || rest >= 5)
    }
  }

  @Test func `a row of the table has a field for each column, empty where undefined`() throws {
    let found = try look(.init(minimum: 1))
    for signal in found.signals {
      let row = SignalTable.row(signal)
      #expect(row.count == SignalTable.header.count && !row.contains("nan"))
    }
    let all = try #require(found.signals.first { $0.counts.drugOnly == 0 })
    #expect(SignalTable.row(all)[10] == "")
  }
}
