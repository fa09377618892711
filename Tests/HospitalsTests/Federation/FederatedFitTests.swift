import Foundation
import Hospitals
import Provenance
import Statistics
import TestSupport
import Testing

/// The largest difference, against the larger of 1 and the number itself.
private func difference(_ one: [Double], _ other: [Double]) -> Double {
  zip(one, other).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
}

@Suite struct FederatedFitTests {
  @Test(arguments: StudyDefinition.Model.allCases)
  func `the fit over hospitals is the fit over their pooled rows`(
    _ model: StudyDefinition.Model
  ) throws {
    let hospitals = try MadeUpHospitals()
    let study = try MadeUpHospitals.study(model)
    var network = InMemoryNetwork(try hospitals.sites([study]))
    var run = try FederatedRun(
      study, sites: hospitals.names, run: MessageID(using: &network.generator))
    try expectFinish(&network, &run)
    let fit = try #require(run.fit)
    let pooled = try #require(try pooled(hospitals, model, run.scalings))
    #expect(difference(fit.coefficients, pooled.coefficients) < 1e-8)
    #expect(difference(fit.covariance, pooled.covariance) < 1e-8)
    let result = try #require(run.result)
    #expect(result.rounds <= 10)
    #expect(result.persons == ["site1": 400, "site2": 300, "site3": 200])
    #expect(result.isComplete)
  }

