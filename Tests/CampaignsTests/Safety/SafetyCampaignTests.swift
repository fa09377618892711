import Entities
import Foundation
import Hospitals
import Parallelism
import Provenance
import Statistics
import TargetEvidence
import TestSupport
import Testing

@testable import Campaigns

@Suite struct SafetyCampaignTests {
  private let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  /// 300 reports, one drug with one event too often, one row without a drug.
  private func reports() throws -> String {
    var text = "CASEID,DRUG,AE\n0,,nothing\n"
    for report in 1...300 {
      let drug = report % 15
      text +=
        "\(report),drug \(drug),event \(drug == 4 ? 2 : (report * report + report / 15) % 11)\n"
    }
    return try scratch.write(text, to: "reports.csv")
  }

  private func run(
    _ campaign: SafetySignalCampaign, _ folder: String, threads: Int = 1
  ) throws -> SafetySignalOutcome {
    try campaign.run(
      to: scratch.url.appending(path: folder), pool: WorkerPool(threads: threads),
      timing: RunTiming(commandLine: [], startedAt: Date(), threads: threads))
  }

  private func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: scratch.path(name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  @Test func `a folder says what was counted, told and refused`() throws {
    let outcome = try run(SafetySignalCampaign([reports()], layout: .tall), "out")
    let table = try lines("out/signals.tsv")
    #expect(table.count == outcome.detection.signals.count + 1)
    #expect(table[1].hasPrefix("DRUG 4\tEVENT 2\t20\t20\t"))
    #expect(
      try lines("out/refused.csv") == [
        "file,line,code,reason", "reports.csv,2,missing-value,has no value in column DRUG",
      ])
    let record = try StableJSON.decode(
      RunRecord.self, at: scratch.url.appending(path: "out/run.json"))
    #expect(record.options["denominator"] == "distinct reports")
    #expect(record.options["mixture_alpha1"] != nil)
    #expect(record.counts["total"] == 300 && record.counts["rows"] == 301)
    #expect(record.counts["pairs asked about"] == 15 * 11)
    #expect(record.outputs.map(\.name) == ["signals.tsv", "refused.csv", "summary.txt"])
    #expect(try lines("out/summary.txt").first?.contains("300 distinct reports") ?? false)
  }

  @Test func `the same bytes come out with any number of threads`() throws {
    var campaign = SafetySignalCampaign([try reports()], layout: .tall)
    campaign.question.minimum = 1
    _ = try run(campaign, "one")
    _ = try run(campaign, "four", threads: 4)
    // What differs from one run to the next has a file of its own.
    var (one, four) = (
      try files(in: scratch.url.appending(path: "one")),
      try files(in: scratch.url.appending(path: "four"))
    )
    #expect(one.removeValue(forKey: RunTiming.fileName) != nil)
    #expect(four.removeValue(forKey: RunTiming.fileName) != nil && one == four)
  }

  @Test func `names that are asked for are written as the names that are counted`() throws {
    var campaign = SafetySignalCampaign([try reports()], layout: .tall)
    campaign.question.drugs = [" drug  4. "]
    campaign.question.events = ["event 2"]
    #expect(try run(campaign, "one").detection.signals.map(\.counts.both) == [20])
    campaign.question.events = ["event 99"]
    #expect(throws: HospitalError.self) { try run(campaign, "two") }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("two")))
  }

  @Test func `a table of counts says so in its record, and has no strata`() throws {
    let table = try scratch.write("AE,a,b\nx,4,5\ny,6,7\n", to: "counts.csv")
    var campaign = SafetySignalCampaign([table], layout: .counts)
    let outcome = try run(campaign, "out")
    #expect(outcome.reading.tally.total == 22 && outcome.detection.fit == nil)
    let record = try StableJSON.decode(
      RunRecord.self, at: scratch.url.appending(path: "out/run.json"))
    #expect(record.options["denominator"]?.contains("sum of the table's cells") ?? false)
    campaign.strata = "sex"
    #expect(throws: HospitalError.self) { try run(campaign, "other") }
  }

  @Test func `FDA's files are read by their folder, every one with its digest`() throws {
    try scratch.write("primaryid$caseid$fda_dt$sex\n1$1$20220701$F\n", to: "DEMO22Q3.txt")
    try scratch.write("primaryid$role_cod$drugname\n1$PS$x\n", to: "DRUG22Q3.txt")
    try scratch.write("primaryid$pt\n1$Pain\n", to: "REAC22Q3.txt")
    var campaign = SafetySignalCampaign([scratch.url.path], layout: .faers)
    campaign.strata = "sex"
    campaign.question.minimum = 1
    #expect(try run(campaign, "out").detection.signals.count == 1)
    let record = try StableJSON.decode(
      RunRecord.self, at: scratch.url.appending(path: "out/run.json"))
    #expect(record.inputs.map(\.name) == ["DEMO22Q3.txt", "DRUG22Q3.txt", "REAC22Q3.txt"])
    campaign.strata = "age"
    #expect(throws: HospitalError.self) { try run(campaign, "other") }
  }

  @Test func `effects of drugs become evidence only with a table of calibrated estimates`() throws {
    let targets = try scratch.write(
      "drug,target,action\nsimvastatin,HMGCR,inhibitor\n", to: "targets.csv")
    let error = #expect(throws: EvidenceError.self) {
      try DrugEffectCampaign(estimates: nil, targets: [targets], snapshot: "published").run()
    }
    #expect(error?.description.contains("calibrated against negative controls") ?? false)
    let estimates = try scratch.write(
      """
      drug,disease_id,disease,calibrated_beta,calibrated_se,effect_scale,calibrated_p,\
      negative_controls,method
      simvastatin,EFO:0000001,rhabdomyolysis,1.2,0.2,log hazard ratio,1e-8,50,Cox

      """, to: "estimates.csv")
    let outcome = try DrugEffectCampaign(
      estimates: estimates, targets: [targets], snapshot: "published"
    ).run()
    #expect(outcome.evidence.records.map(\.requiredModulation) == [.activate])
    #expect(Set(outcome.evidence.records[0].inputs.keys) == ["estimates.csv", "targets.csv"])
  }
}
