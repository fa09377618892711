import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Fine mapping in a cohort")
struct FineMappingTests {
  @Test("The variants that act are in the sets, one set each, whatever the covariates do")
  func planted() throws {
    var cohort = try MadeUpCohort(people: 600, variants: 40, missing: 0.01)
    let files = try PlinkFiles(prefix: cohort.prefix)
    let (one, two) = (files.dosages(5), files.dosages(14))
    cohort.trait = cohort.trait.enumerated().map { person, noise in
      noise + 0.8 * (one[person] ?? 1) - 0.7 * (two[person] ?? 1)
        + 5 * cohort.covariates[0][person]
    }
    let region = try #require(GenomeRegion("1:1-20"))
    let found = try FineMapping(
      GenotypeStream(prefix: cohort.prefix) { region.holds($0) }, people: cohort.chosen())
    #expect(found.rows.map(\.variant.id) == (0..<20).map { "v\($0)" })
    #expect(found.isConverged && found.sets.count == 2 && found.leftOut == 0)
    for place in [5, 14] {
      #expect(found.rows[place].inclusion > 0.95 && found.rows[place].credibleSet != nil)
    }
    #expect(found.rows[5].credibleSet != found.rows[14].credibleSet)
    #expect(found.rows.filter { $0.credibleSet == nil }.allSatisfy { $0.inclusion < 0.2 })
  }

  @Test("Where nothing acts there is no set") func nothing() throws {
    let cohort = try MadeUpCohort(people: 300, variants: 20, missing: 0)
    let found = try FineMapping(GenotypeStream(prefix: cohort.prefix), people: cohort.chosen())
    #expect(found.sets.isEmpty)
    #expect(found.rows.map(\.inclusion).reduce(0, +) < 2, "\(found.rows.map(\.inclusion))")
  }

  @Test("Who may not be read leaves no trace") func consent() throws {
    let cohort = try MadeUpCohort(people: 131, variants: 20, missing: 0.03)
    let allowed = Set((0..<131).filter { $0 % 5 != 2 }.map { "p\($0)" })
    let asked = try FineMapping(
      GenotypeStream(prefix: cohort.prefix), people: cohort.chosen(allowed: allowed))
    let other = try cohort.without { !allowed.contains($0) }
    let never = try FineMapping(GenotypeStream(prefix: other.prefix), people: other.chosen())
    #expect(asked.rows.map(\.inclusion) == never.rows.map(\.inclusion))
  }

  @Test(
    "A region is a chromosome and two positions",
    arguments: [
      ("19:11000000-11200000", true), ("X:1,000-2,000", true), ("19", false), ("19:5", false),
      ("19:9-5", false), (":1-2", false), ("1:a-b", false), ("1:-5-9", false),
    ])
  func region(text: String, isOne: Bool) {
    #expect((GenomeRegion(text) != nil) == isOne)
  }

  @Test("A region of more genotypes than are kept at once is refused before any is read")
  func large() throws {
    let cohort = try MadeUpCohort(people: 60, variants: 20, missing: 0)
    let people = try cohort.chosen()
    let stream = try GenotypeStream(prefix: cohort.prefix)
    #expect(throws: BiobankError.self) { try FineMapping(stream, people: people, atMost: 1199) }
    #expect(try FineMapping(stream, people: people, atMost: 1200).rows.count == 20)
  }

  @Test("An empty region and one with few carriers are refused in words") func few() throws {
    var cohort = try MadeUpCohort(people: 60, variants: 1, missing: 0)
    try cohort.write([(0..<60).map { $0 < 3 ? .one : .none }])
    let people = try cohort.chosen()
    #expect(throws: BiobankError.self) {
      try FineMapping(GenotypeStream(prefix: cohort.prefix), people: people)
    }
    #expect(throws: BiobankError.self) {
      try FineMapping(GenotypeStream(prefix: cohort.prefix) { _ in false }, people: people)
    }
  }
}
