import Foundation
import TestSupport
import Testing

@testable import Hospitals

@Suite("Reading a folder of the Common Data Model")
struct FolderReadingTests {
  private func conditions(
    _ rows: String, lastDay: String? = nil, _ more: [String: String] = [:]
  ) throws -> TableAccount {
    let files = ["condition_occurrence.csv": MadeUpModel.conditionHeader + rows]
    let reading = try MadeUpModel(files.merging(more) { $1 }).reading(lastDay: lastDay)
    #expect(reading.isComplete)
    return try #require(reading.account("condition_occurrence"))
  }

  @Test func `rows are taken that are as they should be`() throws {
    let found = try conditions(
      "1,1,312327,2012-03-04,,32817,I21\n2,2,0,2012-03-04,2012-04-01,32817,X\n")
    #expect(found.rows == 2 && found.taken == 2 && found.refused.isEmpty && found.persons == 2)
    #expect(found.outsideObservation == 0)
    let codes = try #require(found.codes["condition_concept_id"])
    #expect(codes.count == 2 && codes.mapped == 1)
  }

  @Test(
    "each row that cannot be is refused for its reason",
    arguments: [
      ("9,1,312327,2012-03-04\n", .unreadableRow, ""),
      ("9,1,312327,2012-03-04,,32817,a,b\n", .unreadableRow, ""),
      ("9,1,312327,2012-03-04,,32817,a\u{0}b\n", .unreadableRow, ""),
      ("9,1,312327,,,32817,a\n", .missingValue, "condition_start_date"),
      ("9,1,NA,2012-03-04,,32817,a\n", .missingValue, "condition_concept_id"),
      ("9,1,312327,2012-02-30,,32817,a\n", .notADate, "condition_start_date"),
      ("9,1,312327,04.03.2012,,32817,a\n", .notADate, "condition_start_date"),
      ("9,1,I21,2012-03-04,,32817,a\n", .notANumber, "condition_concept_id"),
      ("9,1,99999999999999999999,2012-03-04,,32817,a\n", .notANumber, "condition_concept_id"),
      ("7,1,312327,2012-03-04,,32817,a\n", .duplicateIdentifier, "condition_occurrence_id"),
      ("9,4,312327,2012-03-04,,32817,a\n", .unknownPerson, "person_id"),
      ("9,1,312327,1970-02-02,,32817,a\n", .beforeBirth, "condition_start_date"),
      ("9,3,312327,2018-08-01,,32817,a\n", .afterDeath, "condition_start_date"),
      ("9,1,312327,2021-01-01,,32817,a\n", .afterLastDay, "condition_start_date"),
      ("9,1,312327,2012-03-04,2012-03-03,32817,a\n", .endBeforeStart, "condition_end_date"),
    ] as [(String, RowRefusal.Reason, String)])
  func refusals(_ row: String, _ reason: RowRefusal.Reason, _ field: String) throws {
    let death = "person_id,death_date\n3,2018-06-01\n"
    let found = try conditions(
      "7,1,312327,2012-03-04,,32817,good\n" + row, lastDay: "2020-12-31", ["death.csv": death])
    #expect(found.refused == [RowRefusal(reason, field): 1])
    #expect(found.rows == 2 && found.taken == 1)
  }

  @Test func `what may be right is not refused`() throws {
    // Person 2 was born in 1980 on an unknown day; a bill comes 60 days after the death of person 3.
    let found = try conditions(
      "1,2,312327,1980-01-01,,32817,a\n2,3,312327,2018-07-31,,32817,a\n",
      ["death.csv": "person_id,death_date\n3,2018-06-01\n"])
    #expect(found.taken == 2 && found.outsideObservation == 1)
  }

  @Test func `an unreadable value that a row can do without counts against its field`() throws {
    let found = try conditions("1,1,312327,2012-03-04,soon,32817,a\n")
    #expect(found.taken == 1)
    #expect(found.fields.first { $0.field.name == "condition_end_date" }?.unreadable == 1)
  }

  @Test func `a column that every row needs and nobody wrote refuses all rows`() throws {
    let text = "condition_occurrence_id,person_id,condition_concept_id\n1,1,2\n2,1,2\n"
    let reading = try MadeUpModel(["condition_occurrence.csv": text]).reading()
    let found = try #require(reading.account("condition_occurrence"))
    #expect(found.refused == [RowRefusal(.missingColumn, "condition_start_date"): 2])
    let check = QualityReport(reading).checks.first {
      $0.name == "cdmField" && $0.field == "condition_start_date"
    }
    #expect(check?.status == .failed)
  }

