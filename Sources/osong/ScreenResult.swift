import Campaigns
import CompoundLibrary
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Records
import Reporting
import Screening

/// The files of a screen's result folder.
struct ScreenResult {
  let target: String
  let libraryName: String
  let library: Library
  let modelName: String
  let folder: ModelFolder
  let task: Int
  let plan: ScreeningPlan
  let outcome: ScreenOutcome
  let pool: WorkerPool
  /// Files that were written beside these and belong to the result.
  var others: [String] = []
  /// What the evidence says of the target, where the list depends on it.
  var evidence: TargetVerdict?

  private var endpoint: LearningTask { folder.model.tasks[task] }
  private var seeds: [UInt64] { folder.card.training.seeds }

  func write(into staging: URL) throws {
    let endpoint = endpoint.name
    func file(_ name: String) -> OutputDestination { .file(staging.appending(path: name).path) }
    try HitTable.write(outcome.hits, endpoint: endpoint, to: file("hits.csv"))
    try HitStructures.write(outcome.hits, endpoint: endpoint, to: file("hits.sdf")) { hit in
      let block = try Structure(parsing: hit.smiles).molBlock(named: hit.id)
      return block.components(separatedBy: "M  END")[0] + "M  END\n"
    }
    try RefusedTable.write(outcome.refused, to: file("refused.csv"))
    let record = record
    let report = report(record)
    try AtomicFile.write(report.html(), to: staging.appending(path: "report.html"))
    var final = record
    for name in ["hits.csv", "hits.sdf", "refused.csv", "report.html"] + others {
      final.outputs.append(try Artifact(fileAt: staging.appending(path: name)))
    }
    try final.write(into: staging)
  }

  private var record: RunRecord {
    RunRecord(
      verb: "screen",
      options: ["plan": (try? String(decoding: StableJSON.encode(plan), as: UTF8.self)) ?? ""],
      seed: seeds.first ?? 0,
      inputs: [Artifact(name: libraryName, digest: library.digest)] + (evidence?.inputs ?? []),
      models: [Artifact(name: modelName, digest: folder.digest)],
      counts: [
        "screened": outcome.screened, "scored": outcome.scored, "hits": outcome.hits.count,
        "outside the domain": outcome.outsideDomain,
        "refused by filters": outcome.refused.count,
      ])
  }

  private func report(_ record: RunRecord) -> ScreenReport {
    let histogram = outcome.histogram
    let width = (histogram.maximum - histogram.minimum) / Double(ScoreHistogram.bins)
    let refused = outcome.refused.map {
      RefusedRecord(line: $0.line, id: $0.id, reason: $0.reason.inGeneral)
    }
    return ScreenReport(
      title: "\(target): the best of \(outcome.screened.grouped) compounds",
      target: target,
      endpoint: ReportEndpoint(
        name: endpoint.name, unit: endpoint.unit, higherIsBetter: endpoint.higherIsBetter),
      hits: outcome.hits, drawings: drawings,
      tally: tally(refused),
      plan: PlanText.sentences(of: plan) + (evidence.map { ["Evidence: \($0.sentence)."] } ?? []),
      scores: ValueHistogram(
        lower: histogram.minimum.isFinite ? histogram.minimum : 0,
        binWidth: width > 0 ? width : 1, counts: histogram.counts),
      librarySample: outcome.sample,
      model: ModelReport(folder: folder, task: task, pool: pool).assessment,
      provenance: provenance(record))
  }

  /// What the library's build refused, then what the plan's filters did.
  private func tally(_ refused: [RefusedRecord]) -> ScreenTally {
    let built = library.counts.refused.sorted { $0.key < $1.key }.map {
      RefusedCount(reason: "library: \($0.key)", count: $0.value)
    }
    let filtered = ScreenTally(read: 0, scored: 0, counting: refused).refused
    let outside =
      outcome.outsideDomain > 0
      ? [
        RefusedCount(
          reason: "outside the model's applicability domain", count: outcome.outsideDomain)
      ] : []
    return ScreenTally(
      read: library.counts.read, scored: outcome.scored, refused: built + outside + filtered)
  }

  private var drawings: [String: String] {
    let hits = outcome.hits
    let texts = pool.map(hits.count) { index -> String? in
      let contributions = hits[index].atomContributions.indices
      return try? Structure(parsing: hits[index].smiles)
        .drawing(width: 240, height: 172, highlighting: Array(contributions))
    }
    var drawings: [String: String] = [:]
    for (hit, text) in zip(hits, texts) { drawings[hit.id] = text }
    return drawings
  }

  private func provenance(_ record: RunRecord) -> [Fact] {
    [
      Fact("made by", record.codeVersion),
      Fact("library", "\(libraryName), digest \(library.digest.short)"),
      Fact("library built from", library.inputs.map(\.name).joined(separator: ", ")),
      Fact("model", "\(modelName), digest \(folder.digest.short)"),
      Fact(
        "trained on",
        "\(folder.card.training.data.name), digest \(folder.card.training.data.digest.short),"
          + " licence \(folder.card.training.license)"),
      Fact("seed", seeds.map(String.init).joined(separator: ", ")),
    ]
  }
}

extension Refusal {
  /// The reason without what differs from compound to compound, for counting.
  fileprivate var inGeneral: Refusal {
    guard case .filtered(let why) = self else { return self }
    for mark in ["MW", "logP", "TPSA", "HBD", "HBA", "RotB", "QED"] where why.hasPrefix(mark + " ")
    {
      return .filtered("\(mark) outside its range")
    }
    if why.contains("already have the scaffold") { return .filtered("scaffold used up") }
    if why.hasPrefix("outside the model's") { return .filtered("outside the domain") }
    if why.hasPrefix("too close") { return .filtered("too close to a measured compound") }
    return self
  }
}
