import Foundation
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("Studies of made-up cohorts")
struct SimulatedStudyTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func simulation(_ rows: String, people: Int, nullGenes: Int) throws -> CohortSimulation {
    CohortSimulation(
      table: try SimulationTable(
        path: scratch.write(
          SimulationTable.columns.joined(separator: ",") + "\n" + rows, to: "g.csv")),
      people: people, nullGenes: nullGenes, seed: 11)
  }

  private func study(_ simulation: CohortSimulation, _ name: String) throws -> BurdenStudy {
    let prefix = scratch.path(name)
    _ = try simulation.write(to: prefix, truth: nil)
    return try BurdenStudy(
      PlinkFiles(prefix: prefix), trait: PersonTable(path: prefix + ".traits.txt").column("LDL"),
      isBinary: false, covariates: PersonTable(path: prefix + ".covariates.txt").values,
      sets: VariantSets(
        annotations: prefix + ".annotations", sets: prefix + ".sets", masks: prefix + ".masks"),
      allowed: nil)
  }

  @Test("Strong genes are found first, each with its sign and size")
  func found() throws {
    let found = try study(
      simulation("UP,2,1000,60,60,x\nDOWN,7,5000,60,-60,x\n", people: 3_000, nullGenes: 30), "c")
    let order = found.findings.sorted { $0.result.burden < $1.result.burden }
    #expect(Set(order.prefix(2).map(\.mask.set)) == ["UP", "DOWN"])
    for (gene, effect) in [("UP", 60.0), ("DOWN", -60)] {
      let finding = try #require(order.first { $0.mask.set == gene })
      let (beta, error) = try #require(finding.effect)
      #expect(abs(beta - effect) < 4 * error, "\(gene): \(beta) ± \(error)")
      #expect(finding.result.burden < 1e-6)
    }
  }

  @Test("Without effects the p-values of all tests are uniform")
  func uniform() throws {
    var null = try simulation("UP,2,1000,60,60,x\n", people: 3_000, nullGenes: 300)
    null.isNull = true
    let found = try study(null, "null").findings
    #expect(found.count > 150)
    let kinds: [(String, (RareVariantTest.Result) -> Double?)] = [
      ("burden", { $0.burden }), ("SKAT", { $0.skat }), ("SKAT-O", { $0.optimal }),
      ("ACAT-V", { $0.single }), ("ACAT-O", { $0.omnibus }),
    ]
    for (name, value) in kinds {
      let p = found.compactMap { value($0.result) }.sorted()
      let count = Double(p.count)
      let distance =
        p.enumerated().map { place, p in
          max(abs(p - Double(place) / count), abs(p - Double(place + 1) / count))
        }.max() ?? 1
      // Kolmogorov's bound at 1 in 1,000.
      #expect(distance < 1.95 / count.squareRoot(), "\(name): \(distance)")
    }
  }

  @Test("The slope of carriers equals the regression's")
  func slope() throws {
    var random = Xoshiro256(seed: 2)
    let covariates = (0..<2).map { _ in (0..<400).map { _ in random.drawUnit() } }
    let copies = (0..<400).map { _ in random.drawUnit() < 0.03 ? 1.0 : 0 }
    let trait = (0..<400).map { copies[$0] * 2 + covariates[0][$0] + random.drawUnit() }
    let test = try #require(RareVariantTest(trait: trait, covariates: covariates))
    let one = [Double](repeating: 1, count: 400)
    let fit = try #require(LinearRegression(trait, Design([copies, one] + covariates)))
    let found = try #require(test.slope(of: Carriers(copies)))
    #expect(abs(found.beta - fit.coefficients[0]) < 1e-10)
    #expect(abs(found.standardError - fit.standardErrors[0]) < 1e-10)
    #expect(test.slope(of: Carriers(one)) == nil)
  }

  @Test("Genotypes give the same carriers as their dosages, turned and with means for missing ones")
  func carriers() throws {
    for codes: [UInt8] in [[3, 2, 3, 1, 0, 3, 3], [0, 0, 2, 1, 0, 3, 0], [3, 3, 3], [0, 1, 0]] {
      let known = codes.compactMap { PlinkWriter.Genotype(rawValue: $0)?.copies }
      let mean = known.reduce(0, +) / Double(known.count)
      let column = codes.map { PlinkWriter.Genotype(rawValue: $0)?.copies ?? mean }
      let expected = Carriers(column.map { mean > 1 ? 2 - $0 : $0 })
      let found = try #require(Carriers(codes: codes))
      #expect(found.rows == expected.rows && found.copies == expected.copies, "\(codes)")
    }
    #expect(Carriers(codes: [1, 1]) == nil)
  }

  @Test(
    "Copied variants keep their neighbours' company, and make the share of the trait they are told")
  func backbone() throws {
    let sources = try madeUpCohort(scratch.path("sources"), people: 60, variants: 400)
    var simulation = try simulation("UP,2,1000,60,60,x\n", people: 2_000, nullGenes: 0)
    simulation.isNull = true
    simulation.backbone = (scratch.path("sources"), nil)
    simulation.pieceLength = 50
    let plain = try #require(try? simulation.write(to: scratch.path("p"), truth: nil))
    simulation.isNull = false
    simulation.polygenic = 0.5
    let made = try simulation.write(to: scratch.path("q"), truth: scratch.path("q.truth"))
    #expect(made.copied == sources.variants.count { $0.chromosome != "X" })
    #expect(plain.copied == made.copied)
    #expect(abs(made.deviation - 35) < 3.5, "\(made.deviation)")
    #expect(
      try Data(contentsOf: URL(filePath: scratch.path("p.bed")))
        == Data(contentsOf: URL(filePath: scratch.path("q.bed"))))
    let files = try PlinkFiles(prefix: scratch.path("q"))
    let places = zip(files.variants, files.variants.dropFirst())
    #expect(
      places.allSatisfy {
        (Int($0.chromosome) ?? 0, $0.position) <= (Int($1.chromosome) ?? 0, $1.position)
      })
    for (place, variant) in files.variants.enumerated() where variant.id.hasPrefix("v") {
      let old = try #require(sources.variants.firstIndex { $0.id == variant.id })
      let (one, two) = (files.counts(place), sources.counts(old))
      let shares = [one, two].map { Double($0.alleles) / Double($0.observed) }
      #expect(abs(shares[0] - shares[1]) < 0.05, "\(variant.id)")
    }
    simulation.backbone?.allowed = []
    #expect(throws: BiobankError.self) {
      try simulation.write(to: scratch.path("r"), truth: nil)
    }
  }
}
