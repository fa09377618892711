import Foundation
import Parallelism
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("A scan of the genome for a measured trait")
struct GenomeScanTests {
  @Test(
    "Effects, errors and p equal R's lm", .enabled(if: SharedData.isPresent))
  func equalsR() throws {
    let found = try Example.scan("phenotype.txt", "Y1")
    let rows = try Example.table("references/linear_glm/expected_R_lm_Y1_first200.csv", by: ",")
    #expect(rows.count == 200)
    for (finding, row) in zip(found, rows) {
      #expect(finding.variant.id == row["id"])
      let estimate = try #require(finding.estimate)
      let sign = row["counted_allele"] == finding.variant.counted ? 1.0 : -1
      try expectClose(estimate.beta * sign, row["beta"], 1e-9)
      try expectClose(estimate.standardError, row["se"], 1e-9)
      try expectClose(estimate.statistic * sign, row["t"], 1e-9)
      let p = try #require(row["p"].flatMap(Double.init))
      #expect(abs(pow(10, -estimate.minusLog10P) - p) <= 1e-9 * p)
    }
  }

  @Test(
    "All variants equal plink2's, for two traits", .enabled(if: SharedData.isPresent),
    arguments: ["Y1", "Y2"])
  func equalsPlink(trait: String) throws {
    let found = try Example.scan("phenotype.txt", trait)
    let rows = try Example.table("references/linear_glm/expected_plink2_\(trait).tsv", by: "\t")
    #expect(rows.count == 1000)
    for (finding, row) in zip(found, rows) {
      #expect(finding.variant.id == row["ID"])
      let sign = row["A1"] == finding.variant.counted ? 1.0 : -1
      let estimate = try #require(finding.estimate)
      try expectClose(estimate.beta * sign, row["BETA"], 1e-5)
      try expectClose(pow(10, -estimate.minusLog10P), row["P"], 1e-5)
    }
  }

  @Test("The score test equals regenie's", .enabled(if: SharedData.isPresent))
  func equalsRegenie() throws {
    let found = try Example.scan("phenotype.txt", "Y1", test: .score)
    let rows = try Example.table("references/linear_glm/expected_regenie_Y1.tsv", by: "\t")
    for (finding, row) in zip(found, rows) {
      #expect(finding.variant.id == row["ID"])
      let estimate = try #require(finding.estimate)
      let log = try #require(row["LOG10P"].flatMap(Double.init))
      #expect(abs(estimate.minusLog10P - log) < 1e-5)
      try expectClose(estimate.statistic, row["CHISQ"], 1e-4)
    }
  }

