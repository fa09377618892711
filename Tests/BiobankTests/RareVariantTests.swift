import Foundation
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("Rare variant tests", .enabled(if: SharedData.isPresent))
struct RareVariantTests {
  private static func table() throws -> [[Double]] {
    let lines = try String(
      contentsOfFile: SharedData.path("references/skat/input.tsv"), encoding: .utf8
    )
    .split(separator: "\n").dropFirst()
    .map { $0.split(separator: "\t").map { Double($0) ?? .nan } }
    return (0..<lines[1].count).map { column in lines.map { $0[column] } }
  }

  private static func expected(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: SharedData.path("references/skat/expected.json")))
    let whole = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(whole[name] as? [String: Any])
  }

  private func check(_ value: Double, _ expected: Any?, _ tolerance: Double, _ what: String) {
    guard let number = expected as? Double else {
      Issue.record("no reference for \(what)")
      return
    }
    #expect(abs(value - number) <= tolerance, "\(what): \(value) for \(number)")
  }

  @Test("SKAT, burden and SKAT-O of a measured trait equal the R package")
  func continuous() throws {
    let columns = try Self.table()
    let test = try #require(
      RareVariantTest(trait: columns[0], covariates: [columns[2], columns[3]]))
    let genotypes = Array(columns[4...])
    let expected = try Self.expected("continuous_y.c")
    let found = try #require(try test.test(genotypes))
    check(found.statistic, expected["SKAT_Q"], 1e-8 * found.statistic, "Q")
    check(found.skat, expected["SKAT_davies"], 1e-6, "SKAT")
    check(found.skatByMoments, expected["SKAT_liu"], 1e-8, "SKAT by Liu")
    check(found.burden, expected["burden_rho1"], 1e-8, "burden")
    check(found.optimal, expected["SKATO"], 1e-4, "SKAT-O")
    let mixtures = try #require(expected["SKATO_p_per_rho"] as? [Double])
    for (mixture, number) in zip(found.mixtures, mixtures) {
      #expect(abs(mixture.pValue - number) < 1e-6, "ρ = \(mixture.share)")
    }
    let alike = try #require(try test.test(genotypes, shape: 1))
    check(alike.skat, expected["linear_kernel_unweighted"], 1e-6, "unweighted")
  }

  @Test("The same with the first 5, 20 and 40 variants", arguments: [5, 20, 40])
  func few(count: Int) throws {
    let columns = try Self.table()
    let test = try #require(
      RareVariantTest(trait: columns[0], covariates: [columns[2], columns[3]]))
    let found = try #require(try test.test(Array(columns[4..<(4 + count)])))
    let expected = try Self.expected("continuous_first_\(count)_variants")
    check(found.skat, expected["SKAT"], 1e-6, "SKAT")
    check(found.burden, expected["burden"], 1e-8, "burden")
    // The package's own integral is asked for 1.2e-4 of its value of nearly 1, R's default.
    check(found.optimal, expected["SKATO"], 2e-4, "SKAT-O")
  }

  @Test("SKAT, burden and SKAT-O of cases and controls equal the R package without its adjustment")
  func binary() throws {
    let columns = try Self.table()
    let test = try #require(
      RareVariantTest(cases: columns[1], covariates: [columns[2], columns[3]]))
    let found = try #require(try test.test(Array(columns[4...])))
    let expected = try Self.expected("binary_y.b_no_adjustment")
    check(found.statistic, expected["SKAT_Q"], 1e-7 * found.statistic, "Q")
    check(found.skat, expected["SKAT_davies"], 1e-6, "SKAT")
    check(found.burden, expected["burden_rho1"], 1e-7, "burden")
    check(found.optimal, expected["SKATO"], 4e-4, "SKAT-O")
  }

  @Test("The sets of regenie's example: SKAT and burden as R, ACAT-V as regenie")
  func sets() throws {
    let folder = "datasets/geno_regenie_example/"
    let files = try PlinkFiles(prefix: SharedData.path(folder + "example_3chr"))
    func words(_ path: String) throws -> [[String]] {
      try String(contentsOfFile: SharedData.path(path), encoding: .utf8).split(separator: "\n")
        .map { $0.split { " \t,".contains($0) }.map(String.init) }
    }
    let trait = try words(folder + "phenotype.txt").dropFirst().map { Double($0[2]) ?? .nan }
    let rows = try words(folder + "covariates.txt").dropFirst()
    let covariates = (2..<5).map { column in rows.map { Double($0[column]) ?? .nan } }
    let test = try #require(RareVariantTest(trait: trait, covariates: covariates))
    let places = Dictionary(
      uniqueKeysWithValues: files.variants.enumerated().map { ($1.id, $0) })
    let theirs = try words("references/skat/expected_regenie_example_sets.tsv")
    for row in try words("references/skat/expected_R_SKAT_regenie_example_sets.csv").dropFirst() {
      let names = row[3].split(separator: ";").map(String.init)
      let dosages = names.compactMap { places[$0] }.map { files.dosages($0).map { $0 ?? 0 } }
      #expect(dosages.count == names.count)
      let found = try #require(try test.test(dosages))
      check(found.skat, Double(row[4]), 1e-6, "SKAT of \(row[0]) \(row[1])")
      check(found.burden, Double(row[8]), 1e-8, "burden of \(row[0]) \(row[1])")
      // ACAT-O looks at nine p-values near 1 here, each with its own method's last digits.
      for (test, value, tolerance) in [
        ("ADD-ACATV", found.single, 1e-4), ("ADD-ACATO", found.omnibus, 2e-4),
      ] {
        let their = theirs.first {
          $0[2].hasPrefix("\(row[0]).\(row[1]).") && $0[7] == test
        }
        let logP = try #require(their.flatMap { Double($0[11]) })
        check(-log10(try #require(value)), logP, tolerance, "\(test) of \(row[0]) \(row[1])")
      }
    }
  }

  @Test("A quadratic form of one, two equal and many weights has the known shares")
  func forms() {
    // Two equal weights: an exponential distribution.
    for point in [1e-9, 1e-6, 1e-3, 0.1, 1, 5, 20, 60] {
      let share = QuadraticForm([2, 2]).share(above: point)
      #expect(abs(share - exp(-point / 4)) < 1e-10, "\(point)")
    }
    for degrees in [3, 4, 10, 50] {
      for point in [1e-6, 1e-3, 0.5, 3, 10, 40, 90] {
        let share = QuadraticForm([Double](repeating: 1, count: degrees)).share(above: point)
        let exact = ChiSquared.share(above: point, degrees: Double(degrees))
        #expect(abs(share - exact) < 1e-10, "\(degrees) at \(point): \(share) for \(exact)")
      }
    }
    // Weights that differ by five orders: those of the small ones must not be lost.
    let spread = QuadraticForm([1, 1, 1e-4, 1e-4]).share(above: 1e-3)
    let exact = (5_000 * exp(-0.0005) - 0.5 * exp(-5)) / 4_999.5
    #expect(abs(spread - exact) < 1e-10, "\(spread) for \(exact)")
    #expect(QuadraticForm([]).share(above: 1) == 0)
    #expect(QuadraticForm([1, 2]).share(above: -1) == 1)
  }

  @Test("A p too small for the integral is told by the moments, not as rounding or 0")
  func tail() throws {
    var generator = Xoshiro256(seed: 5)
    let people = 3_000
    let genes = (0..<12).map { _ in (0..<people).map { _ in generator.drawUnit() < 0.02 ? 1.0 : 0 }
    }
    let load = (0..<people).map { row in genes.reduce(0) { $0 + $1[row] } }
    var last = 1.0
    for effect in [0.15, 0.2, 0.25, 0.3] {
      let trait = load.map { $0 * effect + generator.drawUnit() }
      let test = try #require(RareVariantTest(trait: trait, covariates: []))
      let found = try #require(try test.test(genes))
      #expect(found.skat > 0 && found.skat < last, "\(effect): \(found.skat)")
      #expect(found.optimal > 0 && found.optimal < 1e-9)
      last = found.skat
    }
  }

  @Test("With one variant, or one twice over, SKAT-O is the one test that there is")
  func one() throws {
    var random = Xoshiro256(seed: 9)
    for _ in 0..<20 {
      let trait = (0..<500).map { _ in random.drawUnit() }
      let gene = (0..<500).map { _ in random.drawUnit() < 0.02 ? 1.0 : 0 }
      let test = try #require(RareVariantTest(trait: trait, covariates: []))
      for genes in [[gene], [gene, gene]] {
        let found = try #require(try test.test(genes))
        #expect(abs(found.optimal - found.burden) < 1e-8 * found.burden)
        #expect(abs(found.skat - found.burden) < 1e-8 * found.burden)
      }
    }
  }

  @Test("Variants that do not vary are left out, and none is no test")
  func monomorphic() throws {
    let trait = (0..<20).map { Double($0 % 7) }
    let test = try #require(RareVariantTest(trait: trait, covariates: []))
    let none = [Double](repeating: 0, count: 20)
    let all = [Double](repeating: 2, count: 20)
    #expect(try test.test([none, all]) == nil)
    let one = (0..<20).map { $0 == 3 ? 1.0 : 0 }
    #expect(try test.test([none, one])?.variants == 1)
  }
}