  private func pooled(
    _ hospitals: MadeUpHospitals, _ model: StudyDefinition.Model, _ scalings: [Scaling]
  ) throws -> NewtonFit? {
    let persons = Array(hospitals.persons.joined())
    let (age, lab) = (persons.map(\.age), persons.map(\.lab))
    // The scalings are those of the pooled columns.
    for (column, scaling) in zip([age, lab], scalings) {
      let mean = column.reduce(0, +) / Double(column.count)
      let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(scaling.centre - mean) < 1e-10)
      #expect(abs(scaling.scale - (squares / Double(column.count - 1)).squareRoot()) < 1e-10)
    }
    let columns = [
      age.map { scalings[0]($0) }, persons.map(\.sex), lab.map { scalings[1]($0) },
    ]
    let ones = [[Double](repeating: 1, count: persons.count)]
    switch model {
    case .linear:
      return try RegressionFamily.linear.fit(persons.map(\.pressure), Design(ones + columns)).get()
    case .logistic:
      return try RegressionFamily.logistic.fit(persons.map(\.dead), Design(ones + columns)).get()
    case .poisson:
      let design = Design(ones + columns, offset: persons.map { log($0.years) })
      return try RegressionFamily.poisson.fit(persons.map(\.visits), design).get()
    case .cox:
      let strata = hospitals.persons.enumerated().flatMap { site, persons in
        persons.map { _ in site }
      }
      return try CoxLikelihood(
        times: persons.map(\.days), isEvent: persons.map { $0.dead > 0 },
        design: Design(columns), strata: strata
      ).fit().get()
    }
  }

  @Test func `a linear result has the errors and p-values of least squares`() throws {
    let hospitals = try MadeUpHospitals()
    let study = try MadeUpHospitals.study(.linear)
    var network = InMemoryNetwork(try hospitals.sites([study]))
    var run = try FederatedRun(
      study, sites: hospitals.names, run: MessageID(using: &network.generator))
    try expectFinish(&network, &run)
    let persons = Array(hospitals.persons.joined())
    let design = Design([
      persons.map { _ in 1 }, persons.map { run.scalings[0]($0.age) }, persons.map(\.sex),
      persons.map { run.scalings[1]($0.lab) },
    ])
    let least = try #require(LinearRegression(persons.map(\.pressure), design))
    let effects = try #require(run.result).effects
    #expect(difference(effects.map(\.estimate), least.coefficients) < 1e-8)
    #expect(difference(effects.map(\.standardError), least.standardErrors) < 1e-8)
    #expect(difference(effects.map(\.pValue), (0..<4).map { least.pValue($0) }) < 1e-8)
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `six hospitals equal R's pooled glm in few rounds of few bytes`() throws {
    let folder = try ScratchFolder()
    let lines = try SharedData.text("references/federated_logistic/input.csv").split(
      separator: "\n")
    let names = (1...6).map { "site\($0)" }
    let study = try StudyDefinition(
      name: "covid", model: .logistic, outcome: "death",
      terms: [
        .init("age", .fixed(try #require(Scaling(centre: 60, scale: 10)))), .init("sex"),
        .init("lab", .standardised),
      ])
    let sites = try names.map { name in
      let rows = lines.filter { $0.hasPrefix("\(name),") }
      let path = try folder.write(
        ([lines[0]] + rows).joined(separator: "\n") + "\n", to: "\(name).csv")
      return HospitalSite(
        name: name, table: try SiteTable(path: path, studies: [study]), studies: [study])
    }
    var network = InMemoryNetwork(sites)
    var run = try FederatedRun(
      study, sites: names, run: MessageID(using: &network.generator), compares: true)
    try expectFinish(&network, &run)
    let expected = try JSONDecoder().decode(
      Expected.self, from: SharedData.bytes("references/federated_logistic/expected.json"))
    let result = try #require(run.result)
    #expect(difference(result.effects.map(\.estimate), expected.pooled.map(\.beta)) < 1e-9)
    // R's glm tells the errors of the place one step before its estimate: 2e-9 away from those at it.
    #expect(difference(result.effects.map(\.standardError), expected.pooled.map(\.se)) < 1e-8)
    #expect(abs(result.logLikelihood - expected.loglik) < 1e-9 * abs(expected.loglik))
    #expect(result.rounds <= 10, "\(result.rounds) rounds")
    #expect(network.largest <= 2_000, "\(network.largest) bytes a site and round")
    print("federated logistic: \(result.rounds) rounds, \(network.largest) bytes a site and round")
    let fixed = run.comparison.filter { $0.source == "meta-analysis, fixed" }.map(\.estimate)
    #expect(difference(fixed, expected.meta_inverse_variance) < 1e-6)
    // Each hospital's own estimate is R's of its rows.
    #expect(run.estimates.count == 6)
    for estimate in run.estimates {
      let own = try #require(expected.per_site[estimate.site])
      #expect(difference(estimate.coefficients, own.beta) < 1e-7)
      #expect(difference(own.beta.indices.map { estimate.standardError($0) }, own.se) < 1e-7)
    }
  }

  private struct Expected: Decodable {
    let meta_inverse_variance: [Double]
    struct Coefficient: Decodable { let beta: Double, se: Double }
    struct Site: Decodable { let beta: [Double], se: [Double] }
    let pooled: [Coefficient]
    let loglik: Double
    let per_site: [String: Site]
  }

  @Test func `a column that is constant everywhere is named, not fitted`() throws {
    var hospitals = try MadeUpHospitals()
    hospitals.persons = hospitals.persons.map { persons in
      persons.map {
        .init(
          age: $0.age, sex: $0.sex, lab: 7, days: $0.days, dead: $0.dead, visits: $0.visits,
          years: $0.years, pressure: $0.pressure)
      }
    }
    let study = try MadeUpHospitals.study(.logistic)
    var network = InMemoryNetwork(try hospitals.sites([study]))
    var run = try FederatedRun(
      study, sites: hospitals.names, run: MessageID(using: &network.generator))
    try expectFinish(&network, &run)
    #expect(run.result == nil)
    #expect(run.failure == .dependentColumns(column: 3))
  }

  @Test
  func `a table comes back from every hospital, with noise where a loss is given and covered`()
    throws
  {
    let hospitals = try MadeUpHospitals()
    let plain = try MadeUpHospitals.study(.logistic)
    let study = try StudyDefinition(
      name: "t", model: .logistic, outcome: plain.outcome, terms: plain.terms,
      table: ContingencyTable(
        rows: .init(column: "sex", levels: ["0.0", "1.0"]),
        columns: .init(column: "dead", levels: ["0.0", "1.0"])))
    func counts(_ site: Int) -> [Int] {
      [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)].map { sex, dead in
        hospitals.persons[site].count { $0.sex == sex && $0.dead == dead }
      }
    }
    for noise in [nil, PrivacyLoss("1/2")] {
      var network = InMemoryNetwork(try hospitals.sites([study]))
      network.hasBudget = true
      var run = try FederatedRun(
        study, sites: hospitals.names, run: MessageID(using: &network.generator), noise: noise)
      try expectFinish(&network, &run)
      for (site, name) in hospitals.names.enumerated() {
        let right = counts(site)
        if noise == nil {
          let told = try #require(run.tables[name])
          #expect([0, 1, 3, 4].map { told[$0] } == right.map { UInt32($0) })
          #expect(told[8] == UInt32(right.reduce(0, +)))
        } else {
          let told = try #require(run.noisyTables[name])
          #expect(run.tables.isEmpty)
          #expect(zip(told, right).allSatisfy { abs(Int($0) - $1) < 60 })
        }
      }
      // The budget of no hospital covers it: none answers.
      guard noise != nil else { continue }
      var poor = InMemoryNetwork(try hospitals.sites([study]))
      var refused = try FederatedRun(
        study, sites: hospitals.names, run: MessageID(using: &poor.generator), noise: noise)
      let isDone = try poor.finish(&refused, attempts: 1)
      #expect(!isDone)
      #expect(
        poor.receptions.suffix(3) == [
          .refused(.budgetSpent), .refused(.budgetSpent), .refused(.budgetSpent),
        ])
    }
    #expect(PrivacyLoss("0") == nil && PrivacyLoss("1/0") == nil && PrivacyLoss("1/2/3") == nil)
  }
}
