import Foundation
import Hospitals
import Statistics
import TestSupport

/// Hospitals of made-up persons: enough of them, and of every outcome, that no rule refuses.
struct MadeUpHospitals {
  struct Person {
    let age: Double, sex: Double, lab: Double, days: Double, dead: Double, visits: Double
    let years: Double, pressure: Double
    var line: String {
      [age, sex, lab, days, dead, visits, years, pressure].map { "\($0)" }.joined(separator: ",")
    }
  }

  static let header = "age,sex,lab,days,dead,visits,years,pressure"
  let folder: ScratchFolder
  /// The persons of each hospital.
  var persons: [[Person]]

  init(sizes: [Int] = [400, 300, 200], seed: UInt64 = 7) throws {
    folder = try ScratchFolder()
    var generator = SplitMix64(seed: seed)
    persons = sizes.enumerated().map { site, size in
      (0..<size).map { _ in
        let age = Double(Int.random(in: 20...90, using: &generator))
        let sex = Double(Int.random(in: 0...1, using: &generator))
        let lab = 50 + Double(site) * 3 + Double.random(in: -20...20, using: &generator)
        let eta = -0.6 + 0.03 * (age - 60) + 0.4 * sex + 0.03 * (lab - 50)
        let years = Double.random(in: 0.5...4, using: &generator)
        let rate = exp(-0.2 + 0.01 * (age - 60) + 0.2 * sex) * years
        return Person(
          age: age, sex: sex, lab: lab,
          days: (-log(Double.random(in: 0.001...1, using: &generator)) * 300 * exp(-eta)).rounded(
            .up),
          dead: Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-eta)) ? 1 : 0,
          visits: Double(
            (0..<20).count { _ in Double.random(in: 0...1, using: &generator) < rate / 20 }),
          years: years,
          pressure: 120 + 0.5 * (age - 60) + 4 * sex
            + Double.random(in: -15...15, using: &generator))
      }
    }
  }

  var names: [String] { persons.indices.map { "site\($0 + 1)" } }

  func table(_ site: Int, _ studies: [StudyDefinition]) throws -> SiteTable {
    let text = ([Self.header] + persons[site].map(\.line)).joined(separator: "\n") + "\n"
    return try SiteTable(path: try folder.write(text, to: "\(site).csv"), studies: studies)
  }

  func sites(_ studies: [StudyDefinition], rules: SiteRules = SiteRules()) throws -> [HospitalSite]
  {
    try names.enumerated().map { number, name in
      HospitalSite(name: name, table: try table(number, studies), studies: studies, rules: rules)
    }
  }

  /// A study of one model over these columns.
  static func study(_ model: StudyDefinition.Model, name: String = "study") throws
    -> StudyDefinition
  {
    let terms = [
      StudyDefinition.Term("age", .standardised), .init("sex"), .init("lab", .standardised),
    ]
    switch model {
    case .linear:
      return try StudyDefinition(name: name, model: model, outcome: "pressure", terms: terms)
    case .logistic:
      return try StudyDefinition(name: name, model: model, outcome: "dead", terms: terms)
    case .poisson:
      return try StudyDefinition(
        name: name, model: model, outcome: "visits", exposure: "years", terms: terms)
    case .cox:
      return try StudyDefinition(
        name: name, model: model, outcome: "dead", time: "days", terms: terms)
    }
  }
}
