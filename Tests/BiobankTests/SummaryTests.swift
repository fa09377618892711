import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Summary statistics", .enabled(if: SharedData.isPresent))
struct SummaryTests {
  private func table(_ path: String) throws -> [String: [Double]] {
    let lines = try String(contentsOfFile: SharedData.path("references/" + path), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    return Dictionary(
      uniqueKeysWithValues: lines[0].enumerated().map { place, name in
        (name, lines.dropFirst().map { Double($0[place]) ?? .nan })
      })
  }

  private func values(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: SharedData.path("references/" + path)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test(
    "Mendelian randomisation of three lipids on coronary disease equals the reference to 1e-8",
    arguments: ["ldlc", "hdlc", "trig"])
  func randomisation(lipid: String) throws {
    let input = try table("mendelian_randomization/input.csv")
    func column(_ name: String) throws -> [Double] { try #require(input[name]) }
    let (x, sx) = (try column("beta_\(lipid)"), try column("se_\(lipid)"))
    let (y, sy) = (try column("beta_chd_logodds"), try column("se_chd_logodds"))
    let study = try #require(
      MendelianRandomisation(
        x.indices.compactMap {
          .init(exposure: x[$0], exposureError: sx[$0], outcome: y[$0], outcomeError: sy[$0])
        }))
    #expect(study.instruments.count == 28)
    let expected = try #require(
      try values("mendelian_randomization/expected.json")["\(lipid)_to_chd"] as? [String: Any])
    func check(_ value: Double?, _ path: String...) {
      var found: Any? = expected
      for key in path { found = (found as? [String: Any])?[key] }
      guard let value, let number = found as? Double else {
        Issue.record("\(path) is missing")
        return
      }
      #expect(abs(value - number) <= 1e-8 * max(1e-3, abs(number)), "\(path)")
    }
    check(study.fixedEffects.value, "ivw", "beta")
    check(study.fixedEffects.standardError, "ivw", "se_fixed")
    check(study.fixedEffects.pValue, "ivw", "p_normal_fixed")
    check(study.randomEffects?.standardError, "ivw", "se_random_multiplicative")
    check(study.randomEffects?.pValue, "ivw", "p_normal_random")
    check(study.cochranQ, "cochran_Q")
    check(study.heterogeneity * 100, "I2_percent")
    check(study.egger?.slope.value, "egger", "slope")
    check(study.egger?.slope.standardError, "egger", "slope_se_max1")
    check(study.egger?.slope.pValue, "egger", "slope_p_t")
    check(study.egger?.intercept.value, "egger", "intercept")
    check(study.egger?.intercept.standardError, "egger", "intercept_se_max1")
    check(study.egger?.intercept.pValue, "egger", "intercept_p_t")
    check(study.weightedMedian, "weighted_median")
    check(study.simpleMedian, "simple_median")
  }

  @Test(
    "Colocalisation equals coloc's probabilities, with its priors and others",
    arguments: [
      ("D1", "D2", "D1_D2", Colocalisation.Priors()), ("D3", "D4", "D3_D4", .init()),
      ("D1", "D4", "D1_D4", .init()), ("D1", "D2", "D1_D2_p12_1e6", .init(both: 1e-6)),
      ("D3", "D4", "D3_D4_p1_1e3_p2_1e3_p12_1e4", .init(first: 1e-3, second: 1e-3, both: 1e-4)),
    ])
  func colocalisation(
    first: String, second: String, setting: String, priors: Colocalisation.Priors
  ) throws {
    let input = try table("coloc/input.csv")
    let expected = try values("coloc/expected.json")
    let settings = try #require(expected["settings"] as? [String: Any])
    let deviations = try #require(settings["sdY"] as? [String: Double])
    func trait(_ name: String) throws -> Colocalisation.Trait {
      let effects = try #require(input["beta_\(name)"])
      let variances = try #require(input["varbeta_\(name)"])
      let deviation = try #require(deviations[name])
      return try #require(
        Colocalisation.Trait(
          effects: effects, variances: variances, priorDeviation: 0.15 * deviation))
    }
    let found = try #require(
      Colocalisation(try trait(first), try trait(second), priors: priors))
    let numbers = try #require(expected[setting] as? [String: Any])
    for hypothesis in 0...4 {
      let number = try #require(numbers["PP.H\(hypothesis).abf"] as? Double)
      #expect(abs(found.posteriors[hypothesis] - number) <= 1e-10)
      #expect(abs(found.posteriors[hypothesis] / number - 1) < 1e-6)
    }
    #expect(abs(found.sharedByVariant.reduce(0, +) - 1) < 1e-12)
  }

  @Test("An exposure explains more than its outcome, and not the other way round")
  func steiger() throws {
    let forward = try #require(
      MendelianRandomisation(
        [
          .init(exposure: 0.3, exposureError: 0.01, outcome: 0.03, outcomeError: 0.01)
        ].compactMap { $0 }))
    #expect(forward.steiger(exposurePeople: 10_000, outcomePeople: 10_000)?.isCause == true)
    let backward = try #require(
      MendelianRandomisation(
        [
          .init(exposure: 0.03, exposureError: 0.01, outcome: 0.3, outcomeError: 0.01)
        ].compactMap { $0 }))
    #expect(backward.steiger(exposurePeople: 10_000, outcomePeople: 10_000)?.isCause == false)
    #expect(forward.waldRatio?.value == 0.1)
    #expect(forward.egger == nil)
  }
}
