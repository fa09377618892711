import Campaigns
import Foundation
import Parallelism
import Patents
import Records
import TestSupport
import Testing

struct OutlookCampaignTests {
  private func lines(_ folder: URL, _ name: String) throws -> [[String]] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
  }

  @Test func `forecasts are written with their reason, the same with any number of threads`() throws
  {
    let scratch = try ScratchFolder()
    var text = "name,year,count\nbad,year,1\n"
    for year in 2000...2019 {
      text +=
        "steady,\(year),\(100 + 20 * (year - 2000))\njumpy,\(year),\([90, 110, 70][year % 3])\n"
    }
    let path = scratch.url.appending(path: "counts.csv")
    try text.write(to: path, atomically: true, encoding: .utf8)
    var bytes: [Data] = []
    for threads in [1, 2] {
      let folder = scratch.url.appending(path: "out\(threads)")
      let campaign = OutlookCampaign(.file(path.path))
      let outcome = try campaign.run(pool: WorkerPool(threads: threads))
      #expect(outcome.shown == 1)
      try campaign.write(outcome, to: folder)
      bytes.append(try Data(contentsOf: folder.appending(path: "run.json")))
      let rows = try lines(folder, "forecasts.tsv")
      #expect(rows.count == 11)
      #expect(rows[1][0] == "jumpy" && rows[1][1] == "2020" && rows[1][7] == "last-value")
      #expect(rows[6][0] == "steady" && rows[6][8].contains("beat the last value"))
      #expect(try lines(folder, "refused.tsv").count == 2)
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test func `an earlier snapshot makes the youngest years whole`() throws {
    let whole = (0..<12).map { "a,\(2000 + $0),100\n" }.joined()
    let older = "name,year,count\n" + whole + "a,2012,80\na,2013,50\n"
    let newer = "name,year,count\n" + whole + "a,2012,100\na,2013,80\na,2014,50\n"
    var campaign = OutlookCampaign(.bytes(Array(newer.utf8)))
    campaign.truncation = .earlier(.bytes(Array(older.utf8)))
    let outcome = try campaign.run(pool: WorkerPool(threads: 1))
    let values = try #require(outcome.series.first).values
    #expect(values.count == 15)
    #expect(values.allSatisfy { abs($0 - 100) < 1e-9 })
    campaign.truncation = .earlier(.bytes(Array(newer.utf8)))
    #expect(throws: OutlookError.self) { try campaign.run(pool: WorkerPool(threads: 1)) }
  }

  @Test func `emergence and crowding write their tables`() throws {
    let scratch = try ScratchFolder()
    let documents = (0..<80).map { number in
      "D\(number),\(number >= 40 ? "C12N15/11;A61K38/46" : "A61K38/46"),\(number >= 40 ? 2020 : 2019)"
    }
    let text = "family,cpc,year\n" + documents.joined(separator: "\n") + "\n"
    var campaign = EmergenceCampaign(.bytes(Array(text.utf8)))
    campaign.against = .earlierYears(window: 1, last: nil)
    let folder = scratch.url.appending(path: "emergence")
    try campaign.write(try campaign.run(), to: folder)
    let classes = try lines(folder, "classes.tsv")
    #expect(classes[0].first == "class" && classes[1].first == "C12N")
    let pairs = try lines(folder, "pairs.tsv")
    #expect(pairs[1].prefix(2) == ["A61K", "C12N"] && pairs[1].count == pairs[0].count)

    let counts = "target,year,count\nT1,2010,5\nT1,2013,7\nT2,2011,1\n"
    let crowding = CrowdingCampaign(.bytes(Array(counts.utf8)))
    let map = scratch.url.appending(path: "crowding")
    try crowding.write(try crowding.run(), to: map)
    let rows = try lines(map, "crowding.tsv")
    #expect(rows[0].suffix(4) == ["2010", "2011", "2012", "2013"])
    #expect(rows[1].first == "T1" && rows[1].suffix(4) == ["5", "0", "0", "7"])
  }
}
