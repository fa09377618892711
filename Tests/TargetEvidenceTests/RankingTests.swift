import Entities
import Foundation
import Statistics
import TestSupport
import Testing

@testable import TargetEvidence

/// Made-up evidence with what a test wants to change.
func record(
  _ symbol: String, _ target: DirectionOnTarget, _ trait: DirectionOnTrait, score: Double = 0.8,
  datasource: String = "gene_burden", disease: String = "EFO:0004611",
  reality: EvidenceReality = .real
) -> EvidenceRecord {
  EvidenceRecord(
    source: EvidenceSource(
      platform: .nationalBio, datasource: datasource, datatype: "genetic_association"),
    target: EvidenceTarget(symbol: symbol),
    disease: EvidenceDisease(id: disease, name: "LDL cholesterol"),
    statistic: EvidenceStatistic(
      method: "burden", statistic: "score test", beta: 0.3, standardError: 0.1,
      effectScale: "SD", pValue: 1e-9, count: 1000),
    directionOnTarget: target, directionOnTrait: trait, score: score, scoreRule: "test",
    protection: EvidenceProtection(consentSnapshot: "s1"), reality: reality, codeVersion: "test")
}

private func ranked(
  _ records: [EvidenceRecord], wanted: Modulation? = nil, context: TargetContext = TargetContext()
) throws -> [RankedTarget] {
  try TargetRanking(context: context)
    .rank(records.map { ($0.id, $0) }, disease: "EFO:0004611", wanted: wanted)
}

@Suite("Ranking of targets")
struct RankingTests {
  @Test(
    "a symbol that could lead out of a folder is a fault",
    arguments: ["../x", "a/b", ".x", "a\u{0}"])
  func symbols(symbol: String) {
    #expect(record(symbol, .lossOfFunction, .protective).faults == ["its target has no symbol"])
    #expect(record("HLA-DRB1", .lossOfFunction, .protective).faults.isEmpty)
  }

  @Test func `harm that a drug on the target did elsewhere is told, and moves nothing`() throws {
    let own = [record("HMGCR", .lossOfFunction, .protective)]
    let harm = record(
      "HMGCR", .lossOfFunction, .risk, datasource: "drug_safety_signal", disease: "MONDO:0005290")
    let plain = try ranked(own)
    let warned = try ranked(own + [harm])
    #expect(warned.count == 1 && warned[0].decision == plain[0].decision)
    #expect(warned[0].score == plain[0].score && warned[0].modulation == .inhibit)
    #expect(warned[0].reasons.count == plain[0].reasons.count + 1)
    #expect(warned[0].reasons.last?.hasPrefix("care: ") == true)
    // Who must be activated is not warned of what its inhibitors did.
    let opposite = [record("HMGCR", .lossOfFunction, .risk)]
    #expect(try ranked(opposite + [harm])[0].reasons == ranked(opposite)[0].reasons)
  }

  @Test("A target whose loss brings the disease is never offered to an inhibitor screen")
  func ldlr() throws {
    let targets = try ranked(
      [
        record("LDLR", .lossOfFunction, .risk, score: 1),
        record("PCSK9", .lossOfFunction, .protective, score: 0.6),
      ], wanted: .inhibit)
    #expect(targets.map(\.target.symbol) == ["PCSK9", "LDLR"])
    #expect(targets[0].decision == .go)
    #expect(targets[1].decision == .noGo)
    #expect(targets[1].modulation == .activate)
    #expect(targets[1].reasons.contains { $0.contains("must not be inhibited") })
  }

  @Test("Evidence that asks for both directions holds the target; a faint contradiction does not")
  func contested() throws {
    let contested = try ranked([
      record("A", .lossOfFunction, .risk, score: 0.5),
      record("A", .gainOfFunction, .risk, score: 0.5, datasource: "mechanism_literature"),
    ])
    #expect(contested[0].decision == .hold)
    #expect(contested[0].modulation == .unknown)
    let faint = try ranked([
      record("A", .lossOfFunction, .risk, score: 0.1),
      record("A", .gainOfFunction, .risk, score: 0.9, datasource: "mechanism_literature"),
    ])
    #expect(faint[0].decision == .go)
    #expect(faint[0].modulation == .inhibit)
  }

