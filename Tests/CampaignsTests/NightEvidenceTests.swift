import Campaigns
import Entities
import Foundation
import Provenance
import Screening
import TargetEvidence
import Testing

@Suite struct NightEvidenceTests {
  private let nights: MadeUpNights
  private static let asked = """
    top: 30
        evidence: {files: f2.evidence, disease: "EFO:0004611", gene: F2, modulation: inhibit}
    """

  init() throws { nights = try MadeUpNights() }

  /// The file of evidence says now what the direction of the gene's loss says.
  private func lossOfF2(_ trait: DirectionOnTrait, study: String = "burden") throws {
    let url = nights.file("f2.evidence")
    try? FileManager.default.removeItem(at: url)
    try EvidenceFile(at: url).append([
      EvidenceRecord(
        source: EvidenceSource(
          platform: .nationalBio, datasource: "gene_burden", datatype: "genetic_association"),
        target: EvidenceTarget(symbol: "F2"),
        disease: EvidenceDisease(id: "EFO:0004611", name: "LDL cholesterol"),
        statistic: EvidenceStatistic(
          method: study, statistic: "score test", beta: 0.3, standardError: 0.05,
          effectScale: "SD", pValue: 1e-9, count: 1000),
        directionOnTarget: .lossOfFunction, directionOnTrait: trait, score: 0.8,
        scoreRule: "test", protection: EvidenceProtection(consentSnapshot: "s1"), reality: .real,
        codeVersion: "test")
    ])
  }

  @Test
  func `a list whose target became no-go is kept back, and the evidence is told as the cause`()
    throws
  {
    try lossOfF2(.protective)
    let first = try nights.night(Self.asked)
    #expect(first.outcome.screen.hits.count == 30)
    #expect(first.record.screens[0].evidence?.decision == "go")

    try lossOfF2(.risk)
    let second = try nights.night(Self.asked)
    #expect(second.outcome.screen.hits.isEmpty && second.record.screens[0].hits.isEmpty)
    #expect(second.outcome.screen.work.computed == 0)
    let gone = try #require(second.outcome.comparison)
    #expect(gone.factors == [.evidence] && gone.count(.left) == 30 && gone.changes.count == 30)
    for change in gone.changes {
      #expect(change.cause == .evidence && change.placeAfter == nil)
      #expect(change.valueBefore == change.valueAfter)
      #expect(change.why.contains("must not be inhibited"))
    }

    try lossOfF2(.protective)
    let third = try nights.night(Self.asked)
    let back = try #require(third.outcome.comparison)
    #expect(third.outcome.screen.hits == first.outcome.screen.hits)
    #expect(back.count(.entered) == 30 && back.changes.allSatisfy { $0.cause == .evidence })
    #expect(back.changes.allSatisfy { $0.why.contains("no longer keeps the list back") })
  }

  @Test func `evidence, library and model at once: the parts of each compound add up`() throws {
    try lossOfF2(.protective)
    try nights.night(Self.asked)
    try lossOfF2(.risk)
    try nights.addCompounds()
    try nights.useSecondModel()
    let comparison = try #require(try nights.night(Self.asked).outcome.comparison)
    #expect(comparison.factors == [.library, .model, .evidence])
    #expect(comparison.count(.left) == 30 && comparison.count(.entered) == 0)
    for change in comparison.changes {
      let before = Double(try #require(change.placeBefore))
      #expect(abs(change.gain - (before - Double(comparison.depth + 1))) < 1e-9)
    }
    #expect(comparison.changes.allSatisfy { ($0.parts["evidence"] ?? 0) < 0 })
  }

  @Test
  func `other bytes that say the same change nothing; evidence that is gone holds the target`()
    throws
  {
    try lossOfF2(.protective)
    try nights.night(Self.asked)
    try lossOfF2(.protective, study: "another burden test")
    let same = try nights.night(Self.asked)
    #expect(same.outcome.comparison?.factors == [])
    // All records withdrawn: the file stands and says nothing of the target.
    try Data().write(to: nights.file("f2.evidence"))
    let held = try nights.night(Self.asked)
    #expect(held.record.screens[0].evidence?.decision == "hold")
    #expect(held.outcome.screen.hits.count == 30)
    let comparison = try #require(held.outcome.comparison)
    #expect(comparison.factors == [.evidence] && comparison.changes.isEmpty)
    // A disease that never had evidence is a fault of the plan.
    #expect(throws: EvidenceError.unknownDisease("EFO:0004611", near: [])) {
      try nights.night(Self.asked, store: "others")
    }
    // And so is a target that never had some.
    try lossOfF2(.protective)
    let error = #expect(throws: NightError.self) {
      try nights.night(Self.asked.replacing("F2", with: "F3"), store: "others")
    }
    #expect(error?.description == "no evidence on EFO:0004611 speaks of F3; did you mean F2?")
  }

  @Test(arguments: [true, false])
  func `evidence that cannot be read keeps the list back, whether or not other lines can`(
    onlyLine: Bool
  ) throws {
    try lossOfF2(.risk)
    let first = try nights.night(Self.asked)
    #expect(first.outcome.screen.hits.isEmpty)
    // The line that says no-go is cut, as a full disk would leave it.
    let url = nights.file("f2.evidence")
    let cut = try Data(contentsOf: url).prefix(100)
    if onlyLine {
      try cut.write(to: url)
    } else {
      try lossOfF2(.protective)
      try (Data(contentsOf: url) + cut).write(to: url)
    }
    let second = try nights.night(Self.asked)
    #expect(second.outcome.screen.hits.isEmpty)
    let verdict = try #require(second.record.screens[0].evidence)
    #expect(verdict.unread == 1 && verdict.isWithholding)
    #expect(verdict.sentence.contains("lines of evidence that cannot be read: 1"))
  }

  @Test func `a plan's evidence is read with all that is wrong with it`() throws {
    func faults(_ evidence: String) -> [String] {
      do { _ = try nights.plan("evidence: " + evidence) } catch let error as QueuePlan.Faults {
        return error.sentences
      } catch { return ["\(error)"] }
      return []
    }
    #expect(
      faults("f2.evidence") == ["tiny: `evidence` is a table of files, disease, gene, modulation"])
    let mixed = "{files: [plan.json, 3], disease: D, gene: F2, modulation: inhibit}"
    #expect(faults(mixed).contains("tiny: `files` is a list of files of evidence"))
    let many = faults("{files: none.evidence, gen: F2, modulation: stop}")
    #expect(many.contains { $0.contains("has a key `gen`") && $0.contains("gene") })
    #expect(many.contains("tiny: its evidence has no `disease`"))
    #expect(many.contains("tiny: there is no evidence none.evidence"))
    #expect(many.contains("tiny: `modulation` is inhibit or activate, not stop"))
  }
}