  @Test func `persons are refused who repeat, or whose birthday is none`() throws {
    let more = "1,8507,1971,,,0,0\n5,8507,1700,,,0,0\n6,8507,1980,2,30,0,0\n7,8507,2021,,,0,0\n"
    let reading = try MadeUpModel(["person.csv": MadeUpModel.persons + more])
      .reading(lastDay: "2020-12-31")
    let found = try #require(reading.account("person"))
    #expect(found.taken == 3 && reading.persons == 3 && found.isComplete)
    #expect(found.refusals(.implausibleBirth) == 3)
    #expect(found.refusals(.duplicateIdentifier) == 1)
  }

  @Test
  func `observed time is refused that overlaps, or begins before birth or ends before it began`()
    throws
  {
    let more =
      "5,1,2020-12-31,2021-02-01,1\n6,2,2015-01-01,2015-12-31,1\n7,3,1990-12-30,1991-01-01,1\n"
      + "8,3,2009-01-01,2008-01-01,1\n"
    let found = try #require(
      try MadeUpModel(["observation_period.csv": MadeUpModel.periods + more]).reading()
        .account("observation_period"))
    #expect(found.taken == 5 && found.refusals(.overlappingPeriod) == 1)
    #expect(found.refusals(.beforeBirth) == 1 && found.refusals(.endBeforeStart) == 1)
  }

  @Test func `a row that is no UTF-8 is read as Latin-1 and counted`() throws {
    let model = try MadeUpModel()
    let text = Data(MadeUpModel.conditionHeader.utf8 + Array("1,1,2,2012-03-04,,1,M".utf8))
    try model.scratch.write(text + Data([0xFC, 0x0A]), to: "condition_occurrence.csv")
    let found = try #require(try model.reading().account("condition_occurrence"))
    #expect(found.taken == 1 && found.latinRows == 1)
  }

  @Test func `tables without a header are read by the order of the fields`() throws {
    let model = try MadeUpModel([
      "death.tsv": "1\t2019-01-01\t\t32817\t\t\t\n", "drug_era.csv": "",
    ])
    let found = try #require(try model.reading().account("death"))
    #expect(found.rows == 1 && found.taken == 1)
  }

  @Test func `a visit that nobody made is told, and concepts are held against the vocabulary`()
    throws
  {
    let concepts = """
      concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,\
      concept_code,valid_start_date,valid_end_date,invalid_reason
      11,a,Condition,SNOMED,x,S,1,19700101,20991231,
      12,b,Drug,RxNorm,x,S,2,1970-01-01,2099-12-31,
      13,c,Condition,ICD10CM,x,,3,19700101,20991231,

      """
    let header =
      "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
      + "condition_type_concept_id,visit_occurrence_id\n"
    let rows =
      "1,1,11,2012-01-01,0,5\n2,1,12,2012-01-01,0,6\n3,1,13,2012-01-01,0,\n4,1,14,2012-01-01,0,\n"
    let visits =
      "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,"
      + "visit_type_concept_id\n5,1,0,2012-01-01,2012-01-01,0\n"
    let reading = try MadeUpModel([
      "concept.csv": concepts, "visit_occurrence.csv": visits,
      "condition_occurrence.csv": header + rows,
    ]).reading()
    let found = try #require(reading.account("condition_occurrence"))
    #expect(found.taken == 4)
    let concept = try #require(found.fields.first { $0.field.name == "condition_concept_id" })
    #expect(concept.otherDomain == 1 && concept.notStandard == 1 && concept.dangling == 1)
    let visit = try #require(found.fields.first { $0.field.name == "visit_occurrence_id" })
    #expect(visit.isLookedUp && visit.dangling == 1)
  }

  @Test func `identifiers are told apart as a set of the language does, dense or scattered`() {
    var random = SystemRandomNumberGenerator()
    var ours = IdentifierSet()
    var theirs: Set<Int> = []
    for round in 0..<30_000 {
      let number =
        round % 3 == 0
        ? Int.random(in: -5_000..<5_000, using: &random)
        : Int.random(in: Int.min...Int.max, using: &random) >> (round % 7 * 8)
      #expect(ours.insert(number) == theirs.insert(number).inserted)
    }
    #expect(theirs.allSatisfy(ours.contains))
    #expect((-9_000..<9_000).allSatisfy { ours.contains($0) == theirs.contains($0) })
  }

  @Test func `garbage is refused or told, and every row has its place`() throws {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "1", "2", ",", ",", ",", "\n", "\n", "\"", "2012-03-04", "é", "\t", "NA", "-", "0",
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0..<200)).map { _ in pieces.randomElement(using: &random) ?? ""
      }
      .joined()
      let files = ["condition_occurrence.csv": MadeUpModel.conditionHeader + text]
      #expect(try MadeUpModel(files).reading().isComplete)
    }
  }
}