  @Test(
    "An unknown direction, weak support, or people who are not real hold a target, with reasons")
  func holds() throws {
    #expect(try ranked([record("A", .unknown, .risk)])[0].decision == .hold)
    var weak = record("A", .gainOfFunction, .risk, score: 0.01)
    #expect(try ranked([weak])[0].decision == .go, "a sure effect needs no high score")
    weak.statistic.pValue = 0.05
    #expect(try ranked([weak])[0].decision == .hold)
    let simulated = try ranked([
      record("A", .gainOfFunction, .risk, reality: .simulated(seed: 1, citations: ["PMID:1"]))
    ])
    #expect(simulated[0].decision == .hold)
    #expect(simulated[0].reality == "simulated")
  }

  @Test("A loss of function is routed to a neighbour only along a cited effect")
  func detours() throws {
    let edge = PathwayEdge(
      source: "PCSK9", target: "LDLR", activates: false, citation: "PMID:15085196")
    let without = try ranked([record("LDLR", .lossOfFunction, .risk)])
    #expect(without[0].detours.isEmpty)
    let with = try ranked(
      [record("LDLR", .lossOfFunction, .risk)], context: TargetContext(edges: [edge]))
    #expect(with[0].detours.map(\.target) == ["PCSK9"])
    #expect(with[0].detours[0].modulation == .inhibit)
  }

  @Test("A disease without evidence is an answer with neighbours, not an empty table")
  func unknown() throws {
    #expect(throws: EvidenceError.self) {
      try TargetRanking().rank([("1", record("A", .unknown, .risk))], disease: "EFO:1")
    }
  }

  @Test("The order of the evidence changes nothing")
  func order() throws {
    let records = (0..<12).map { (number: Int) -> EvidenceRecord in
      let target: DirectionOnTarget = number % 2 == 0 ? .lossOfFunction : .gainOfFunction
      let trait: DirectionOnTrait = number % 3 == 0 ? .risk : .protective
      return record(
        "T\(number % 4)", target, trait, score: Double(number) / 12,
        datasource: "s\(number % 5)")
    }
    let one = try ranked(records)
    let other = try ranked(records.reversed())
    #expect(one.map(\.target) == other.map(\.target))
    #expect(one.map(\.score) == other.map(\.score))
    #expect(one.map { $0.evidence.map(\.id) } == other.map { $0.evidence.map(\.id) })
  }
}

@Suite("Scores and relative success")
struct ScoreTests {
  private struct Vectors: Decodable {
    struct Vector: Decodable {
      let scores: [Double]
      let expected: Double
    }
    let vectors: [Vector]
  }

  @Test(
    "The harmonic sum equals the exact fractions of 1,001 vectors",
    .enabled(if: SharedData.isPresent))
  func harmonic() throws {
    let url = URL(filePath: SharedData.path("references/open_targets_score/expected_vectors.json"))
    let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url)).vectors
    #expect(vectors.count >= 1000)
    for vector in vectors {
      #expect(abs(HarmonicSum.score(vector.scores) - vector.expected) <= 1e-12)
    }
    #expect(abs(HarmonicSum.score([0.8, 1, 0.9]) - 0.799234297713625) < 1e-14)
  }

  @Test(
    "Nelson's programmes, counted anew, give the published 36 of 217 and 1.883",
    .enabled(if: SharedData.isPresent))
  func nelson() throws {
    let folder = "datasets/target_genetic_support/nelson_2015_supplementary_dataset_"
    let programmes = try NelsonProgrammes(
      associations: SharedData.path(folder + "2.tsv.gz"),
      programmes: SharedData.path(folder + "3.tsv.gz"))
    let found = try #require(programmes.relativeSuccess())
    #expect(found.supported == RelativeSuccess.Share(36, of: 217))
    #expect(found.unsupported == RelativeSuccess.Share(1_662, of: 18_868))
    #expect(abs(found.ratio - 1.88337852900564) < 1e-12)
    #expect(abs(found.interval().lower - 1.3926647607323281) < 1e-9)
    #expect(abs(found.interval().upper - 2.5469982321188405) < 1e-9)
  }

  @Test("The published counts give the published ratios", .enabled(if: SharedData.isPresent))
  func minikel() throws {
    let path = SharedData.path("references/genetic_support/expected_minikel2024_table_s05.csv")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let kinds: [String: GeneticSupport.Kind] = [
      "All germline": .other, "OMIM": .mendelian, "All GWAS": .association, "Genebass": .burden,
    ]
    var compared = 0
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      guard let kind = kinds[fields[0]], let ratio = Double(fields[1]),
        let found = GeneticSupport.minikel2024.comparisons[kind]
      else { continue }
      #expect(abs(found.ratio - ratio) < 1e-12)
      #expect(abs(found.interval().lower - (Double(fields[2]) ?? .nan)) < 1e-9)
      compared += 1
    }
    #expect(compared == kinds.count)
  }
}

