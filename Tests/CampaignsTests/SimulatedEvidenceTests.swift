import Biobank
import Entities
import Foundation
import TestSupport
import Testing

@testable import Campaigns

@Suite struct SimulatedEvidenceTests {
  private func evidence(
    _ scratch: ScratchFolder, _ change: (String) throws -> Void = { _ in }
  ) throws -> [EvidenceRecord] {
    let table = try SimulationTable(
      path: scratch.write(
        "gene,chromosome,position,carriers_one_in,effect,citation\nUP,1,500,20,60,PMID:1;PMID:2\n",
        to: "genes.csv"))
    let prefix = scratch.path("c")
    _ = try SimulationCampaign(
      CohortSimulation(table: table, people: 800, nullGenes: 0, seed: 7), permission: nil
    ).run(to: prefix, truth: nil)
    try change(prefix)
    return try BurdenCampaign(
      CohortStudy(
        genotypes: prefix, phenotypes: prefix + ".traits.txt",
        covariates: prefix + ".covariates.txt", trait: "LDL", permission: nil),
      annotations: prefix + ".annotations", sets: prefix + ".sets", masks: prefix + ".masks",
      disease: EvidenceDisease(id: "EFO:0004611", name: "LDL cholesterol"), isSynthetic: true
    ).run().records
  }

  @Test func `evidence of a simulated cohort tells its seed and its publications`() throws {
    let records = try evidence(ScratchFolder())
    #expect(records.map(\.target.symbol) == ["UP"])
    #expect(records.first?.reality == .simulated(seed: 7, citations: ["PMID:1", "PMID:2"]))
    #expect(records.first?.directionOnTrait == .risk)
  }

  @Test func `without the record of the simulation the people are made up and no more`() throws {
    let records = try evidence(ScratchFolder()) { prefix in
      try FileManager.default.removeItem(atPath: prefix + ".simulated.json")
    }
    #expect(records.map(\.reality) == [.synthetic])
  }

  @Test func `a record of other genotypes is refused`() throws {
    #expect(throws: BiobankError.self) {
      try evidence(ScratchFolder()) { prefix in
        let path = URL(filePath: prefix + ".bed")
        var bytes = try Data(contentsOf: path)
        bytes[3] ^= 0b11
        try bytes.write(to: path)
      }
    }
  }
}
