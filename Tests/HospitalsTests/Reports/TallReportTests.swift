import Entities
import Foundation
import Hospitals
import Records
import Statistics
import TestSupport
import Testing

@Suite struct TallReportTests {
  private let refused = RefusalList()

  private func read(_ text: String, stratum: String? = nil) throws -> ReportReading {
    try TallReports([.bytes(Array(text.utf8))], stratum: stratum).read(refused: refused.add)
  }

  @Test func `a report counts once however many rows it has and wherever they stand`() throws {
    let found = try read(
      "CASEID,DRUG,AE\n1,a,x\n2,a,x\n1,A ,X\n1,a,y\n1,b,x\n2,a,x\n")
    #expect(found.tally.total == 2 && found.tally.denominator == .reports)
    let counts = found.tally.pairs.map { found.tally.counts(of: $0) }
    #expect(counts.map(\.both) == [2, 1, 1])
    // A and X are in both reports.
    #expect(
      counts[0].drug == 2 && counts[0].event == 2
        && found.tally.expected(
          of: found.tally.pairs[0]) == 2
    )
  }

  @Test func `strata sum what is expected within each`() throws {
    // Within each sex the event is in all reports: nothing is unusual.
    let rows = (1...4).map { "\($0),d,e,F\n" } + (5...9).map { "\($0),o,f,M\n" }
    let crude = try read("id,var1,var2,strat1\n" + rows.joined())
    let sexes = try read("id,var1,var2,strat1\n" + rows.joined(), stratum: "strat1")
    #expect(abs(crude.tally.expected(of: crude.tally.pairs[0]) - 16.0 / 9) < 1e-12)
    #expect(sexes.tally.expected(of: sexes.tally.pairs[0]) == 4)
    #expect(sexes.tally.strata == ["F", "M", "UNKNOWN"])
  }

  @Test func `bad rows are refused and told`() throws {
    let found = try read(
      "id,drug,event,sex\n1,a,x,F\n,a,x,F\n1,,x,F\n1,a,,F\n1,a,y,M\n1,a\n2,b,x,\n",
      stratum: "sex")
    #expect(
      refused.codes == [
        "missing-value", "missing-value", "missing-value", "filtered", "wrong-field-count",
      ])
    #expect(found.accounts[0].isComplete && found.accounts[0].used == 2)
    #expect(found.tally.total == 2)
  }

  @Test func `a table without its columns is refused as a whole`() {
    #expect(throws: HospitalError.self) { try read("a,b,c\n1,2,3\n") }
    #expect(throws: HospitalError.self) { try read("id,drug,event\n,,\n") }
    #expect(throws: HospitalError.self) { try read("id,drug,event\n1,a,x\n", stratum: "sex") }
  }

  @Test func `a table of counts says that its total is no number of reports`() throws {
    let text = "AE,One,Two,Other\nPain,1,0,7\nRash,2.0,3,9\nPain,1,1,1\nItch,-1,0,0\nCough,,0,0\n"
    let found = try CountedReports(.bytes(Array(text.utf8))).read(refused: refused.add)
    #expect(found.tally.denominator == .pairs && found.tally.total == 22)
    #expect(found.tally.events == ["PAIN", "RASH"] && found.tally.pairs.count == 5)
    #expect(refused.codes == ["duplicate-identifier", "not-a-number", "missing-value"])
    #expect(throws: HospitalError.self) {
      try CountedReports(.bytes(Array("AE,a,A\nx,1,2\n".utf8))).read(refused: refused.add)
    }
  }
}
