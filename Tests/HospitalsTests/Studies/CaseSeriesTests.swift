import Foundation
import Statistics
import TestSupport
import Testing

@testable import Hospitals

@Suite("Self-controlled case series")
struct CaseSeriesTests {
  private func design(_ risk: String..., before: Int = 0, ages: [Int] = []) throws -> SeriesDesign {
    try SeriesDesign(
      risk: risk.map { try #require(RiskWindow($0)) }, preExposure: before, ageCuts: ages)
  }

  private func cut(_ person: PersonHistory, _ design: SeriesDesign) -> [String] {
    person.stretches(design).map { "\($0.days.lowerBound)-\($0.days.upperBound):\($0.columns)" }
  }

  @Test func `time is cut at windows, days before and ages, both ends included`() throws {
    let person = PersonHistory(
      periods: [100...200], exposures: [Exposure(start: 150)], events: [160])
    #expect(
      try cut(person, design("0:9", "10:19", before: 5, ages: [165])) == [
        "100-144:[3]", "145-149:[2, 3]", "150-159:[0, 3]", "160-164:[1, 3]", "165-169:[1, 4]",
        "170-200:[4]",
      ])
  }

  @Test func `a window is cut off by the end of observation and begins before it`() throws {
    let person = PersonHistory(
      periods: [100...120], exposures: [Exposure(start: 95), Exposure(start: 118)], events: [101])
    #expect(
      try cut(person, design("0:9")) == ["100-104:[0]", "105-117:[]", "118-120:[0]"])
  }

