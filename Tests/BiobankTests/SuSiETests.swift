import Foundation
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("Fine mapping", .enabled(if: SharedData.isPresent))
struct SuSiETests {
  private func text(_ name: String) throws -> String {
    try SharedData.text("references/susie/" + name)
  }

  private func rows(_ name: String) throws -> [[Double]] {
    try text(name).split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").map { Double($0) ?? .nan }
    }
  }

  private func expected(_ name: String) throws -> (sets: [[Int]], bound: Double, rounds: Int) {
    let whole = try JSONSerialization.jsonObject(with: Data(try text("expected.json").utf8))
    let found = try #require((whole as? [String: Any])?[name] as? [String: Any])
    let key = found["credible_sets"] == nil ? "credible_sets_index_within_window" : "credible_sets"
    let sets = try #require(found[key] as? [[String: Any]])
    let variables = sets.compactMap { ($0["variables_1based"] as? [Int])?.map { $0 - 1 } }
    return (
      variables, try #require(found["elbo_last"] as? Double),
      try #require(found["iterations"] as? Int)
    )
  }

  private func individual() throws -> (columns: [[Double]], trait: [Double]) {
    let people = try rows("input_genotypes.csv.gz")
    let columns = (0..<people[0].count).map { column in people.map { $0[column] } }
    return (columns, try rows("input_phenotype.csv").map { $0[0] })
  }

  @Test("The same credible sets as susieR, and every probability within 1e-3 of its own")
  func fit() throws {
    let (columns, trait) = try individual()
    let found = try SuSiE.fit(columns, trait: trait)
    let (sets, bound, _) = try expected("susie")
    #expect(found.isConverged)
    #expect(Set(found.credibleSets.map(\.variants)) == Set(sets))
    #expect(abs((found.bounds.last ?? 0) - bound) < 0.05)
    let pips = try rows("expected_pip.csv")
    for (variant, row) in pips.enumerated() {
      #expect(abs(found.inclusion[variant] - row[1]) < 1e-3, "variant \(variant + 1)")
    }
  }

  @Test("Run to rest, every probability is within 1e-5 of susieR's run to rest")
  func tight() throws {
    let (columns, trait) = try individual()
    var settings = SuSiE.Settings()
    settings.tolerance = 1e-8
    let found = try SuSiE.fit(columns, trait: trait, settings: settings)
    let pips = try rows("expected_pip.csv")
    for (variant, row) in pips.enumerated() {
      #expect(abs(found.inclusion[variant] - row[2]) < 1e-5, "variant \(variant + 1)")
    }
  }

  @Test("From z-scores and correlations of a window: susieR's sets")
  func window() throws {
    let correlations = Matrix(try rows("input_window_ld.csv.gz"))
    let z = try rows("input_window_z.csv").map { $0[1] }
    let found = try SuSiE.fit(zScores: z, correlations: correlations, people: 574)
    let (sets, _, _) = try expected("susie_rss_window")
    #expect(Set(found.credibleSets.map(\.variants)) == Set(sets))
    for (variant, row) in try rows("expected_window_pip.csv").enumerated() {
      #expect(abs(found.inclusion[variant] - row[1]) < 1e-3, "variant \(variant + 601)")
    }
  }

  @Test("Noise has no credible set, and a region of one variant is that variant")
  func extremes() throws {
    var generator = Xoshiro256(seed: 3)
    let people = 200
    let columns = (0..<30).map { _ in (0..<people).map { _ in Double(generator.draw(below: 3)) } }
    let noise = (0..<people).map { _ in generator.drawUnit() }
    #expect(try SuSiE.fit(columns, trait: noise).credibleSets.isEmpty)
    #expect(throws: BiobankError.self) { try SuSiE.fit([], trait: noise) }
    #expect(throws: BiobankError.self) { try SuSiE.fit([[1, 2]], trait: noise) }
    let trait = columns[0].map { $0 + 0.01 * generator.drawUnit() }
    let one = try SuSiE.fit([columns[0]], trait: trait)
    #expect(one.credibleSets.map(\.variants) == [[0]])
    #expect(one.inclusion[0] > 0.999)
  }
}