  @Test("People whose genotype is missing are left out of that variant alone")
  func missing() throws {
    let cohort = try MadeUpCohort(people: 203, variants: 40, missing: 0.1)
    let found = try cohort.scan()
    let files = try PlinkFiles(prefix: cohort.prefix)
    for (place, finding) in found.enumerated() {
      let dosages = files.dosages(place)
      let kept = dosages.indices.filter { dosages[$0] != nil }
      let columns =
        [kept.compactMap { dosages[$0] }, kept.map { _ in 1.0 }]
        + cohort.covariates.map { column in kept.map { column[$0] } }
      let fit = try #require(
        LinearRegression(kept.map { cohort.trait[$0] }, Design(columns)))
      let estimate = try #require(finding.estimate)
      #expect(finding.people == kept.count && kept.count < 203)
      #expect(abs(estimate.beta - fit.coefficients[0]) < 1e-10)
      #expect(abs(estimate.standardError - fit.standardErrors[0]) < 1e-10)
    }
  }

  @Test("Covariates far from 0, such as years, cost no digits") func years() throws {
    var cohort = try MadeUpCohort(people: 150, variants: 10, missing: 0)
    let before = try cohort.scan()
    cohort.covariates[0] = cohort.covariates[0].map { 1e6 + $0 }
    for (one, other) in zip(before, try cohort.scan()) {
      let (one, other) = (try #require(one.estimate), try #require(other.estimate))
      #expect(abs(one.beta - other.beta) < 1e-9 && abs(one.statistic - other.statistic) < 1e-8)
    }
  }

  @Test("The number of threads changes no bit") func threads() throws {
    let cohort = try MadeUpCohort(people: 130, variants: 300, missing: 0.02)
    let (one, four) = (try cohort.scan(threads: 1), try cohort.scan(threads: 4))
    #expect(one.map(\.estimate) == four.map(\.estimate))
    #expect(one.map(\.variant.id) == four.map(\.variant.id))
  }

  @Test("Who may not be read leaves no trace: the same bits as from files without them")
  func consent() throws {
    let cohort = try MadeUpCohort(people: 131, variants: 70, missing: 0.03)
    let allowed = Set((0..<131).filter { $0 % 5 != 2 }.map { "p\($0)" })
    let asked = try cohort.scan(allowed: allowed)
    let never = try cohort.without { !allowed.contains($0) }.scan()
    #expect(asked.map(\.estimate) == never.map(\.estimate))
    #expect(asked.map(\.frequency) == never.map(\.frequency))
    #expect(asked.map(\.people) == never.map(\.people))
  }

  @Test("What does not vary, is carried by few or is not known at all has a reason, not a number")
  func noEstimate() throws {
    var cohort = try MadeUpCohort(people: 60, variants: 1, missing: 0)
    try cohort.write([
      [PlinkWriter.Genotype](repeating: .none, count: 60),
      [PlinkWriter.Genotype](repeating: .missing, count: 60),
      (0..<60).map { $0 < 4 ? .one : .none },
      (0..<60).map { $0 < 4 ? .one : .two },
      (0..<60).map { $0 < 5 ? .one : .none },
    ])
    let found = try cohort.scan()
    #expect(
      found.map(\.note) == [
        "does not vary", "no genotype is known", "fewer than 5 carriers", "fewer than 5 carriers",
        "",
      ])
    #expect(found.map { $0.frequency != nil } == [true, false, false, false, true])
    #expect(found.prefix(4).allSatisfy { $0.estimate == nil })
  }

  @Test("Traits and covariates that say nothing are refused in words") func refused() throws {
    let people = (0..<40).map { PlinkFiles.Person(family: "f", id: "p\($0)", sex: 0) }
    let trait = Dictionary(uniqueKeysWithValues: (0..<40).map { ("p\($0)", Double($0 * $0 % 17)) })
    func refusal(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "nothing"
    }
    let others = refusal { _ = try StudyPeople(among: people, trait: ["q1": 1]) }
    #expect(others.contains("other people"))
    let unknown = refusal {
      _ = try StudyPeople(
        among: people, trait: trait, covariates: trait.mapValues { _ in [1, nil] },
        names: ["age", "centre"])
    }
    #expect(unknown.contains("centre is unknown for all"))
    let constant = refusal {
      _ = try GenomeScan(
        measured: StudyPeople(
          among: people, trait: trait, covariates: trait.mapValues { [$0, 7] },
          names: ["age", "centre"]))
    }
    #expect(constant.contains("centre is constant"))
    let flat = refusal {
      _ = try GenomeScan(measured: StudyPeople(among: people, trait: trait.mapValues { _ in 3 }))
    }
    #expect(flat.contains("the trait is constant"))
  }

  @Test("Files that do not belong together, or are cut, are refused") func files() throws {
    let cohort = try MadeUpCohort(people: 20, variants: 3, missing: 0)
    let bed = URL(filePath: cohort.prefix + ".bed")
    try Data(contentsOf: bed).dropLast().write(to: bed)
    #expect(throws: BiobankError.self) { try GenotypeStream(prefix: cohort.prefix) }
    try Data().write(to: URL(filePath: cohort.prefix + ".bim"))
    #expect(throws: BiobankError.self) { try GenotypeStream(prefix: cohort.prefix) }
  }

  @Test("Positions beyond any chromosome are refused, for their sums would overflow")
  func positions() throws {
    let cohort = try MadeUpCohort(people: 20, variants: 2, missing: 0)
    let far = "1\tv0\t0\t9223372036854775807\tA\tG\n2\tv1\t0\t9223372036854775807\tA\tG\n"
    try Data(far.utf8).write(to: URL(filePath: cohort.prefix + ".bim"))
    #expect(throws: BiobankError.self) { try GenotypeStream(prefix: cohort.prefix) }
    #expect(throws: BiobankError.self) { try PlinkFiles(prefix: cohort.prefix) }
  }

  @Test("A p far below the least number still has a logarithm") func tiny() throws {
    var cohort = try MadeUpCohort(people: 4000, variants: 1, missing: 0)
    let copies = try PlinkFiles(prefix: cohort.prefix).dosages(0)
    cohort.trait = cohort.trait.enumerated().map { 100 * (copies[$0.offset] ?? 0) + $0.element }
    let estimate = try #require(try cohort.scan()[0].estimate)
    #expect(estimate.minusLog10P > 1000 && estimate.minusLog10P.isFinite)
    #expect(abs(estimate.beta - 100) < 1)
  }
}

