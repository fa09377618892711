import Entities
import Foundation
import Patents
import Records
import Statistics
import Testing

struct EmergenceTests {
  private static func corpus(growing: Bool) -> ClassCorpus {
    var random = Xoshiro256(seed: 5)
    return ClassCorpus(
      (0..<1200).map { number in
        let year = 2011 + number % 6
        let chance = growing && year >= 2014 ? 0.3 : 0.1
        var classes: Set<String> = ["A61K"]
        if random.drawUnit() < chance { classes.insert("C12N") }
        if random.drawUnit() < 0.3 { classes.insert("C07K") }
        if random.drawUnit() < 0.2 { classes.insert("C12Q") }
        return ("D\(number)", year, classes)
      })
  }

  @Test func `a class that was planted to grow comes first, and nothing else`() throws {
    let found = try ClassEmergence(of: Self.corpus(growing: true), window: 3)
    #expect(found.late == 2014...2016)
    #expect(found.early == 2011...2013)
    #expect(found.leftOut == 0)
    let significant = found.comparison.classes.filter { $0.qValue <= 0.05 }
    #expect(significant.map(\.classes) == [["C12N"]])
    let growth = try #require(significant.first)
    #expect(growth.ratio > 2 && growth.ratio < 5)
    #expect(growth.count + growth.otherCount <= 1200)
  }

  @Test func `a pair does not rise because one of its classes does`() throws {
    let pairs = try ClassEmergence(of: Self.corpus(growing: true), window: 3).comparison.pairs
    let pair = try #require(pairs.first { $0.classes == ["A61K", "C12N"] })
    // Every document has A61K, so within C12N the pair cannot rise.
    #expect(pair.pValue == 1)
    #expect(abs((pair.lift ?? 0) - 1) < 1e-12)
  }

  @Test func `a pair that was planted to come together is found with its lift`() throws {
    let corpus = ClassCorpus(
      (0..<800).map { number in
        let isLate = number >= 400
        let (a, b) =
          isLate ? (number % 4 == 0, number % 4 == 0) : (number % 4 == 0, number % 4 == 1)
        return (
          "D\(number)", isLate ? 2020 : 2019,
          Set(["G01N"] + (a ? ["A61P"] : []) + (b ? ["C07D"] : []))
        )
      })
    let found = try ClassEmergence(of: corpus, window: 1)
    #expect(found.comparison.classes.allSatisfy { $0.qValue > 0.05 })
    let first = try #require(found.comparison.pairs.first)
    #expect(first.classes == ["A61P", "C07D"])
    #expect(first.qValue < 1e-6)
    #expect(abs((first.lift ?? 0) - 4) < 1e-9)
  }

  @Test func `documents without years give a reason, not an empty table`() {
    let corpus = ClassCorpus([("a", nil, ["A61K"]), ("b", nil, ["C12N"])])
    #expect(throws: OutlookError.self) { try ClassEmergence(of: corpus, window: 3) }
    let young = ClassCorpus([("a", 2020, ["A61K"]), ("b", 2020, ["C12N"])])
    #expect(throws: OutlookError.self) { try ClassEmergence(of: young, window: 3) }
  }

  @Test func `documents of both corpora take no part`() {
    let one = ClassCorpus((0..<30).map { ("D\($0)", nil, ["A61K"]) })
    let other = ClassCorpus((20..<60).map { ("D\($0)", nil, ["C12N"]) })
    let found = ClassEmergence(of: one, against: other)
    #expect(found.leftOut == 10)
    #expect(found.comparison.documents == 20)
    #expect(found.comparison.otherDocuments == 30)
    #expect(found.comparison.classes.first?.classes == ["A61K"])
  }

  @Test func `the earliest year of a family counts, and bad rows are named`() throws {
    let text = """
      family,cpc,priority_date
      F1,C12N 15/113; A61K31/00,2015-03-01
      F1,C12N9/22,2013
      F2,nonsense,2014
      F3,C07K16/28,soon
      ,C07K16/28,2014
      F4,C07K16/28

      """
    let corpus = try ClassCorpus(.bytes(Array(text.utf8)), depth: .mainGroup)
    #expect(corpus.documents.count == 1)
    #expect(corpus.documents[0].year == 2013)
    #expect(corpus.classes == ["A61K31", "C12N15", "C12N9"])
    #expect(corpus.rows.taken == 2)
    #expect(corpus.rows.refused.values.reduce(0, +) == 4)
    #expect(corpus.rows.examples.map(\.line) == [4, 5, 6, 7])
  }
}
