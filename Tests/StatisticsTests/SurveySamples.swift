import Foundation
import TestSupport

@testable import Statistics

/// The samples of California's schools and what R's survey says of them.
struct SurveySample {
  let table: [String: [String]]
  let design: SurveyDesign

  static let names = ["strat", "strat_no_fpc", "clus1", "clus2"]

  init(_ name: String) throws {
    let file = name.hasPrefix("strat") ? "strat" : name
    let lines = try SharedData.text("references/survey/input_api\(file).csv")
      .split(separator: "\n").map { Self.fields(String($0)) }
    var table: [String: [String]] = [:]
    for (place, column) in lines[0].enumerated() {
      table[column] = lines.dropFirst().map { $0[place] }
    }
    self.table = table
    func numbers(_ name: String) -> [Double] { (table[name] ?? []).compactMap { Double($0) } }
    design =
      switch name {
      case "strat":
        try SurveyDesign(
          weights: numbers("pw"),
          stages: [SurveyStage(strata: table["stype"], populations: numbers("fpc"))])
      case "strat_no_fpc":
        try SurveyDesign(weights: numbers("pw"), stages: [SurveyStage(strata: table["stype"])])
      case "clus1":
        try SurveyDesign(
          weights: numbers("pw"),
          stages: [SurveyStage(clusters: table["dnum"], populations: numbers("fpc"))])
      default:
        try SurveyDesign(
          weights: nil,
          stages: [
            SurveyStage(clusters: table["dnum"], populations: numbers("fpc1")),
            SurveyStage(clusters: table["snum"], populations: numbers("fpc2")),
          ])
      }
  }

  func column(_ name: String) -> [Double?] { (table[name] ?? []).map { Double($0) } }
  var awards: [Bool?] { (table["awards"] ?? []).map { $0 == "Yes" } }

  /// Fields of a line with quotation marks around some of them.
  private static func fields(_ line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}

/// What R printed: estimates by name.
struct SurveyExpected: Decodable {
  struct Estimate: Decodable {
    let estimate: Double
    let se: Double
    let ci95_normal: [Double]?
    let ci95_t_degf: [Double]?
  }
  struct Proportion: Decodable {
    let estimate: Double
    let ci95: [Double]
  }
  struct Domain: Decodable {
    let stype: String
    let mean: Double
    let se: Double
  }
  struct Regression: Decodable {
    let beta: [Double]
    let se: [Double]
  }
  let degf: Int
  let sum_of_weights: Double
  let mean_api00: Estimate
  let deff_mean_api00: Double
  let total_enroll: Estimate
  let proportion_awards_yes: Estimate
  let proportion_ci_methods: [String: Proportion]
  let domain_mean_api00_by_stype: [Domain]
  let ratio: Estimate
  let gaussian: Regression
  let logistic: Regression

  enum CodingKeys: String, CodingKey {
    case degf, sum_of_weights, mean_api00, deff_mean_api00, total_enroll, proportion_awards_yes
    case proportion_ci_methods, domain_mean_api00_by_stype
    case ratio = "ratio_api.stu_over_enroll"
    case gaussian = "svyglm_gaussian_api00_ell_meals"
    case logistic = "svyglm_quasibinomial_awards_ell_meals"
  }

  /// The designs by name; the file holds sentences beside them.
  static func read() throws -> [String: SurveyExpected] {
    let data = try SharedData.bytes("references/survey/expected.json")
    let whole = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    var found: [String: SurveyExpected] = [:]
    for name in SurveySample.names {
      let part = try JSONSerialization.data(withJSONObject: whole[name] ?? [:])
      found[name] = try JSONDecoder().decode(SurveyExpected.self, from: part)
    }
    return found
  }
}
