import Foundation
import Parallelism
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("A scan of the genome for cases and controls")
struct CaseControlScanTests {
  private func example(
    _ correction: GenomeScan.Correction, below limit: Double = 1
  ) throws -> [VariantFinding] {
    let (people, coding) = try Example.chosen("phenotype_bin.txt", "Y1")
    #expect(coding != .measured)
    return try Example.findings(
      GenomeScan(cases: people, correction: correction, below: limit, minimum: 1))
  }

  @Test("The score test equals R's and regenie's", .enabled(if: SharedData.isPresent))
  func score() throws {
    let found = try example(.none)
    let rows = try Example.table("references/logistic_glm/expected_R_glm_Y1_first200.csv", by: ",")
    for (finding, row) in zip(found, rows) {
      let estimate = try #require(finding.estimate)
      try expectClose(estimate.statistic, row["score_chisq"], 1e-8)
      let p = try #require(row["score_p"].flatMap(Double.init))
      #expect(abs(pow(10, -estimate.minusLog10P) - p) < 1e-8)
    }
    let theirs = try Example.table(
      "references/logistic_glm/expected_regenie_score_Y1.tsv", by: "\t")
    #expect(found.count == theirs.count)
    for (finding, row) in zip(found, theirs) {
      let estimate = try #require(finding.estimate)
      #expect(finding.variant.id == row["ID"] && finding.variant.counted == row["ALLELE1"])
      try expectClose(estimate.beta, row["BETA"], 2e-4)
      let log = try #require(row["LOG10P"].flatMap(Double.init))
      #expect(abs(estimate.minusLog10P - log) < 1e-5)
    }
  }

  @Test("The saddle point's tail equals regenie's", .enabled(if: SharedData.isPresent))
  func saddlePoint() throws {
    let found = try example(.saddlePoint, below: 0.25)
    let rows = try Example.table("references/logistic_glm/expected_regenie_spa_Y1.tsv", by: "\t")
    var compared = 0
    for (finding, row) in zip(found, rows) where finding.estimate?.test == .saddlePoint {
      let estimate = try #require(finding.estimate)
      let log = try #require(row["LOG10P"].flatMap(Double.init))
      // regenie takes those who do not carry the allele together as one normal variable.
      #expect(abs(estimate.minusLog10P - log) < 1e-3 * max(1, log), "\(finding.variant.id)")
      compared += 1
    }
    #expect(compared > 200)
  }

  @Test("Firth's likelihood ratio equals regenie's", .enabled(if: SharedData.isPresent))
  func firth() throws {
    let found = try example(.firth, below: 0.05)
    let rows = try Example.table("references/firth/expected_regenie_Y1.tsv", by: "\t")
    var compared = 0
    for (finding, row) in zip(found, rows) where finding.estimate?.test == .firth {
      let estimate = try #require(finding.estimate)
      let (beta, log) = (
        try #require(row["BETA"].flatMap(Double.init)),
        try #require(row["LOG10P"].flatMap(Double.init))
      )
      #expect(abs(estimate.beta - beta) < 1e-4)
      #expect(abs(estimate.minusLog10P - log) < 1e-5)
      compared += 1
    }
    #expect(compared > 40)
  }

  @Test("A corrected p is made only below the limit, and says how it was made")
  func limit() throws {
    let cohort = try Self.skewed()
    let scan = try GenomeScan(cases: cohort.chosen(), correction: .saddlePoint, below: 0.2)
    for estimate in try cohort.findings(scan).compactMap(\.estimate) {
      let score = 2 * Normal.share(below: -estimate.statistic.squareRoot())
      #expect((estimate.test == .saddlePoint) == (score < 0.2))
    }
  }

  @Test("With few cases χ² overstates a rare variant, and the saddle point agrees with the truth")
  func skew() throws {
    // One case in fifty, six carriers in 2,000: the exact tail is a binomial one.
    let (people, carriers, cases) = (2000, 6, 40)
    let dosages = (0..<people).map { $0 < carriers ? 1.0 : 0 }
    let shares = [Double](repeating: Double(cases) / Double(people), count: people)
    let share = shares[0]
    // Two of the six carriers are cases.
    let adjusted = dosages.map { $0 - Double(carriers) / Double(people) }
    let score = 2 * (1 - share) - 4 * share
    let log = try #require(SaddlePoint(genotypes: adjusted, shares: shares).logPValue(score: score))
    let variance = share * (1 - share) * adjusted.reduce(0) { $0 + $1 * $1 }
    let byChiSquared = 2 * Normal.share(below: -score / variance.squareRoot())
    let exact = 1 - pow(1 - share, 6) - 6 * share * pow(1 - share, 5)
    #expect(byChiSquared < exact / 20)
    #expect(exp(log) > exact / 4 && exp(log) < exact * 2)
  }

  @Test("Missing genotypes count as the mean, and the threads change no bit")
  func missing() throws {
    let cohort = try Self.skewed(missing: 0.05)
    let people = try cohort.chosen()
    let scan = try GenomeScan(cases: people, correction: .none)
    let found = try cohort.findings(scan, threads: 1)
    #expect(try cohort.findings(scan, threads: 3).map(\.estimate) == found.map(\.estimate))
    let files = try PlinkFiles(prefix: cohort.prefix)
    let one = [Double](repeating: 1, count: people.rows.count)
    let design = Design([one] + cohort.covariates)
    let null = try #require(LogisticRegression(cohort.trait, design))
    for (place, finding) in found.enumerated() {
      let dosages = files.dosages(place)
      let known = dosages.compactMap { $0 }
      let mean = known.reduce(0, +) / Double(known.count)
      let score = null.score(of: dosages.map { $0 ?? mean }, outcome: cohort.trait, design: design)
      let expected = try #require(score)
      let estimate = try #require(finding.estimate)
      #expect(abs(estimate.statistic - expected) < 1e-9 * max(1, expected))
    }
  }

  @Test("Covariates that tell cases from controls are refused in words") func separated() throws {
    var cohort = try MadeUpCohort(people: 80, variants: 1, missing: 0)
    cohort.trait = cohort.covariates[0].map { $0 > 0.5 ? 1 : 0 }
    let people = try cohort.chosen()
    #expect(throws: BiobankError.self) { try GenomeScan(cases: people) }
  }

  private static func skewed(missing: Double = 0) throws -> MadeUpCohort {
    var cohort = try MadeUpCohort(people: 160, variants: 60, missing: missing)
    cohort.trait = cohort.trait.map { $0 > 1.4 ? 1 : 0 }
    return cohort
  }
}
