import Campaigns
import CompoundLibrary
import Entities
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Records
import Screening
import TestSupport

/// A library, two models that differ in what they learned from, and nights over them.
struct MadeUpNights {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    _ = try makeLibrary(MadeUpCompounds.lines(900), at: file("c.olib"))
    try Self.first.get().write(to: file("m.model"))
  }

  func file(_ name: String) -> URL { scratch.url.appending(path: name) }

  struct MadeModel: Sendable {
    let outcome: TrainingOutcome
    let card: ModelCard

    func write(to url: URL) throws {
      try? FileManager.default.removeItem(at: url)
      _ = try ModelFolder.write(outcome, card: card, to: url)
    }
  }

  static let first = Result { try made(120) }
  static let second = Result { try made(150) }

  private static func made(_ count: Int) throws -> MadeModel {
    let scratch = try ScratchFolder()
    let text = TinyModel.table(count)
    let outcome = try TinyModel.train(text, in: scratch.url.appending(path: "w"))
    let card = ModelCard(
      name: "tiny", task: .regression, endpoint: .init(name: "pKi", unit: "1", meaning: "made up"),
      architecture: "tiny",
      training: TrainingRecord(
        data: Artifact(name: "t.csv", digest: Digest(of: text)), license: "none", split: "none",
        rows: ["train": count], seeds: [3]),
      performance: [], baselines: [], applicabilityDomain: "none")
    return MadeModel(outcome: outcome, card: card)
  }

  func plan(_ more: String = "top: 30", store: String = "nights") throws -> NightPlan {
    try NightPlan(
      yaml: """
        name: made-up
        store: \(store)
        screens:
          - name: tiny
            library: c.olib
            model: m.model
            \(more)
        """, name: "plan", folder: scratch.url)
  }

  struct Night {
    let outcome: NightCampaign.Outcome
    let record: NightRecord
    let digest: Digest
  }

  /// A whole night; the result is a record alone.
  @discardableResult
  func night(
    _ more: String = "top: 30", store: String = "nights", threads: Int = 2,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> Night {
    let night = try NightCampaign(
      try plan(more, store: store), day: "2026-11-25", pool: WorkerPool(threads: threads))
    let outcomes = try night.screens.map { try night.run($0, shouldStop: shouldStop) }
    let made = try night.record(outcomes) { index, folder in
      try RunRecord(
        verb: "nightly", counts: ["hits": outcomes[index].screen.hits.count]
      ).write(into: folder)
    }
    return Night(outcome: outcomes[0], record: made.record, digest: made.digest)
  }

  func addCompounds() throws {
    _ = try LibraryEditor(at: file("c.olib"), pool: WorkerPool(threads: 2))
      .add(from: [.bytes(Array(MadeUpCompounds.lines(1_100).utf8))])
  }

  func useSecondModel() throws { try Self.second.get().write(to: file("m.model")) }
}
