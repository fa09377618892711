import Foundation
import Statistics
import TestSupport
import Testing

@testable import Hospitals

@Suite("A case series from the Common Data Model")
struct ModelSeriesTests {
  private let design: SeriesDesign

  init() throws { design = try SeriesDesign(risk: [try #require(RiskWindow("0:end"))]) }

  private static let eraHeader =
    "drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date\n"

  private func read(
    _ conditions: String, _ drugs: String, _ more: [String: String] = [:], drug: String = "7"
  ) throws -> SeriesTables.Reading {
    let files = [
      "condition_occurrence.csv": MadeUpModel.conditionHeader + conditions,
      "drug_era.csv": Self.eraHeader + drugs,
    ]
    let model = try MadeUpModel(files.merging(more) { $1 })
    let series = try ModelSeries(
      try model.folder(), drugs: try #require(ConceptSet(drug)), conditions: ConceptSet([5]))
    return try series.read(design)
  }

  @Test func `it is the series of the same events, exposures and observed time in three tables`()
    throws
  {
    let found = try read(
      "1,1,5,2012-03-04,,0,a\n2,1,5,2015-01-01,,0,a\n3,2,5,2012-05-01,,0,a\n4,3,6,2012-01-01,,0,b\n",
      "1,1,7,2012-03-01,2012-04-01\n2,2,7,2013-01-01,2013-02-01\n3,3,7,2013-01-01,2013-02-01\n"
        + "4,2,8,2012-04-20,2012-06-01\n")
    let scratch = try ScratchFolder()
    var tables = SeriesTables(
      events: try scratch.write(
        "person,day\n1,2012-03-04\n1,2015-01-01\n2,2012-05-01\n", to: "e.csv"),
      exposures: try scratch.write(
        "person,start,end\n1,2012-03-01,2012-04-01\n2,2013-01-01,2013-02-01\n", to: "x.csv"),
      observation: try scratch.write(
        "person,start,end\n1,2010-01-01,2020-12-31\n2,2010-01-01,2014-12-31\n"
          + "2,2016-01-01,2020-12-31\n", to: "o.csv"))
    tables.exposureColumns = .init("person", "start", "end")
    let wanted = try tables.read(design).series
    #expect(found.series.cases == 2 && found.series.events == 3)
    let (one, other) = (try found.series.estimate(), try wanted.estimate())
    #expect(one.findings == other.findings)
    #expect(found.rows == [4, 4, 3, 4] && found.refused == [0, 0, 0, 0])
  }

  @Test func `concepts below the named ones count, where the vocabulary is there`() throws {
    let conditions = "1,1,5,2012-03-04,,0,a\n"
    let drugs = "1,1,71,2012-03-01,2012-04-01\n"
    let ancestors =
      "ancestor_concept_id,descendant_concept_id,min_levels_of_separation,"
      + "max_levels_of_separation\n7,71,1,1\n7,7,0,0\n5,5,0,0\n"
    let without = try read(conditions, drugs).series
    #expect(without.casesUnexposed == 1)
    let with = try read(conditions, drugs, ["concept_ancestor.csv": ancestors])
    #expect(with.series.casesUnexposed == 0)
  }

  @Test func `rows that contradict themselves are refused, and strangers are passed over`() throws {
    let found = try read(
      "1,1,5,2012-03-04,,0,a\n2,9,5,2012-03-04,,0,a\n3,2,5,soon,,0,a\n4,3,5,2012-01-02,2012-01-01,0,a\n",
      "1,1,7,2012-04-01,2012-03-01\n",
      ["observation_period.csv": MadeUpModel.periods + "5,1,2020-01-01,2021-01-01,0\n"])
    #expect(found.refused == [2, 1, 0, 1])
    // Person 9 has an event and no row among the persons.
    #expect(found.series.cases == 1 && found.unobserved == 1)
  }

  @Test func `tables or columns that are needed are asked for`() throws {
    let model = try MadeUpModel(["drug_era.csv": Self.eraHeader + "1,1,7,2012-03-01,2012-04-01\n"])
    #expect(throws: HospitalError.self) {
      try ModelSeries(try model.folder(), drugs: ConceptSet([7]), conditions: ConceptSet([5]))
    }
    #expect(ConceptSet("1,x") == nil && ConceptSet("") == nil && ConceptSet("1,,2") == nil)
    #expect(ConceptSet("1539403, 1545958")?.named == [1_539_403, 1_545_958])
  }

  @Test func `a made-up hospital tells its ratio back, by eras and by records, and is whole`()
    throws
  {
    let scratch = try ScratchFolder()
    var simulation = ModelSimulation(people: 6_000, seed: 11)
    simulation.ratio = 3
    let rows = try simulation.write(into: scratch.url.path)
    let folder = try RecordFolder(at: scratch.url, .init(layouts: MadeUpModel.layouts))
    let reading = try FolderReading(folder)
    #expect(reading.isComplete && reading.accounts.reduce(0) { $0 + $1.rows } == rows)
    #expect(reading.accounts.allSatisfy { $0.refused.isEmpty })
    for tables in ModelSeries.Tables.allCases {
      let series = try ModelSeries(
        folder, drugs: ConceptSet([simulation.drug]),
        conditions: ConceptSet([simulation.condition]), tables: tables)
      let risk = try #require(try series.read(design).series.estimate().findings.first?.estimate)
      #expect(abs(risk.logRatio - Foundation.log(3)) < 3 * risk.standardError)
      #expect(risk.standardError < 0.15)
    }
    let again = try ScratchFolder()
    _ = try simulation.write(into: again.url.path)
    #expect(try files(in: again.url) == files(in: scratch.url))
  }
}
