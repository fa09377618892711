import Foundation
import Statistics
import TestSupport
import Testing

@testable import PublicSample

@Suite("Disclosure")
struct DisclosureTests {
  @Test func `anonymity, diversity and closeness are those of the definitions`() throws {
    // Classes: a a a (x x y), b b (z z), c (x).
    let risk = try DisclosureRisk(
      quasi: [["a", "a", "a", "b", "b", "c"]],
      sensitive: ["dx": ["x", "x", "y", "z", "z", "x"]],
      weights: [Double](repeating: 10, count: 6), minimum: 3)
    #expect(risk.people == 6 && risk.classes == 3 && risk.anonymity == 1)
    #expect(risk.peopleInSmallClasses == 3)
    #expect(risk.sampleUniques == 1 && risk.samplePairs == 1)
    // π = 0.1: 0.1·1 / (0.1·1 + 2·0.9·1).
    #expect(abs((risk.matchProbability ?? 0) - 0.1 / 1.9) < 1e-12)
    let found = try #require(risk.sensitive["dx"])
    #expect(found.distinctDiversity == 1 && abs(found.entropyDiversity - 1) < 1e-12)
    // Everybody: x ½, y 1/6, z 1/3; the farthest class is b: ½(½ + 1/6 + 2/3).
    #expect(abs(found.closeness - 2.0 / 3) < 1e-12)
    #expect(found.peopleInUniformClasses == 3)
  }

  @Test func `weights that stand for fewer people than there are make no risk`() {
    #expect(
      sentence {
        _ = try DisclosureRisk(quasi: [["a", "b"]], sensitive: [:], weights: [0.1, 0.2])
      }.contains("do not say how many people"))
    #expect(
      !sentence { _ = try DisclosureRisk(quasi: [], sensitive: [:], weights: nil) }.isEmpty)
  }

  @Test func `the data intrusion simulation comes near the truth of a population`() throws {
    // 20,000 people in cells of all sizes; each is drawn with probability 0.1.
    var random = Xoshiro256(seed: 7)
    let population = (0..<20_000).map { _ in
      let unit = random.drawUnit()
      return "\(Int(unit * unit * unit * 9000))"
    }
    var sizes: [String: Int] = [:]
    for key in population { sizes[key, default: 0] += 1 }
    var errors: [Double] = []
    for _ in 0..<10 {
      let sample = population.filter { _ in random.drawUnit() < 0.1 }
      let risk = try DisclosureRisk(
        quasi: [sample], sensitive: [:],
        weights: [Double](
          repeating: Double(population.count) / Double(sample.count), count: sample.count))
      var counts: [String: Int] = [:]
      for key in sample { counts[key, default: 0] += 1 }
      // Somebody of the population who fits a sample unique is it: uniques over all who fit one.
      let uniques = counts.filter { $0.value == 1 }.map { sizes[$0.key] ?? 0 }
      let truth = Double(uniques.count) / Double(uniques.reduce(0, +))
      errors.append((risk.matchProbability ?? 0) / truth - 1)
    }
    #expect(abs(errors.reduce(0, +) / 10) < 0.08, "\(errors)")
  }
}

@Suite("Mapping")
struct MappingTests {
  private let sssom = """
    #mapping_set_id: made up
    #license: none
    subject_id\tsubject_label\tpredicate_id\tobject_id\tpredicate_modifier
    MONDO:0005148\ttype 2\tskos:exactMatch\tICD10:E11\t
    MONDO:0005147\ttype 1\tskos:exactMatch\tICD10:E10\t
    MONDO:0000001\tany\tskos:broadMatch\tICD10:I10\t
    MONDO:0000002\tnot\tskos:exactMatch\tICD10:I10\tNot
    MONDO:0000003\ttwo\tskos:exactMatch\tICD10:J45.0\t
    MONDO:0000004\ttwo\tskos:exactMatch\tICD10:J45.0\t
    MONDO:0000005\tself\tskos:exactMatch\tMONDO:0000006\t

    """

  @Test func `a code is mapped where the mapping names it, and never by a guess`() throws {
    let scratch = try ScratchFolder()
    let map = try DiseaseMap(path: try scratch.write(sssom, to: "m.sssom.tsv"))
    #expect(map.used == 4 && map.otherRelations == 2 && map.refused.total == 1)
    #expect(map.diseases["E11"] == ["MONDO:0005148"])
    #expect(map.diseases["I10"] == nil)
    let coverage = map.coverage(
      of: ["E11", "E11.9", "e11", "J45.0", "I10", ""], weights: [2, 3, 5, 7, 11, 13])
    #expect(coverage.mapped.map(\.code) == ["E11"])
    #expect(coverage.mapped.map(\.weight) == [7])
    #expect(coverage.ambiguous.map(\.code) == ["J450"])
    #expect(coverage.unmapped.map(\.code) == ["I10", "E119"])
    #expect(abs(coverage.weightShare - 7.0 / 28) < 1e-12)
    let broad = try DiseaseMap(
      path: scratch.path("m.sssom.tsv"), predicates: ["skos:broadMatch"])
    #expect(broad.diseases == ["I10": ["MONDO:0000001"]])
  }

  @Test func `two columns are a mapping too, and other tables are none`() throws {
    let scratch = try ScratchFolder()
    let map = try DiseaseMap(
      path: try scratch.write("kcd,disease\nE11.9,MONDO:0005148\n", to: "m.csv"))
    #expect(map.diseases == ["E119": ["MONDO:0005148"]])
    for text in ["a,b,c\n1,2,3\n", "a,b\n1,2\n", "", "#only\n"] {
      let path = try scratch.write(text, to: "bad.csv")
      #expect(!sentence { _ = try DiseaseMap(path: path) }.isEmpty, "\(text)")
    }
  }

  @Test func `codes of few records are told together, and never alone`() throws {
    let scratch = try ScratchFolder()
    let map = try DiseaseMap(path: try scratch.write(sssom, to: "m.sssom.tsv"))
    var codes = [String](repeating: "E11", count: 40) + [String](repeating: "E10", count: 6)
    codes += ["I10", "I10", "I11"]
    let rows = map.coverage(of: codes, weights: codes.map { _ in 1 }).table()
    #expect(rows.map { $0[0] } == ["E11", "(3 rare codes)"])
    #expect(rows[1][1] == "9")
    #expect(map.coverage(of: ["E11"], weights: [1]).table().isEmpty)
  }
}
