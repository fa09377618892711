import Entities
import Foundation
import TargetEvidence
import TestSupport
import Testing

@Suite struct DrugEffectTests {
  private let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  private static let header =
    "drug,disease_id,disease,calibrated_beta,calibrated_se,effect_scale,calibrated_p,"
    + "negative_controls,method,p,n,cases\n"

  private func effects(_ rows: String) throws -> (
    effects: [CalibratedEffect], refused: [RefusedRecord]
  ) {
    try CalibratedEffect.read(try scratch.write(Self.header + rows, to: "estimates.csv"))
  }

  private let statin = DrugTarget(drug: "Simvastatin", symbol: "HMGCR", action: "inhibitor")

  @Test(
    arguments: [
      ("inhibitor", Modulation.inhibit), ("Antagonist|inverse agonist", .inhibit),
      ("positive allosteric modulator", .activate), ("agonist|potentiator", .activate),
      ("agonist|antagonist", .unknown), ("partial agonist", .unknown), ("binder", .unknown),
      ("", .unknown),
    ])
  func `the words of the tables say which way a drug moves its target`(
    action: String, expected: Modulation
  ) {
    #expect(DrugTarget(drug: "x", symbol: "Y", action: action).modulation == expected)
  }

  @Test func `an inhibitor that harms asks for the opposite, one that protects for the same`()
    throws
  {
    let read = try effects(
      """
      simvastatin,EFO:0000001,rhabdomyolysis,1.2,0.2,log hazard ratio,1e-8,50,Cox,1e-9,5000,40
      Simvastatin,EFO:0000002,stroke,-0.4,0.1,log hazard ratio,0.001,50,Cox,,,

      """)
    #expect(read.refused.isEmpty)
    let found = DrugEffectEvidence(read.effects, [statin], snapshot: "abc")
    #expect(found.records.map(\.requiredModulation) == [.activate, .inhibit])
    #expect(
      found.records.map(\.source.datasource) == ["drug_safety_signal", "drug_repurposing_hint"])
    #expect(found.records.allSatisfy { $0.statistic.drugModulation == .inhibit })
    #expect(found.records.allSatisfy { $0.statistic.drug == "SIMVASTATIN" && $0.faults.isEmpty })
    #expect(found.records[0].statistic.calibratedPValue == 1e-8)
    #expect(found.records[0].score > found.records[1].score)
    // What the drug does survives the file.
    let file = EvidenceFile(at: scratch.url.appending(path: "x.evidence"))
    #expect(try file.append(found.records) == 2)
    #expect(try file.read().records.map(\.record) == found.records)
  }

  @Test func `numbers that were not calibrated are refused with a sentence`() throws {
    let path = try scratch.write(
      "drug,disease_id,disease,beta,se,p\nx,EFO:1,y,1,0.1,1e-9\n", to: "raw.csv")
    let error = #expect(throws: EvidenceError.self) { try CalibratedEffect.read(path) }
    #expect(error?.description.contains("must be calibrated against negative controls") ?? false)
  }

  @Test func `few controls, few people and numbers that are none are refused by row`() throws {
    let read = try effects(
      """
      a,EFO:1,x,1,0.2,log hazard ratio,0.01,9,Cox,,,
      a,EFO:1,x,1,0.2,log hazard ratio,0.01,50,Cox,,900,3
      a,EFO:1,x,many,0.2,log hazard ratio,0.01,50,Cox,,,
      a,EFO:1,x,1,0,log hazard ratio,0.01,50,Cox,,,
      a,EFO:1,x,1,0.2,log hazard ratio,1.5,50,Cox,,,
      a,,x,1,0.2,log hazard ratio,0.5,50,Cox,,,
      a,EFO:1,x,1e300,0.2,log hazard ratio,0.5,50,Cox,,,

      """)
    #expect(read.effects.isEmpty)
    #expect(
      read.refused.map(\.reason.code) == [
        "filtered", "filtered", "not-a-number", "unreadable", "unreadable", "missing-value",
        "not-a-number",
      ])
  }

  @Test func `what systematic error explains makes no record, nor does an unknown drug`() throws {
    let read = try effects(
      """
      simvastatin,EFO:1,x,1,0.9,log hazard ratio,0.3,50,Cox,1e-9,,
      placebo,EFO:1,x,1,0.1,log hazard ratio,1e-9,50,Cox,,,
      simvastatin,nowhere,x,1,0.1,log hazard ratio,1e-9,50,Cox,,,

      """)
    let found = DrugEffectEvidence(read.effects, [statin], snapshot: "abc")
    #expect(found.records.isEmpty && found.unclear == 1 && found.unknownDrugs == 1)
    #expect(found.refused.count == 1)
  }

  @Test func `a drug of two targets says that the effect may be the other's`() throws {
    let read = try effects("d,EFO:1,x,1,0.1,log hazard ratio,1e-9,50,Cox,,,\n")
    let targets = [
      DrugTarget(drug: "D", symbol: "ONE", action: "agonist"),
      DrugTarget(drug: "D", symbol: "TWO", action: "binder"),
    ]
    let found = DrugEffectEvidence(read.effects, targets, snapshot: "published")
    #expect(found.records.map(\.directionOnTarget) == [.gainOfFunction, .unknown])
    #expect(found.records.allSatisfy { $0.remarks.contains { $0.contains("2 targets") } })
    #expect(found.records[1].remarks.contains { $0.contains("is not known") })
  }

  @Test func `a table in nobody's layout is refused, and DrugCentral's needs symbols`() throws {
    let odd = try scratch.write("a,b\n1,2\n", to: "odd.csv")
    #expect(throws: EvidenceError.self) { try DrugTargetTable(reading: odd) }
    let central = try scratch.write("GeneID,drugbank_name,actions\n1,X,agonist\n", to: "c.csv")
    #expect(throws: EvidenceError.self) { try DrugTargetTable(reading: central) }
  }

  @Test(
    "Tables of DrugCentral and DrugBank name what statins inhibit",
    .enabled(if: SharedData.isPresent))
  func tables() throws {
    let symbols = SharedData.path("datasets/gene_id_map/symbols-human.tsv.gz")
    let central = try DrugTargetTable(
      reading: SharedData.path("datasets/drug_target_drugcentral/targets.tsv"), symbols: symbols)
    let bank = try DrugTargetTable(
      reading: SharedData.path("datasets/drug_target_drugbank/proteins.tsv.gz"), symbols: symbols,
      names: SharedData.path("datasets/drug_target_drugbank/drugbank-slim.tsv.gz"))
    for table in [central, bank] {
      let lovastatin = table.targets.filter { $0.drug == "LOVASTATIN" && $0.symbol == "HMGCR" }
      #expect(lovastatin.map(\.modulation) == [.inhibit])
    }
    #expect(central.targets.count + central.refused.count == 2_991)
    #expect(bank.targets.contains { $0.uniprot != nil && !$0.citations.isEmpty })
  }
}
