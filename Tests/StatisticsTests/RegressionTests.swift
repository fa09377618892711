import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Regression", .enabled(if: SharedData.isPresent))
struct RegressionTests {
  /// A comma- or tab-separated table by column.
  static func table(_ path: String, separator: Character = ",") throws -> [String: [String]] {
    let lines = try String(contentsOfFile: SharedData.path(path), encoding: .utf8)
      .split(separator: "\n").map {
        $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
      }
    return Dictionary(
      uniqueKeysWithValues: lines[0].enumerated().map { place, name in
        (name, lines.dropFirst().map { $0[place] })
      })
  }

  private static func words(_ path: String) throws -> [[String]] {
    try String(
      contentsOfFile: SharedData.path("datasets/geno_regenie_example/" + path), encoding: .utf8
    )
    .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// The first 200 variants' counts of the first allele for 500 people, read from the two-bit file.
  private static func dosages() throws -> [[Double]] {
    let data = try Data(
      contentsOf: URL(filePath: SharedData.path("datasets/geno_regenie_example/example.bed")))
    return (0..<200).map { variant in
      (0..<500).map { person in
        let byte = data[3 + variant * 125 + person / 4]
        return [2, .nan, 1, 0][Int(byte >> (2 * UInt8(person % 4)) & 3)]
      }
    }
  }

  private static func covariates() throws -> [[Double]] {
    let rows = try words("covariates.txt").dropFirst()
    return (2..<5).map { column in rows.map { Double($0[column]) ?? .nan } }
  }

  private static func phenotype(_ file: String) throws -> [Double] {
    try words(file).dropFirst().map { Double($0[2]) ?? .nan }
  }

  private static let one = [Double](repeating: 1, count: 500)

  private func isNear(_ value: Double, _ text: String?, _ tolerance: Double) -> Bool {
    guard let text, let expected = Double(text) else { return false }
    return abs(value - expected) <= tolerance * max(1e-3, abs(expected))
  }

  @Test("Least squares equals R's lm to ten digits on 200 variants with three covariates")
  func linear() throws {
    let expected = try Self.table("references/linear_glm/expected_R_lm_Y1_first200.csv")
    let (dosages, covariates) = (try Self.dosages(), try Self.covariates())
    let outcome = try Self.phenotype("phenotype.txt")
    for (place, column) in dosages.enumerated() {
      let fit = try #require(LinearRegression(outcome, Design([column, Self.one] + covariates)))
      #expect(isNear(fit.coefficients[0], expected["beta"]?[place], 1e-10))
      #expect(isNear(fit.standardErrors[0], expected["se"]?[place], 1e-10))
      #expect(isNear(fit.pValue(0), expected["p"]?[place], 1e-9))
      #expect(isNear(fit.rSquared, expected["r_squared"]?[place], 1e-9))
    }
  }

  @Test("Logistic regression equals R's glm: estimate, and all three tests by their own names")
  func logistic() throws {
    let expected = try Self.table("references/logistic_glm/expected_R_glm_Y1_first200.csv")
    let (dosages, covariates) = (try Self.dosages(), try Self.covariates())
    let outcome = try Self.phenotype("phenotype_bin.txt")
    let base = Design([Self.one] + covariates)
    let null = try #require(LogisticRegression(outcome, base))
    for (place, column) in dosages.enumerated() {
      let fit = try #require(LogisticRegression(outcome, Design([column, Self.one] + covariates)))
      #expect(fit.isConverged)
      #expect(isNear(fit.coefficients[0], expected["beta"]?[place], 1e-9))
      #expect(isNear(fit.standardErrors[0], expected["se"]?[place], 1e-9))
      #expect(isNear(fit.waldPValue(0), expected["wald_p"]?[place], 1e-8))
      let ratio = fit.likelihoodRatio(over: null)
      #expect(isNear(ratio, expected["lrt_chisq"]?[place], 1e-8))
      #expect(isNear(ChiSquared.share(above: ratio, degrees: 1), expected["lrt_p"]?[place], 1e-8))
      let score = try #require(null.score(of: column, outcome: outcome, design: base))
      #expect(isNear(score, expected["score_chisq"]?[place], 1e-8))
    }
  }

  @Test("Firth's estimate and its penalised likelihood ratio equal the converged values to 1e-8")
  func firth() throws {
    let expected = try Self.table("references/firth/expected_converged_Y1_first200.csv")
    let (dosages, covariates) = (try Self.dosages(), try Self.covariates())
    let outcome = try Self.phenotype("phenotype_bin.txt")
    for place in 0..<200 {
      let design = Design([dosages[place], Self.one] + covariates)
      let (full, ratio) = try #require(FirthRegression.likelihoodRatio(of: 0, outcome, design))
      #expect(full.isConverged)
      #expect(isNear(full.coefficients[0], expected["beta"]?[place], 1e-9))
      #expect(isNear(full.standardErrors[0], expected["se_fisher"]?[place], 1e-9))
      #expect(isNear(ratio, expected["penalised_lrt_chisq"]?[place], 1e-8))
      #expect(isNear(full.waldPValue(0), expected["wald_p"]?[place], 1e-8))
    }
  }

  @Test("plink2's printed linear, logistic and Firth estimates are met to their six digits")
  func plink() throws {
    let (dosages, covariates) = (try Self.dosages(), try Self.covariates())
    let measured = try Self.phenotype("phenotype.txt")
    let cases = try Self.phenotype("phenotype_bin.txt")
    func rows(_ name: String) throws -> [String: [String]] {
      try Self.table("references/\(name)/expected_plink2_Y1.tsv", separator: "\t")
    }
    let (linear, logistic, firth) = (
      try rows("linear_glm"), try rows("logistic_glm"), try rows("firth")
    )
    func number(_ table: [String: [String]], _ column: String, _ place: Int) throws -> Double {
      let texts = try #require(table[column])
      let value = try #require(Double(texts[place]))
      // The allele that is counted here is the one called 1.
      return column == "BETA" && table["A1"]?[place] != "1" ? -value : value
    }
    for place in stride(from: 0, to: 200, by: 5) {
      let design = Design([dosages[place], Self.one] + covariates)
      let line = try #require(LinearRegression(measured, design))
      let beta = try number(linear, "BETA", place)
      #expect(abs(line.coefficients[0] - beta) <= 1e-5 * max(abs(beta), 1e-2))
      #expect(abs(line.pValue(0) / (try number(linear, "P", place)) - 1) < 1e-5)
      // plink2 ends before the last digits (see the reference's README).
      let curve = try #require(LogisticRegression(cases, design))
      #expect(abs(curve.coefficients[0] - (try number(logistic, "BETA", place))) < 1e-4)
      #expect(abs(curve.waldPValue(0) / (try number(logistic, "P", place)) - 1) < 1e-4)
      let penalised = try #require(FirthRegression(cases, design))
      #expect(abs(penalised.coefficients[0] - (try number(firth, "BETA", place))) < 1e-4)
      #expect(abs(penalised.waldPValue(0) / (try number(firth, "P", place)) - 1) < 1e-3)
    }
  }

  @Test("regenie's Firth test is the likelihood ratio with all columns in the penalty, to 1e-5")
  func regenie() throws {
    let expected = try Self.table("references/firth/expected_regenie_Y1.tsv", separator: "\t")
    let betas = try #require(expected["BETA"])
    let logs = try #require(expected["LOG10P"])
    let (dosages, covariates) = (try Self.dosages(), try Self.covariates())
    let outcome = try Self.phenotype("phenotype_bin.txt")
    for place in stride(from: 1, to: 200, by: 6) {
      let beta = try #require(Double(betas[place]))
      let logP = try #require(Double(logs[place]))
      // Above p = .999 regenie keeps the score test.
      guard logP > 0.000_44 else { continue }
      let design = Design([dosages[place], Self.one] + covariates)
      let (full, ratio) = try #require(FirthRegression.likelihoodRatio(of: 0, outcome, design))
      let sign = expected["ALLELE1"]?[place] == "1" ? 1.0 : -1
      #expect(abs(full.coefficients[0] - sign * beta) < 1e-4)
      #expect(abs(-log10(ChiSquared.share(above: ratio, degrees: 1)) - logP) < 1e-5)
    }
  }

  @Test("Separated data have no logistic estimate, and Firth's is finite")
  func separation() throws {
    let outcome: [Double] = [0, 0, 0, 0, 1, 1, 1, 1]
    let design = Design([
      [0, 0, 0, 0, 1, 1, 1, 1], [Double](repeating: 1, count: 8),
    ])
    #expect(LogisticRegression(outcome, design)?.isSeparated ?? true)
    let firth = try #require(FirthRegression(outcome, design))
    #expect(firth.isConverged)
    // Four of four against none of four, half a person added to each cell: log 81.
    #expect(abs(firth.coefficients[0] - log(81)) < 1e-9)
  }

  @Test(
    "Columns far from 0 do not keep the estimate from being one, and partial separation is told")
  func scaling() throws {
    let one = [Double](repeating: 1, count: 400)
    let years = (0..<400).map { Double(1_950 + $0 * 37 % 50) }
    let cases = (0..<400).map { ($0 * 7_919 % 101) < 20 + ($0 * 37 % 50) ? 1.0 : 0 }
    let fit = try #require(LogisticRegression(cases, Design([years, one])))
    #expect(fit.isConverged && !fit.isSeparated)
    let centred = try #require(LogisticRegression(cases, Design([years.map { $0 - 1_975 }, one])))
    #expect(abs(fit.coefficients[0] / centred.coefficients[0] - 1) < 1e-6)
    // Whoever carries is a case; of the others some are.
    let carriers = (0..<400).map { $0 % 10 == 0 ? 1.0 : 0 }
    let partly = zip(cases, carriers).map { max($0, $1) }
    #expect(LogisticRegression(partly, Design([carriers, one]))?.isSeparated ?? true)
  }

  @Test("Columns that depend on one another, and constant outcomes, have no fit")
  func degenerate() {
    let one = [Double](repeating: 1, count: 6)
    let x: [Double] = [1, 2, 3, 4, 5, 6]
    #expect(LinearRegression(x, Design([one, x, x.map { 2 * $0 + 1 }])) == nil)
    #expect(LogisticRegression(one, Design([one])) == nil)
    #expect(FirthRegression(one, Design([one])) == nil)
    #expect(LinearRegression([1, 2], Design([[1, 1], [1, 2]])) == nil)
  }

  private struct Cases: Decodable {
    struct Case: Decodable {
      let p: [Double]
      let w: [Double]
      let expected: Double
    }
    let cases: [Case]
  }

  @Test("Cauchy's combination keeps twelve digits from 1e-310 to 1 − 2⁻⁵³")
  func cauchy() throws {
    let url = URL(filePath: SharedData.path("references/acat/expected.json"))
    let cases = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: url)).cases
    #expect(cases.count == 100)
    for one in cases {
      let found = try #require(CauchyCombination.pValue(one.p, weights: one.w))
      #expect(abs(found - one.expected) <= 1e-12 * one.expected, "\(one) gave \(found)")
    }
    #expect(CauchyCombination.pValue([]) == nil)
    #expect(CauchyCombination.pValue([1.5]) == nil)
    #expect(CauchyCombination.pValue([1, 1e-20]) == 1)
    #expect(CauchyCombination.pValue([1, 0]) == nil)
    #expect(CauchyCombination.pValue([0.5, 0]) == 0)
  }
}
