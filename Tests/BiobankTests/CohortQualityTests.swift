import Foundation
import Parallelism
import TestSupport
import Testing

@testable import Biobank

@Suite("Quality of a cohort's genotypes")
struct CohortQualityTests {
  private let pool = WorkerPool(threads: 2)

  /// Nothing is left out.
  private var open: QualityThresholds {
    var thresholds = QualityThresholds()
    thresholds.variantCallRate = 0
    thresholds.hardyWeinberg = 0
    return thresholds
  }

  private func person(_ files: PlinkFiles, _ name: String, in pass: QualityPass) throws
    -> PersonQuality
  {
    pass.people[try #require(files.people.firstIndex { $0.id == name })]
  }

  @Test(
    "Missing genotypes and F equal plink2's in every person", .enabled(if: SharedData.isPresent))
  func people() throws {
    let files = try hapMap(try ScratchFolder())
    let pass = QualityPass(files, rows: Array(files.people.indices), open, pool)
    let rows = try SharedData.text("references/genotype_qc/expected_sample_missing_hapmap3.tsv")
      .split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { Int($0[3]) } == pass.people.map { $0.offered - $0.called })
    #expect(rows.map { Int($0[4]) } == pass.people.map(\.offered))
    // plink2 --bfile HM3 --het (PLINK v2.00a3.5): O(HOM), E(HOM), OBS_CT, F
    let expected: [(String, Int, Double, Int, Double)] = [
      ("NA19916", 7_709, 7_538.33, 14_072, 0.0261223),
      ("NA19835", 7_718, 7_536.45, 14_069, 0.0277917),
      ("NA20876", 7_781, 7_533.67, 14_063, 0.0378802),
      ("NA19207", 7_781, 7_535.46, 14_067, 0.0375934),
    ]
    for (name, observed, homozygous, known, coefficient) in expected {
      let found = try person(files, name, in: pass).autosomes
      #expect(found.observed == observed && found.known == known)
      #expect(abs(found.expected - homozygous) < 0.006)
      #expect(abs(try #require(found.coefficient) - coefficient) < 1e-6)
    }
  }

  // Chromosome 22 called X, men's heterozygotes made homozygous but for those where the variant's
  // place on the chromosome and the person's row add up to a multiple of 50.
  @Test("F on X and the sexes equal plink 1.9's", .enabled(if: SharedData.isPresent))
  func sexes() throws {
    let scratch = try ScratchFolder()
    let files = try hapMap(scratch)
    let chromosome = files.variants.indices.filter { files.variants[$0].chromosome == "22" }
    let first = try #require(chromosome.first)
    #expect(chromosome == Array(first..<first + chromosome.count))
    let made = try rewritten(
      files, variants: chromosome, to: scratch.path("x"),
      { variant, row, genotype in
        let stays = (variant - first + row) % 50 == 0
        return genotype == .one && files.people[row].sex == 1 && !stays ? .two : genotype
      }, chromosome: { _ in "23" })
    let pass = QualityPass(made, rows: Array(made.people.indices), open, pool)
    // plink1.9 --check-sex (PLINK v1.90b6.26)
    let expected = [
      "NA19916": 0.9774, "NA19835": 0.07932, "NA06989": 0.2001, "NA21102": 0.268,
      "NA19376": 0.9849, "NA19788": 0.2425,
    ]
    for (name, coefficient) in expected {
      let found = try #require(try person(made, name, in: pass).x.coefficient)
      #expect(abs(found - coefficient) < 6e-5)
    }
    var told: [PersonQuality.Sex: [Int: Int]] = [:]
    for (row, person) in zip(made.people, pass.people) {
      told[person.sex(told: row.sex, open), default: [:]][row.sex, default: 0] += 1
    }
    #expect(told == [.agrees: [1: 470, 2: 483], .unclear: [2: 4]])
    // Told the other way round, all of them differ.
    let differ = zip(made.people, pass.people).count {
      $1.sex(told: 3 - $0.sex, open) == .differs
    }
    #expect(differ == 953)
  }

