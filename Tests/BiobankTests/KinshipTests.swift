import Foundation
import Parallelism
import TestSupport
import Testing

@testable import Biobank

@Suite("Kinship of people")
struct KinshipTests {
  private func counts(
    _ files: PlinkFiles, _ one: String, _ other: String
  ) throws -> KinshipCounts {
    let rows = try [one, other].map { name in
      try #require(files.people.firstIndex { $0.id == name })
    }
    return GenotypePlanes(files, variants: Array(files.variants.indices)[...], rows: rows)
      .counts(0, 1)
  }

  @Test("Counts and kinship equal plink2's table", .enabled(if: SharedData.isPresent))
  func reference() throws {
    let files = try hapMap(try ScratchFolder())
    // plink2 --bfile HM3 --make-king-table counts cols=+ibs1 (PLINK v2.00a3.5):
    // NSNP, HETHET, IBS0, HET2_HOM1, HET1_HOM2, KINSHIP. This version of plink2 has the last two
    // counts in each other's place: its --het gives NA19835 6,351 heterozygous genotypes.
    let expected: [(String, String, [Int], Double)] = [
      ("NA19835", "NA19916", [14_062, 2_984, 1_510, 3_364, 3_372], -0.0031506),
      ("NA20282", "NA19916", [14_026, 3_053, 1_498, 3_431, 3_287], -0.00118297),
      ("NA20301", "NA20282", [13_996, 4_248, 309, 2_183, 2_227], 0.280516),
      ("NA21352", "NA21414", [14_031, 3_215, 693, 3_286, 3_223], 0.139601),
      ("NA19660", "NA19664", [14_012, 3_050, 851, 3_167, 3_212], 0.106603),
    ]
    for (one, other, numbers, kinship) in expected {
      let found = try counts(files, one, other)
      #expect(
        [
          found.known, found.bothHeterozygous, found.opposite, found.firstHeterozygous,
          found.secondHeterozygous,
        ] == numbers, "\(one) \(other)")
      #expect(abs(try #require(found.kinship) - kinship) < 1e-6, "\(one) \(other)")
    }
  }

  // The founders of HapMap 3 hold parents and children nonetheless (Pemberton et al., Am. J. Hum.
  // Genet. 2010, 87, 457): two families of Los Angeles run over three generations. The children of
  // the file of relationships are not among the genotypes.
  @Test(
    "Parents and children are of the first degree and never opposite, their parents no kin",
    .enabled(if: SharedData.isPresent),
    arguments: [("NA19685", "NA19661", "NA19660"), ("NA19675", "NA19679", "NA19678")])
  func trio(child: String, father: String, mother: String) throws {
    let files = try hapMap(try ScratchFolder())
    for parent in [father, mother] {
      let found = try counts(files, child, parent)
      #expect(Relationship(kinship: try #require(found.kinship)) == .firstDegree)
      #expect(found.opposite <= 2)
    }
    let parents = try counts(files, father, mother)
    #expect(Relationship(kinship: try #require(parents.kinship)) == nil)
    #expect(parents.opposite > 500)
  }

  @Test(
    "All pairs of 300 people: the relatives that plink2 finds, with any number of threads",
    .enabled(if: SharedData.isPresent))
  func pairs() throws {
    let files = try hapMap(try ScratchFolder())
    let search = KinshipSearch(
      files, variants: Array(files.variants.indices), rows: Array(0..<300))
    let found = search.pairs(above: 0.0442, WorkerPool(threads: 2))
    // plink2 --keep 7 --make-king-table counts --king-table-filter .0442
    #expect(found.count == 11)
    #expect(found.count { $0.kinship > 0.177 } == 7)
    #expect(found.count { $0.kinship > 0.0884 } == 9)
    #expect(abs(found.reduce(0) { $0 + $1.kinship } - 2.07763) < 1e-4)
    #expect(found.reduce(0) { $0 + $1.counts.opposite } == 6_481)
    let few = KinshipSearch(
      files, variants: Array(stride(from: 0, to: files.variants.count, by: 20)),
      rows: Array(0..<300))
    #expect(
      few.pairs(above: 0, WorkerPool(threads: 1)) == few.pairs(above: 0, WorkerPool(threads: 3)))
  }

  @Test(
    "All pairs of 957 people, and as many kept as plink2 keeps",
    .enabled(
      if: SharedData.isPresent && ProcessInfo.processInfo.environment["OSONG_FULL_TESTS"] != nil,
      "slow: OSONG_FULL_TESTS=1"))
  func everyone() throws {
    let files = try hapMap(try ScratchFolder())
    let found = KinshipSearch(
      files, variants: Array(files.variants.indices), rows: Array(files.people.indices)
    ).pairs(above: 0.0442, WorkerPool(threads: 2))
    #expect(found.count == 202)
    #expect(found.count { $0.kinship > 0.0884 } == 107)
    #expect(found.count { $0.kinship > 0.177 } == 47)
    let near = found.filter { $0.kinship > 0.0884 }.map { ($0.first, $0.second) }
    let order = Dictionary(uniqueKeysWithValues: files.people.indices.map { ($0, $0) })
    let gone = UnrelatedChoice.leftOut(near, order: order)
    // plink2 --king-cutoff .0884 keeps 887.
    #expect(957 - gone.count >= 887)
    #expect(near.allSatisfy { gone.contains($0.0) || gone.contains($0.1) })
  }

  @Test("The same genotypes twice have kinship ½; nobody heterozygous has none")
  func edges() {
    #expect(KinshipCounts(bothHeterozygous: 10, bothHomozygous: 5).kinship == 0.5)
    #expect(KinshipCounts(opposite: 3, firstHeterozygous: 4).kinship == nil)
    #expect(KinshipCounts().kinship == nil)
    let degrees = [0.5, 0.354, 0.25, 0.177, 0.1, 0.0884, 0.05, 0.0442, -1].map {
      Relationship(kinship: $0)
    }
    #expect(
      degrees == [
        .same, .firstDegree, .firstDegree, .secondDegree, .secondDegree, .thirdDegree,
        .thirdDegree, nil, nil,
      ])
  }

  @Test("The one with most relatives goes first, ties by name, and nobody goes for nothing")
  func choice() {
    let order = Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, $0) })
    // A star: its middle goes. A pair: the later name goes. A chain of four: two stay.
    let pairs = [(0, 1), (0, 2), (0, 3), (4, 5), (6, 7), (7, 8), (8, 9)]
    let gone = UnrelatedChoice.leftOut(pairs, order: order)
    #expect(gone.contains(0) && gone.contains(5) && !gone.contains(4))
    #expect(gone.isDisjoint(with: [1, 2, 3]))
    #expect(gone.intersection([6, 7, 8, 9]).count == 2)
    let turned = pairs.reversed().map { ($0.1, $0.0) }
    #expect(UnrelatedChoice.leftOut(turned, order: order) == gone)
    #expect(UnrelatedChoice.leftOut([], order: order).isEmpty)
  }
}