  @Test
  func `where windows meet the later exposure has the day, and a window has it before days before`()
    throws
  {
    let person = PersonHistory(
      periods: [0...60], exposures: [Exposure(start: 20), Exposure(start: 10)], events: [12])
    #expect(
      try cut(person, design("0:4", "5:14", before: 8)) == [
        "0-1:[]", "2-9:[2]", "10-14:[0]", "15-19:[1]", "20-24:[0]", "25-34:[1]", "35-60:[]",
      ])
  }

  @Test func `an era's window ends with the era`() throws {
    let person = PersonHistory(
      periods: [0...60], exposures: [Exposure(start: 10, end: 30)], events: [12])
    #expect(try cut(person, design("0:end+5")) == ["0-9:[]", "10-35:[0]", "36-60:[]"])
  }

  @Test func `ages count from birth, and two periods are two stretches`() throws {
    let person = PersonHistory(
      periods: [1_050...1_060, 1_000...1_010], birth: 995, exposures: [], events: [1_005])
    #expect(
      try cut(person, design("0:1", ages: [10, 60])) == [
        "1000-1004:[1]", "1005-1010:[2]", "1050-1054:[2]", "1055-1060:[3]",
      ])
  }

  @Test func `stretches hold every observed day once, whatever the exposures`() throws {
    var made = Xoshiro256(seed: 5)
    let design = try design("-3:-1", "0:6", "7:end+20", before: 14, ages: [40, 90, 140])
    for _ in 0..<200 {
      let start = made.draw(below: 50)
      let exposures = (0..<made.draw(below: 6)).map { _ in
        let day = made.draw(below: 220) - 20
        return Exposure(start: day, end: day + made.draw(below: 40))
      }
      let person = PersonHistory(
        periods: [start...(start + 80), (start + 90)...(start + 130)], exposures: exposures,
        events: [start])
      let stretches = person.stretches(design)
      let days = stretches.flatMap { Array($0.days) }
      #expect(days == Array(start...(start + 80)) + Array((start + 90)...(start + 130)))
    }
  }

  @Test func `events outside observed time, people without one, and first events`() throws {
    var series = CaseSeries(try design("0:9"))
    series.add(
      PersonHistory(periods: [0...50], exposures: [Exposure(start: 5)], events: [60, 7]))
    series.add(PersonHistory(periods: [0...50], exposures: [], events: [51]))
    #expect(series.cases == 1 && series.events == 1 && series.eventsOutside == 2)
    var first = CaseSeries(
      try SeriesDesign(risk: [try #require(RiskWindow("0:9"))], counting: .first))
    first.add(PersonHistory(periods: [0...50], exposures: [], events: [9, 3]))
    #expect(first.events == 1 && first.casesUnexposed == 1)
  }

  @Test func `people of the same time are one pattern, and give the same estimate as apart`() throws
  {
    var series = CaseSeries(try design("0:9"))
    for event in [3, 30, 5, 40, 44] {
      series.add(
        PersonHistory(periods: [0...49], exposures: [Exposure(start: 0)], events: [event]))
    }
    #expect(series.patternCount == 1 && series.cases == 5)
    // One group: the estimate is the ratio of the rates, 2 in 10 days to 3 in 40.
    let risk = try #require(try series.estimate().findings.first)
    let estimate = try #require(risk.estimate)
    #expect(abs(estimate.logRatio - log(2.0 / 10 / (3.0 / 40))) < 1e-12)
    #expect(abs(estimate.standardError - (1.0 / 2 + 1.0 / 3).squareRoot()) < 1e-12)
    #expect(risk.days == 50 && risk.cases == 5 && risk.events == 2)
  }

  @Test func `without an event in a window there is a sentence and no number`() throws {
    var series = CaseSeries(try design("0:9"))
    for event in [30, 31, 40] {
      series.add(
        PersonHistory(periods: [0...49], exposures: [Exposure(start: 0)], events: [event]))
    }
    #expect(throws: HospitalError.self) { try series.estimate() }
    #expect(throws: HospitalError("no event lies in observed time")) {
      try CaseSeries(try design("0:9")).estimate()
    }
    var unexposed = CaseSeries(try design("0:9"))
    unexposed.add(PersonHistory(periods: [0...9], exposures: [], events: [3]))
    #expect(throws: HospitalError("no case was observed in a risk window")) {
      try unexposed.estimate()
    }
  }

  @Test func `designs that cannot be meant are refused`() {
    #expect(throws: HospitalError("a case series needs a risk window")) {
      try SeriesDesign(risk: [])
    }
    #expect(throws: HospitalError("the risk windows 0:9 and 5:20 overlap")) {
      try design("0:9", "5:20")
    }
    #expect(throws: HospitalError("cuts of age and calendar rise")) {
      try design("0:9", ages: [5, 5])
    }
    for text in ["", "5", "9:0", "a:b", "0:9:3", "0:end5", "0:endx", "0:9999999999"] {
      #expect(RiskWindow(text) == nil, "\(text)")
    }
    for text in ["0:42", "-7:-1", "0:end", "1:end+14", "0:end-2"] {
      #expect(RiskWindow(text)?.text == text)
    }
  }

  @Test func `a rate ratio that was put in comes out`() throws {
    var made = Xoshiro256(seed: 11)
    var series = CaseSeries(try design("0:29", ages: [365]))
    for _ in 0..<8_000 {
      let exposure = 50 + made.draw(below: 600)
      // Twice the rate in the window, half as much again from the second year on.
      let rates = (0..<730).map { day in
        ((exposure...(exposure + 29)).contains(day) ? 2.0 : 1) * (day >= 365 ? 1.5 : 1)
      }
      var left = made.drawUnit() * rates.reduce(0, +)
      let day = rates.firstIndex { rate in
        left -= rate
        return left < 0
      }
      series.add(
        PersonHistory(
          periods: [0...729], exposures: [Exposure(start: exposure)], events: [day ?? 729]))
    }
    let found = try series.estimate().findings
    for (finding, truth) in [(found[0], log(2.0)), (found[2], log(1.5))] {
      let estimate = try #require(finding.estimate)
      #expect(abs(estimate.logRatio - truth) < 3 * estimate.standardError)
      #expect(estimate.standardError < 0.06)
    }
    #expect(found[1].isReference && found[1].estimate == nil)
  }
}