@Suite("Evidence files")
struct EvidenceFileTests {
  @Test("A record comes back as it was, in flat columns")
  func roundTrip() throws {
    let before = record(
      "PCSK9", .lossOfFunction, .protective,
      reality: .simulated(seed: 5, citations: ["PMID:16554528"]))
    let line = try EvidenceFile.line(of: before)
    let after = try JSONDecoder().decode(EvidenceRecord.self, from: Data(line.utf8))
    #expect(after == before)
    #expect(line.contains(#""required_modulation":"inhibit""#))
    #expect(line.contains(#""target_symbol":"PCSK9""#))
    #expect(line.contains(#""provenance":"simulated""#))
  }

  @Test("Records are added once, withdrawn by name, and faulty lines are told")
  func appending() throws {
    let scratch = try ScratchFolder()
    let file = EvidenceFile(at: scratch.url.appending(path: "e.jsonl"))
    let records = ["A", "B", "C"].map { record($0, .lossOfFunction, .protective) }
    #expect(try file.append(records) == 3)
    #expect(try file.append(records) == 0)
    #expect(try file.retract([records[1].id], reason: "consent withdrawn") == 1)
    let handle = try FileHandle(forWritingTo: file.url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"target_symbol\":\"D\"}\nnot json\n".utf8))
    try handle.close()
    let contents = try file.read()
    #expect(contents.records.map(\.record.target.symbol) == ["A", "C"])
    #expect(contents.retractions.map(\.reason) == ["consent withdrawn"])
    #expect(contents.refused.map(\.line) == [5, 6])
  }

  @Test("A file whose last line lacks its end loses neither that record nor the next")
  func unendedLine() throws {
    let scratch = try ScratchFolder()
    let line = try EvidenceFile.line(of: record("A", .lossOfFunction, .risk))
    try scratch.write(String(line.dropLast()), to: "e.jsonl")
    let file = EvidenceFile(at: scratch.url.appending(path: "e.jsonl"))
    #expect(try file.append([record("B", .lossOfFunction, .risk)]) == 1)
    #expect(try file.read().records.map(\.record.target.symbol) == ["A", "B"])
  }

  @Test("Evidence about people without a snapshot of consents does not pass the door")
  func door() throws {
    let scratch = try ScratchFolder()
    let file = EvidenceFile(at: scratch.url.appending(path: "e.jsonl"))
    var faulty = record("A", .lossOfFunction, .risk)
    faulty.protection.consentSnapshot = nil
    #expect(throws: EvidenceError.self) { try file.append([faulty]) }
    // People who do not exist gave no consent, and need none.
    var simulated = record("A", .lossOfFunction, .risk, reality: .simulated(seed: 1, citations: []))
    simulated.protection.consentSnapshot = nil
    #expect(try file.append([simulated]) == 1)
    faulty = record("A", .lossOfFunction, .risk)
    faulty.score = .nan
    #expect(throws: EvidenceError.self) { try file.append([faulty]) }
    faulty = record("A", .lossOfFunction, .risk)
    faulty.statistic.effectScale = nil
    #expect(throws: EvidenceError.self) { try file.append([faulty]) }
  }

  @Test("A direction that does not follow from its parts is refused")
  func direction() throws {
    let line = try EvidenceFile.line(of: record("A", .lossOfFunction, .risk))
    let altered = line.replacing(
      #""required_modulation":"activate""#, with: #""required_modulation":"inhibit""#)
    #expect(altered != line)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(EvidenceRecord.self, from: Data(altered.utf8))
    }
  }
}
