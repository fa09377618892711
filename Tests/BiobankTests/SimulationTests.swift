import Foundation
import Provenance
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("A made-up cohort")
struct SimulationTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func table(_ rows: String = "BIG,19,1000,50,60,PMID:1;PMID:2\n") throws -> SimulationTable
  {
    try SimulationTable(
      path: scratch.write(SimulationTable.columns.joined(separator: ",") + "\n" + rows, to: "g.csv")
    )
  }

  private func simulation(people: Int = 300, seed: UInt64 = 3) throws -> CohortSimulation {
    CohortSimulation(table: try table(), people: people, nullGenes: 20, seed: seed)
  }

  @discardableResult
  private func make(
    _ simulation: CohortSimulation, _ name: String, truth: String? = nil
  ) throws -> CohortSimulation.Outcome {
    try simulation.write(to: scratch.path(name), truth: truth.map { scratch.path($0) })
  }

  private func bytes(_ name: String, _ ending: String) throws -> Data {
    try Data(contentsOf: URL(filePath: scratch.path(name) + "." + ending))
  }

  private static let endings = [
    "bed", "bim", "fam", "traits.txt", "covariates.txt", "annotations", "sets", "masks",
    "simulated.json",
  ]

  @Test("The same seed makes the same bytes, and another seed other people")
  func determinism() throws {
    try make(simulation(), "one")
    try make(simulation(), "two")
    try make(simulation(seed: 4), "three")
    for ending in Self.endings {
      #expect(try bytes("one", ending) == bytes("two", ending), "\(ending)")
    }
    #expect(try bytes("one", "bed") != bytes("three", "bed"))
    #expect(try bytes("one", "traits.txt") != bytes("three", "traits.txt"))
  }

  @Test("A gene's carriers are as many as its table says, within what chance allows")
  func carriers() throws {
    let rows = [217, 500, 309, 650, 20].enumerated().map { "G\($0),\($0 + 1),100,\($1),0,x" }
    let people = 40_000
    let made = try make(
      CohortSimulation(
        table: table(rows.joined(separator: "\n") + "\n"), people: people, nullGenes: 0, seed: 8),
      "many")
    for (oneIn, found) in zip([217.0, 500, 309, 650, 20], made.carriers) {
      let share = 1 / oneIn
      let spread = (Double(people) * share * (1 - share)).squareRoot()
      #expect(abs(Double(found.people) - Double(people) * share) < 4 * spread, "\(found)")
    }
    #expect(made.rare >= 15 && made.rare <= 45)
  }

  @Test("The null twin has the same people and genotypes, and another trait in carriers alone")
  func twin() throws {
    var null = try simulation()
    try make(null, "real")
    null.isNull = true
    try make(null, "null", truth: "null.truth")
    for ending in Self.endings where !["traits.txt", "simulated.json"].contains(ending) {
      #expect(try bytes("real", ending) == bytes("null", ending), "\(ending)")
    }
    let one = try PersonTable(path: scratch.path("real.traits.txt")).column("LDL")
    let two = try PersonTable(path: scratch.path("null.traits.txt")).column("LDL")
    // The mean stays: carriers gain 60 less what all expect, the others lose that expectation.
    let shifts = Set(one.map { id, value in ((value - (two[id] ?? 0)) * 10).rounded() / 10 })
    #expect(shifts.count == 2, "\(shifts)")
    #expect(abs((shifts.max() ?? 0) - (shifts.min() ?? 0) - 60) < 0.11)
    let truth = try String(contentsOfFile: scratch.path("null.truth"), encoding: .utf8)
    #expect(truth.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix("\t0.0") })
  }

  @Test("The effects stand in the file of the truth and in no other")
  func truth() throws {
    try make(simulation(), "c", truth: "t.tsv")
    let truth = try String(contentsOfFile: scratch.path("t.tsv"), encoding: .utf8)
    #expect(truth.contains("BIG.1\tBIG\t60.0\n"))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(Set(names) == Set(Self.endings.map { "c." + $0 } + ["t.tsv", "g.csv"]))
    for ending in Self.endings where ending != "bed" && ending != "traits.txt" {
      let text = String(decoding: try bytes("c", ending), as: UTF8.self)
      #expect(!text.contains("60.0") && !text.contains("effect"), "\(ending)")
    }
    #expect(throws: BiobankError.self) { try make(simulation(), "c", truth: "c.sets") }
  }

  @Test("The record names seed and publications, and is refused beside other genotypes")
  func record() throws {
    try make(simulation(), "c")
    let digest = try Digest(ofFileAt: URL(filePath: scratch.path("c.bed")))
    let record = try #require(
      try SimulationRecord.read(besides: scratch.path("c"), of: digest))
    #expect(record.seed == 3 && !record.isNull && record.people == 300)
    #expect(record.citations == ["PMID:1", "PMID:2"])
    #expect(try SimulationRecord.read(besides: scratch.path("none"), of: digest) == nil)
    #expect(throws: BiobankError.self) {
      try SimulationRecord.read(besides: scratch.path("c"), of: Digest(of: "other"))
    }
  }

  @Test(
    "A table that says no simulation is refused",
    arguments: [
      "G,1,100,1.5,3,x\n", "G,X,100,50,3,x\n", "G,1,0,50,3,x\n", "G,1,100,50,none,x\n",
      "G,1,100,50,3,\n", ",1,100,50,3,x\n", "G,1,100,50\n", "G,1,1,50,3,x\nG,2,1,50,3,x\n",
      "G,1,100,inf,3,x\n",
    ])
  func refusedRows(rows: String) throws {
    #expect(throws: BiobankError.self) { try table(rows) }
  }

  @Test("Unknown columns, no people and too strong genes are refused")
  func refused() throws {
    let file = try scratch.write(
      "gene,chromosome,position,carriers_one_in,effect,citation,extra\nG,1,1,50,1,x,y\n",
      to: "u.csv")
    #expect(throws: BiobankError.self) { try SimulationTable(path: file) }
    #expect(throws: BiobankError.self) { try make(simulation(people: 0), "none") }
    let strong = try CohortSimulation(
      table: table("G,1,1,10,300,x\n"), people: 100, nullGenes: 0, seed: 1)
    #expect(throws: BiobankError.self) { try make(strong, "strong") }
    var polygenic = try simulation()
    polygenic.polygenic = 0.3
    #expect(throws: BiobankError.self) { try make(polygenic, "alone") }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("alone.bed")))
  }
}