@Suite("A scan at a glance")
struct ScanSummaryTests {
  private func finding(_ chromosome: String, _ position: Int, _ log: Double?) -> VariantFinding {
    VariantFinding(
      variant: PlinkFiles.Variant(
        chromosome: chromosome, id: "\(chromosome):\(position)", position: position, counted: "A",
        other: "G"),
      people: 100, frequency: 0.2,
      estimate: log.map {
        VariantFinding.Estimate(
          beta: 1, standardError: 1, statistic: 1, minusLog10P: $0, test: .t)
      }, note: log == nil ? "does not vary" : "")
  }

  private func summary(_ findings: [VariantFinding]) -> ScanSummary {
    var chromosomes = Chromosomes()
    for finding in findings { chromosomes.add(finding.variant) }
    var summary = ScanSummary(chromosomes)
    for finding in findings { summary.add(finding) }
    return summary
  }

  @Test("λ is 1 for evenly spread p-values, and that of doubled χ² is 2") func lambda() throws {
    let count = 20_000
    let plain = (0..<count).map { (Double($0) + 0.5) / Double(count) }
    let one = summary(plain.enumerated().map { finding("1", $0, -log10($1)) })
    #expect(abs(try #require(one.lambda) - 1) < 1e-3)
    let doubled = plain.map { p -> Double in
      let z = Normal.point(ofShare: p / 2) * 2.0.squareRoot()
      return 2 * Normal.share(below: z)
    }
    let two = summary(doubled.enumerated().map { finding("1", $0, -log10($1)) })
    #expect(abs(try #require(two.lambda) - 2) < 2e-3)
    for (expected, seen) in one.quantiles where expected < 3.5 {
      #expect(abs(expected - seen) < 0.08, "\(expected) \(seen)")
    }
  }

  @Test("Leads are the strongest variants, half a million base pairs apart") func leads() {
    let found = summary([
      finding("1", 100_000, 6), finding("1", 450_000, 9), finding("1", 520_000, 7),
      finding("1", 1_200_000, 5.5), finding("2", 460_000, 8), finding("2", 470_000, 4.9),
    ])
    #expect(found.leads.map(\.variant.id) == ["1:450000", "2:460000", "1:1200000"])
  }

  @Test("Variants without an estimate are counted by reason, and nothing tested has no λ")
  func untested() {
    let found = summary([finding("1", 5, nil), finding("1", 6, nil)])
    #expect(found.untested == ["does not vary": 2] && found.lambda == nil)
    #expect(found.points.isEmpty && found.quantiles.isEmpty)
  }

  @Test("Values far beyond the histogram keep their place") func far() {
    let found = summary((0..<100).map { finding("1", $0, $0 == 7 ? 350 : 0.3) })
    #expect(found.quantile(0.001) == 350)
    #expect(abs(found.quantile(0.5) - 0.3) < 1e-3)
  }
}
