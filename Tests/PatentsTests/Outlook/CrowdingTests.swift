import Entities
import Foundation
import Patents
import Records
import Testing

struct CrowdingTests {
  private func counts(_ text: String, upTo last: Int? = nil) throws -> YearlyCounts {
    try YearlyCounts(.bytes(Array(text.utf8)), upTo: last)
  }

  @Test func `years without a row are years of none, up to the table's last`() throws {
    let read = try counts("name,year,count\na,2010,3\na,2012,1\na,2010,2\nb,2014,7\n")
    #expect(read.years == 2010...2014)
    #expect(read.series.map(\.name) == ["a", "b"])
    #expect(read.series[0].values == [5, 0, 1, 0, 0])
    #expect(read.series[1].first == 2014)
    #expect(read.totals == [2010: 5, 2011: 0, 2012: 1, 2013: 0, 2014: 7])
  }

  @Test(arguments: [
    "x,20x0,3", ",2010,3", "x,2010,-1", "x,2010,many", "x,1500,3", "x,2010,inf", "x",
  ])
  func `a row that is no count is refused and named`(_ row: String) throws {
    let read = try counts("name,year,count\nok,2010,1\n\(row)\n")
    #expect(read.rows.taken == 1)
    #expect(read.rows.refused.values.reduce(0, +) == 1)
    #expect(read.rows.examples.map(\.line) == [3])
  }

  @Test func `a table without such columns or rows is an error with a reason`() {
    #expect(throws: OutlookError.self) { try counts("what,when\n1,2\n") }
    #expect(throws: OutlookError.self) { try counts("name,year,count\na,b,c\n") }
    #expect(throws: OutlookError.self) { try counts("name,year,count\na,2015,1\n", upTo: 2014) }
  }

  @Test func `a target is placed in its family, and those without patents count`() throws {
    var text = "target,year,count\n"
    for year in 2001...2010 {
      text += "hot,\(year),\(10 * (year - 2000))\ncold,\(year),\(100 - 9 * (year - 2000))\n"
      text += "flat,\(year),200\n"
    }
    var families = ["hot": "Kinase", "cold": "Kinase", "flat": "GPCR"]
    for number in 0..<10 { families["none\(number)"] = "Kinase" }
    let crowding = TargetCrowding(try counts(text), families: families)
    #expect(crowding.rows.count == 13)
    let rows = Dictionary(uniqueKeysWithValues: crowding.rows.map { ($0.target, $0) })
    #expect(rows["hot"]?.trend == .rising)
    #expect(rows["cold"]?.trend == .falling)
    #expect(rows["none3"]?.trend == .unknown)
    #expect(rows["hot"]?.familySize == 12)
    // Mid-ranks: ten of none share ranks 1 to 10, the two others stand above.
    #expect(abs((rows["none3"]?.percentileInFamily ?? 0) - 100 * 5.0 / 12) < 1e-9)
    #expect(abs((rows["hot"]?.percentileInFamily ?? 0) - 100 * 11.5 / 12) < 1e-9)
    #expect(rows["flat"]?.percentileInFamily == nil, "a family of one has no places")
    #expect(crowding.rows.first?.target == "flat")
  }
}