  @Test("A person whom no consent allows changes nothing for the others, to the bit")
  func consent() throws {
    let scratch = try ScratchFolder()
    let files = try madeUpCohort(scratch.path("a"))
    let rows = files.people.indices.filter { $0 % 5 != 2 }
    let never = try rewritten(files, rows: rows, to: scratch.path("b"))
    let asked = try CohortQuality(
      files, allowed: Set(rows.map { files.people[$0].id }), pool: pool)
    let other = try CohortQuality(never, allowed: nil, pool: WorkerPool(threads: 1))
    #expect(asked.people == other.people)
    #expect(asked.variants == other.variants)
    #expect(asked.relatives.map(\.counts) == other.relatives.map(\.counts))
    #expect(asked.components?.values == other.components?.values)
    #expect(asked.components?.vectors == other.components?.vectors)
    #expect(asked.components != nil)
  }

  @Test("The order of people changes no number and nobody's fate")
  func order() throws {
    let scratch = try ScratchFolder()
    let files = try madeUpCohort(scratch.path("a"))
    let turned = try rewritten(
      files, rows: files.people.indices.reversed(), to: scratch.path("b"))
    let one = try CohortQuality(files, allowed: nil, pool: pool)
    let other = try CohortQuality(turned, allowed: nil, pool: pool)
    #expect(one.people == other.people.reversed())
    #expect(one.variants == other.variants)
    #expect(one.components?.vectors == other.components?.vectors)
    #expect(
      Set(one.kept.map { files.people[$0].id }) == Set(other.kept.map { turned.people[$0].id }))
  }

  @Test("A child is told from its parents, and leaves; who is mixed up or badly measured too")
  func cohort() throws {
    let scratch = try ScratchFolder()
    let made = try madeUpCohort(scratch.path("a"))
    // Person 10 is unmeasured in every fifth variant; 11 is said to be a man; 12 is two people's
    // mixture; variant 0 is missing in all; variant 1 does not vary.
    let files = try rewritten(
      made, to: scratch.path("b"),
      { variant, row, genotype in
        if variant == 0 { return .missing }
        if variant == 1 { return .none }
        if row == 10, variant % 5 == 0 { return .missing }
        if row == 12, variant % 2 == 0 { return .one }
        return genotype
      })
    let fam = files.people.enumerated().map { row, person in
      "\(person.family) \(person.id) 0 0 \(row == 11 ? 1 : person.sex) -9\n"
    }
    try scratch.write(fam.joined(), to: "b.fam")
    let found = try CohortQuality(
      PlinkFiles(prefix: scratch.path("b")), allowed: nil, pool: pool)
    #expect(found.people[10].objections == [.callRate])
    #expect(found.people[11].objections == [.sex])
    #expect(found.people[12].objections.contains(.heterozygosity))
    #expect(found.people[59].objections == [.related])
    #expect(found.kept.count == 56)
    #expect(found.variants[0].objections(found.thresholds) == [.callRate])
    #expect(found.variants[0].frequency == nil)
    #expect(found.variants[1].objections(found.thresholds).isEmpty)
    #expect(found.variants[1].hardyWeinberg == 1)
    #expect(
      found.relatives.filter { $0.kinship > 0.177 }.map { [$0.first, $0.second] }
        == [[0, 59], [1, 59]])
    #expect(found.components?.rows.count == 56)
  }

  @Test("Without X no sex is doubted; one person alone has no components; nobody is an error")
  func edges() throws {
    let scratch = try ScratchFolder()
    let files = try madeUpCohort(scratch.path("a"))
    let plain = try rewritten(
      files, variants: files.variants.indices.filter { $0 % 4 != 3 }, to: scratch.path("b"))
    let found = try CohortQuality(plain, allowed: nil, pool: pool)
    #expect(found.people.allSatisfy { $0.x.coefficient == nil && !$0.objections.contains(.sex) })
    let alone = try CohortQuality(files, allowed: ["P3"], thresholds: open, pool: pool)
    #expect(alone.rows == [3])
    #expect(alone.components == nil && alone.withoutComponents != nil)
    #expect(alone.relatives.isEmpty)
    #expect(throws: BiobankError.self) {
      try CohortQuality(files, allowed: ["someone"], pool: pool)
    }
    let empty = try rewritten(files, to: scratch.path("c"), { _, _, _ in .missing })
    let nothing = try CohortQuality(empty, allowed: nil, pool: pool)
    #expect(nothing.kept.isEmpty && nothing.passing.isEmpty)
    let fam = "F P1 0 0 1 -9\nG P1 0 0 1 -9\n"
    try scratch.write(fam, to: "a.fam")
    try scratch.write(Data([0x6C, 0x1B, 1] + [UInt8](repeating: 0, count: 1_200)), to: "a.bed")
    #expect(throws: BiobankError.self) {
      try CohortQuality(PlinkFiles(prefix: scratch.path("a")), allowed: nil, pool: pool)
    }
  }

  @Test("On X a man has one allele, on Y a woman none, and only women are tested on X")
  func alleles() {
    // Unknown sex: none; men: 3 two, 1 one, 4 none; women: 1 two, 2 one, 5 none, 1 missing.
    let counts = [0, 0, 0, 0, 3, 0, 1, 4, 1, 1, 2, 5]
    let x = VariantQuality(variant: 0, chromosome: .x, counts: counts)
    #expect(x.people == 17 && x.called == 16)
    #expect(x.alleles == 3 + 4 && x.observed == 7 + 16)
    #expect(
      x.hardyWeinberg
        == HardyWeinberg.pValue(homozygous: 1, heterozygous: 2, otherHomozygous: 5))
    let y = VariantQuality(variant: 0, chromosome: .y, counts: counts)
    #expect(y.people == 8 && y.called == 8 && y.alleles == 3 && y.observed == 7)
    #expect(y.hardyWeinberg == nil)
    let autosome = VariantQuality(variant: 0, chromosome: .autosome, counts: counts)
    #expect(autosome.alleles == 11 && autosome.observed == 32)
    #expect(
      ["1", "chr22", "X", "chrX", "23", "Y", "24", "XY", "25", "MT", "0", "23andme"]
        .map(ChromosomeKind.init(name:)) == [
          .autosome, .autosome, .x, .x, .x, .y, .y, .other, .other, .other, .other, .other,
        ])
  }

  @Test("The components are a table of covariates, the people to keep a list, the summary nameless")
  func tables() throws {
    let scratch = try ScratchFolder()
    let files = try madeUpCohort(scratch.path("a"))
    let found = try CohortQuality(
      files, allowed: Set(files.people.dropFirst(3).map(\.id)), pool: pool)
    let tables = QualityTables(found, of: files)
    for table in [tables.variants, tables.people, tables.kinship, tables.components] {
      #expect(table.rows.allSatisfy { $0.count == table.header.count })
    }
    #expect(tables.variants.rows.count == 1_200 && tables.people.rows.count == 57)
    let lines = ([tables.components.header] + tables.components.rows)
      .map { $0.joined(separator: "\t") + "\n" }
    let path = try scratch.write(lines.joined(), to: "components.tsv")
    let read = try PersonTable(path: path)
    #expect(read.names == (1...10).map { "PC\($0)" })
    #expect(Set(read.values.keys) == Set(found.kept.map { files.people[$0].id }))
    #expect(tables.keep.split(separator: "\n").count == found.kept.count)
    let words = Set(
      tables.summary.flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) })
    #expect(words.isDisjoint(with: files.people.map(\.id) + files.people.map(\.family)))
    #expect(tables.summary[0] == "57 people were read; 3 others may not be")
  }
}
