import Entities
import Foundation
import Statistics
import TestSupport
import Testing

@testable import Hospitals

@Suite("Tables of a case series")
struct SeriesTableTests {
  @Test(
    "days are numbers or dates that a calendar has",
    arguments: [
      ("0", 0), ("-12", -12), ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016),
      ("2024-12-31", 20_088), ("2021-03-04 00:00:00", 18_690), ("2021-03-04T10:00", 18_690),
      ("1900-02-29", nil), ("2021-02-30", nil), ("2021-13-01", nil), ("2021-3-4", nil), ("", nil),
      ("12.5", nil), ("2021-03-04x", nil), ("99999999999", nil), ("20é1-03-04", nil),
    ] as [(String, Int?)])
  func days(_ text: String, _ day: Int?) { #expect(StudyDay.read(text) == day) }

  private func read(
    _ events: String, _ exposures: String, _ observation: String
  ) throws -> SeriesTables.Reading {
    let folder = try ScratchFolder()
    var tables = SeriesTables(
      events: try folder.write(events, to: "e.csv"),
      exposures: try folder.write(exposures, to: "x.csv"),
      observation: try folder.write(observation, to: "o.csv"))
    tables.exposureColumns = .init("person", "start", "end")
    tables.observationColumns = .init("person", "start", "end", "birth")
    return try tables.read(try SeriesDesign(risk: [try #require(RiskWindow("0:9"))]))
  }

  @Test func `rows in any order, people without the event are passed over`() throws {
    let found = try read(
      "person,day\nb,2020-01-15\na,2020-03-01\n",
      "person,start,end\nz,2020-01-01,\na,2020-02-28,2020-03-10\nb,2020-05-01,\n",
      """
      person,start,end,birth
      b,2020-01-01,2020-06-30,1980-01-01
      z,nonsense,2020-06-30,
      a,2020-01-01,2020-06-30,
      """)
    #expect(found.series.cases == 2 && found.series.events == 2)
    #expect(found.rows == [2, 3, 3] && found.refused == [0, 0, 0])
    let risk = try #require(try? found.series.estimate().findings.first)
    #expect(risk.events == 1 && risk.days == 20)
  }

  @Test func `rows that contradict themselves are refused with line and reason, and counted`()
    throws
  {
    let found = try read(
      "person,day\na,5\nb,6\nc,2020-02-31\n,7\nd,8\n",
      "person,start,end\na,9,3\na,x,\nb,1,2\n",
      "person,start,end,birth\na,0,50,\na,40,90,\nb,50,0,\nd,0,10,4\n")
    #expect(found.refused == [2, 2, 3])
    #expect(found.series.cases == 1 && found.unobserved == 2)
    #expect(
      found.examples.map(\.record).contains(
        RefusedRecord(line: 2, reason: .filtered("the exposure ends before it starts"))))
    #expect(
      found.examples.map(\.record).contains(
        RefusedRecord(
          line: 3, reason: .filtered("observation overlaps with another of the same person"))))
    #expect(
      found.examples.map(\.record).contains(
        RefusedRecord(line: 5, reason: .filtered("observation starts before birth"))))
  }

  @Test func `a column that is missing is named`() throws {
    #expect {
      try read("person,when\na,5\n", "person,start,end\na,1,\n", "person,start,end,birth\na,0,9,\n")
    } throws: {
      "\($0)".hasSuffix("no column day among person, when")
    }
  }

  @Test func `garbage, truncation and long lines end in an error or in refusals`() throws {
    let sound = "person,day\n" + (0..<60).map { "p\($0),\($0)\n" }.joined()
    var made = Xoshiro256(seed: 3)
    for _ in 0..<150 {
      var bytes = Array(sound.utf8)
      switch made.draw(below: 3) {
      case 0: bytes = Array(bytes.prefix(made.draw(below: bytes.count)))
      case 1:
        for _ in 0..<20 { bytes[made.draw(below: bytes.count)] = UInt8(made.draw(below: 256)) }
      default:
        let place = made.draw(below: bytes.count)
        bytes.insert(contentsOf: [UInt8](repeating: 0x41, count: 3 << 20), at: place)
      }
      let folder = try ScratchFolder()
      let path = try folder.write(Data(bytes), to: "e.csv")
      let other = try folder.write("person,start,end\np1,0,90\np2,0,90\n", to: "o.csv")
      let tables = SeriesTables(events: path, exposures: other, observation: other)
      let design = try SeriesDesign(risk: [try #require(RiskWindow("0:9"))])
      if let found = try? tables.read(design) {
        #expect(found.series.cases <= 2 && found.refused[0] <= found.rows[0])
      }
    }
  }
}
