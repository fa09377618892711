import Foundation
import TestSupport
import Testing

@testable import Hospitals
@testable import Statistics

@Suite("Self-controlled case series against R", .enabled(if: SharedData.isPresent))
struct CaseSeriesReferenceTests {
  struct Term: Decodable { var coef, se: Double }
  struct Expected: Decodable {
    var itp_one_window, itp_three_windows: Model
    var oxford_clogit: [Term]
    struct Model: Decodable { var coefficients: [Term] }
  }

  private let expected: Expected
  init() throws {
    expected = try JSONDecoder().decode(
      Expected.self, from: SharedData.bytes("references/sccs/expected.json"))
  }

  private func isEqual(_ outcome: CaseSeries.Outcome, _ terms: [Term]) {
    #expect(outcome.fit.coefficients.count == terms.count)
    for (place, term) in terms.enumerated() {
      #expect(abs(outcome.fit.coefficients[place] - term.coef) < 1e-6)
      #expect(abs(outcome.fit.standardErrors[place] - term.se) < 1e-6)
    }
  }

  /// R's wide table, which serves as events, exposures and observed time at once.
  private func itp(_ risk: [String]) throws -> CaseSeries {
    let path = SharedData.path("references/sccs/input_itp.csv")
    var tables = SeriesTables(events: path, exposures: path, observation: path)
    tables.eventColumns = .init("case", "itp")
    tables.exposureColumns = .init("case", "mmr")
    tables.observationColumns = .init("case", "sta", "end")
    let design = try SeriesDesign(
      risk: risk.map { try #require(RiskWindow($0)) }, ageCuts: [427, 488, 549, 610, 671])
    let reading = try tables.read(design)
    #expect(reading.refused == [0, 0, 0] && reading.unobserved == 0)
    return reading.series
  }

  @Test func `itp with one window: 1.171302316, all ages too`() throws {
    let series = try itp(["0:42"])
    #expect(series.cases == 35 && series.events == 44)
    let outcome = try series.estimate()
    isEqual(outcome, expected.itp_one_window.coefficients)
    let risk = try #require(outcome.findings.first?.estimate)
    #expect(abs(risk.logRatio - 1.171302316) < 1e-9)
  }

  @Test func `itp with three windows`() throws {
    isEqual(
      try itp(["0:14", "15:28", "29:42"]).estimate(), expected.itp_three_windows.coefficients)
  }

  @Test func `oxford, whose time is already cut, equals clogit: 2.487974653`() throws {
    let reading = try IntervalTable(SharedData.path("references/sccs/input_oxford.csv")).read()
    isEqual(try reading.series.estimate(), expected.oxford_clogit)
  }

  @Test func `itp cut by R is itp cut here`() throws {
    var table = IntervalTable(SharedData.path("references/sccs/input_itp_intervals.csv"))
    (table.person, table.exposure, table.age) = ("indivL", "mmr", "age")
    isEqual(
      try table.read().series.estimate(), expected.itp_three_windows.coefficients)
  }
}
