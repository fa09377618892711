import Foundation
import Parallelism
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("The trait as the whole genome predicts it")
struct WholeGenomeTests {
  /// Families of four on two chromosomes: brothers and sisters share half of what moves the trait.
  private func families(_ count: Int, seed: UInt64 = 3) throws -> MadeUpCohort {
    var random = Xoshiro256(seed: seed)
    let variants = 200
    let shares = (0..<variants).map { _ in Double.random(in: 0.2...0.8, using: &random) }
    func haplotype() -> [Bool] {
      shares.map { Double.random(in: 0..<1, using: &random) < $0 }
    }
    var people: [[PlinkWriter.Genotype]] = []
    for _ in 0..<count {
      let parents = (0..<2).map { _ in (haplotype(), haplotype()) }
      for _ in 0..<4 {
        let given = parents.map { pair in
          (0..<variants).map { Bool.random(using: &random) ? pair.0[$0] : pair.1[$0] }
        }
        people.append(
          (0..<variants).map {
            [.none, .one, .two][(given[0][$0] ? 1 : 0) + (given[1][$0] ? 1 : 0)]
          })
      }
    }
    var cohort = try MadeUpCohort(people: people.count, variants: 1, missing: 0, seed: seed)
    try cohort.write((0..<variants).map { variant in people.map { $0[variant] } })
    let effects = (0..<variants).map { _ in Double.random(in: -1...1, using: &random) }
    cohort.trait = people.map { person in
      let genetic = zip(person, effects).reduce(0) { sum, pair in
        sum + pair.1 * [PlinkWriter.Genotype.two: 2.0, .one: 1, .none: 0][pair.0, default: 0]
      }
      return genetic + Double.random(in: -6...6, using: &random)
    }
    return cohort
  }

  private func fit(
    _ cohort: MadeUpCohort, isBinary: Bool = false, threads: Int = 2
  ) throws -> WholeGenomeRegression {
    try WholeGenomeRegression(
      GenotypeStream(prefix: cohort.prefix), people: cohort.chosen(), isBinary: isBinary,
      blockSize: 40, pool: WorkerPool(threads: threads))
  }

  @Test("A trait of many small effects is predicted in people who were not seen, noise is not")
  func predicts() throws {
    var cohort = try families(100)
    let found = try fit(cohort)
    #expect(found.variants == 200 && found.blocks == 6)
    #expect(found.qualities[found.best].rSquared > 0.15)
    #expect(found.qualities.allSatisfy { $0.loss >= found.qualities[found.best].loss })
    var random = Xoshiro256(seed: 5)
    cohort.trait.shuffle(using: &random)
    let noise = try fit(cohort)
    // A little is left: the second level's weights were learned from first levels that saw the fold.
    #expect(noise.qualities[noise.best].rSquared < found.qualities[found.best].rSquared / 2.5)
  }

  @Test("A chromosome's prediction does not look at the chromosome") func leavesOut() throws {
    let cohort = try families(60)
    let before = try fit(cohort).predictions
    var other = cohort
    // The second half of the variants lies on chromosome 2; only the best weights tie the two together.
    let constant = cohort.genotypes.enumerated().map { place, row in
      place < 100 ? row : row.map { _ in PlinkWriter.Genotype.none }
    }
    try other.write(constant)
    let after = try fit(other).predictions
    let people = try cohort.chosen().people
    // Without chromosome 2's variants there is nothing beside chromosome 1, and all beside chromosome 2.
    #expect(after.chromosomes == ["1", "2"])
    #expect(try after.offset(without: "1", people).allSatisfy { $0 == 0 })
    #expect(try after.offset(without: "2", people).contains { abs($0) > 0.1 })
    #expect(try before.offset(without: "1", people).contains { abs($0) > 0.1 })
  }

  @Test("Beside the other chromosomes' prediction a true effect is seen more clearly")
  func power() throws {
    let cohort = try families(150)
    let people = try cohort.chosen()
    let found = try fit(cohort)
    func mean(_ predictions: ChromosomePredictions?) throws -> Double {
      let estimates = try cohort.findings(
        GenomeScan(measured: people, test: .score, predictions: predictions)
      ).compactMap(\.estimate)
      #expect(estimates.count == 200)
      return estimates.map(\.statistic).reduce(0, +) / 200
    }
    #expect(try mean(found.predictions) > 1.1 * mean(nil))
  }

  @Test("Cases and controls are predicted as log odds, and scanned beside them") func cases() throws
  {
    var cohort = try families(100)
    let middle = cohort.trait.sorted()[cohort.trait.count / 2]
    cohort.trait = cohort.trait.map { $0 > middle ? 1 : 0 }
    let found = try fit(cohort, isBinary: true)
    #expect(found.qualities[found.best].rSquared > 0.08)
    #expect(found.qualities[found.best].loss < log(2.0))
    let scan = try GenomeScan(
      cases: cohort.chosen(), correction: .firth, below: 0.01, predictions: found.predictions)
    #expect(try cohort.findings(scan).allSatisfy { $0.estimate != nil })
  }

  @Test("The number of threads changes no bit") func threads() throws {
    let cohort = try families(40)
    let people = try cohort.chosen().people
    let (one, three) = (try fit(cohort, threads: 1), try fit(cohort, threads: 3))
    for chromosome in ["1", "2"] {
      #expect(
        try one.predictions.offset(without: chromosome, people)
          == three.predictions.offset(without: chromosome, people))
    }
  }

  @Test(
    "Predictions are written and read as regenie's .loco file, and people who lack are an error")
  func file() throws {
    let cohort = try families(30)
    let people = try cohort.chosen().people
    let found = try fit(cohort).predictions
    let path = cohort.scratch.path("y.loco")
    try found.write(to: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("FID_IID f_p0 f_p1 "))
    let read = try ChromosomePredictions(path: path)
    #expect(read.chromosomes == ["1", "2"])
    #expect(
      try read.offset(without: "2", people) == found.offset(without: "2", people))
    let stranger = PlinkFiles.Person(family: "g", id: "q", sex: 0)
    #expect(throws: BiobankError.self) { try read.offset(without: "2", [stranger]) }
    #expect(throws: BiobankError.self) { try read.offset(without: "9", people) }
    for bad in ["", "FID_IID a b\n1 0.5\n", "x y\n", "FID_IID a\n1 z\n", "FID_IID a\n1 1\n1 2\n"] {
      try Data(bad.utf8).write(to: URL(filePath: path))
      #expect(throws: BiobankError.self) { try ChromosomePredictions(path: path) }
    }
  }

  @Test("A scan beside predictions that lack a chromosome is refused before a variant is read")
  func lacks() throws {
    let cohort = try families(30)
    let path = cohort.scratch.path("y.loco")
    try fit(cohort).predictions.write(to: path)
    let kept = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").prefix(2)
    try Data((kept.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
    let scan = try GenomeScan(
      measured: cohort.chosen(), predictions: ChromosomePredictions(path: path))
    #expect(throws: BiobankError.self) { try cohort.findings(scan) }
  }

  @Test(
    "The whole of regenie's example gives the same numbers every time",
    .enabled(if: SharedData.isPresent))
  func example() throws {
    let people = try Example.chosen("phenotype_bin.txt", "Y2").people
    let found = try WholeGenomeRegression(
      GenotypeStream(prefix: Example.path("example")), people: people, isBinary: true,
      blockSize: 100, pool: WorkerPool(threads: 2))
    #expect(found.blocks == 10 && found.variants == 1000)
    // Most of this is the covariates'; the genome adds little.
    #expect(abs(found.qualities[found.best].rSquared - 0.4556) < 1e-3)
  }
}
