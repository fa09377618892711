import Campaigns
import CompoundLibrary
import Entities
import Evaluation
import Featurization
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Records
import Screening
import Synchronization
import TestSupport
import Testing

@Suite struct NightTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    _ = try makeLibrary(MadeUpCompounds.lines(900), at: file("c.olib"))
    try Self.first.get().write(to: file("m.model"))
  }

  private func file(_ name: String) -> URL { scratch.url.appending(path: name) }

  private struct MadeModel: Sendable {
    let outcome: TrainingOutcome
    let card: ModelCard

    func write(to url: URL) throws {
      try? FileManager.default.removeItem(at: url)
      _ = try ModelFolder.write(outcome, card: card, to: url)
    }
  }

  /// Two models that differ in what they learned from.
  private static let first = Result { try made(120) }
  private static let second = Result { try made(150) }

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

  private func plan(_ more: String = "top: 30", store: String = "nights") throws -> NightPlan {
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

  private struct Night {
    let outcome: NightCampaign.Outcome
    let record: NightRecord
    let digest: Digest
  }

  /// A whole night; the result is a record alone.
  @discardableResult
  private func night(
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

  private func addCompounds() throws {
    _ = try LibraryEditor(at: file("c.olib"), pool: WorkerPool(threads: 2))
      .add(from: [.bytes(Array(MadeUpCompounds.lines(1_100).utf8))])
  }

  private func useSecondModel() throws { try Self.second.get().write(to: file("m.model")) }

  @Test func `the first night names what a screen names, and has nothing to compare`() throws {
    let first = try night()
    let alone = try ScreenCampaign(
      library: Library(at: file("c.olib")),
      model: ModelFolder(at: file("m.model"), using: WorkerPool(threads: 2)).model,
      modelDigest: Digest(of: "m"), plan: ScreeningPlan(count: 30), pool: WorkerPool(threads: 2),
      store: ScoreStore(at: file("other"))
    ).run()
    #expect(first.outcome.screen.hits == alone.hits && first.outcome.comparison == nil)
    #expect(first.record.number == 1 && first.record.previous == nil)
    #expect(first.record.screens[0].newRows == 900 && first.record.screens[0].knownRows == 0)
  }

  @Test func `a night after which nothing changed computes nothing and says so`() throws {
    let first = try night()
    let second = try night()
    #expect(second.outcome.screen.work.computed == 0)
    #expect(second.record.screens[0].newRows == 0 && second.record.screens[0].knownRows == 900)
    let comparison = try #require(second.outcome.comparison)
    #expect(comparison.factors.isEmpty && comparison.changes.isEmpty && comparison.unmoved == 30)
    #expect(second.record.previous == first.digest && second.record.number == 2)
  }

  @Test func `of a grown library the new compounds alone are scored`() throws {
    try night()
    try addCompounds()
    let rows = try Library(at: file("c.olib")).rows
    let second = try night()
    #expect(second.outcome.screen.work.computed == rows - 900 && rows > 900)
    #expect(second.record.screens[0].newRows == rows - 900)
    let comparison = try #require(second.outcome.comparison)
    #expect(comparison.factors == [.library])
    #expect(comparison.changes.allSatisfy { $0.cause == .library })
    for change in comparison.changes where change.kind == .entered {
      #expect(change.valueBefore == nil && change.why == "new in the library")
    }
    #expect(comparison.count(.entered) > 0 && comparison.count(.entered) == comparison.count(.left))
  }

  @Test
  func `library, model and plan at once: the parts of each move add up, and all causes are told`()
    throws
  {
    let first = try night()
    try addCompounds()
    try useSecondModel()
    try Data(#"{"forbidden": ["Cl"], "maximumPerScaffold": 6}"#.utf8).write(to: file("r.json"))
    let second = try night("top: 30\n    plan: r.json")
    let comparison = try #require(second.outcome.comparison)
    #expect(comparison.factors == [.library, .model, .plan])
    let before = first.outcome.screen.hits.map(\.id)
    let after = second.outcome.screen.hits.map(\.id)
    #expect(
      Set(comparison.changes.filter { $0.kind == .entered }.map(\.id))
        == Set(after).subtracting(before))
    #expect(
      Set(comparison.changes.filter { $0.kind == .left }.map(\.id))
        == Set(before).subtracting(after))
    for change in comparison.changes {
      let places = [change.placeBefore, change.placeAfter].map {
        Double($0 ?? comparison.depth + 1)
      }
      #expect(abs(change.gain - (places[0] - places[1])) < 1e-9)
      #expect(!change.why.isEmpty && !change.smiles.isEmpty)
    }
    #expect(comparison.count(.model) > 0)
    // The worlds between are screens of their own: the last of them is the night's list.
    #expect(second.record.screens[0].hits.map(\.id) == after)
  }

  @Test func `a night that was stopped goes on, and its record is the one of a night undisturbed`()
    throws
  {
    try night(store: "calm")
    try night(store: "rough")
    try addCompounds()
    try useSecondModel()
    let calm = try night(store: "calm", threads: 1)
    var stops = 0
    for patience in 1... {
      let asked = Atomic(0)
      do {
        let rough = try night(
          store: "rough",
          shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > patience })
        #expect(rough.record == calm.record && rough.digest == calm.digest)
        #expect(rough.outcome.comparison == calm.outcome.comparison)
        break
      } catch is Interruption { stops += 1 }
      try #require(patience < 200)
    }
    #expect(stops >= 2)
    #expect(NightStore(at: file("rough")).numbers == [1, 2])
  }

  @Test func `two at once on the same nights are refused`() throws {
    let pool = WorkerPool(threads: 1)
    let one = try NightCampaign(try plan(), day: "2026-11-25", pool: pool)
    do {
      _ = try NightCampaign(try plan(), day: "2026-11-25", pool: pool)
      Issue.record("the second night began")
    } catch NightError.locked(let holder) { #expect(holder.contains("scoring a night")) }
    #expect(one.number == 1)
  }

  @Test func `what was compacted away in the library is still there for the comparison`() throws {
    try night()
    try addCompounds()
    let editor = LibraryEditor(at: file("c.olib"), pool: WorkerPool(threads: 2))
    let first = try night("top: 5", store: "other").outcome.screen.hits[0].id
    _ = try editor.remove([first])
    _ = try editor.compact()
    let second = try night()
    let gone = try #require(second.outcome.comparison?.changes.first { $0.id == first })
    #expect(gone.kind == .left && gone.why == "no longer in the library")
    #expect(gone.valueBefore != nil && gone.valueAfter == nil && !gone.smiles.isEmpty)
  }

  @Test func `all faults of a plan are told at once`() throws {
    let text = """
      version: 1
      zone: Asia/Seul
      until: 6 o'clock
      scren: 1
      screens:
        - name: a/b
          library: none.olib
          model: m.model
          rank: cautious
        - name: two
          model: m.model
          libary: c.olib
      """
    do {
      _ = try NightPlan(yaml: text, name: "p", folder: scratch.url)
      Issue.record("the plan was read")
    } catch {
      let all = error.sentences.joined(separator: "\n")
      for part in [
        "scren", "did you mean screens", "Asia/Seul", "until", "a/b cannot be",
        "no library none.olib", "no ranking cautious", "two has no `library`", "libary",
      ] { #expect(all.contains(part), "\(part) in \(all)") }
    }
  }

  @Test func `a time to stop is the next one of its zone`() throws {
    let zone = try #require(TimeZone(identifier: "Asia/Seoul"))
    let evening = try Date("2026-11-25T14:00:00Z", strategy: .iso8601)
    let end = try #require(ClockTime("06:00")?.next(after: evening, in: zone))
    #expect(end == (try Date("2026-11-25T21:00:00Z", strategy: .iso8601)))
    #expect(ClockTime("6:00") == nil && ClockTime("24:00") == nil && ClockTime("06:60") == nil)
  }

  // MARK: What all nights say together

  @Test func `a compound's history tells every night's value, and the place where it was named`()
    throws
  {
    let first = try night()
    try useSecondModel()
    let second = try night()
    let ledger = try NightLedger(NightStore(at: file("nights")))
    let best = first.outcome.screen.hits[0]
    let history = try ledger.history(of: best.id)
    #expect(history.map(\.night) == [1, 2] && history[0].place == 1)
    #expect(history[0].value == best.prediction.value)
    let after = second.outcome.screen.hits.firstIndex { $0.id == best.id }.map { $0 + 1 }
    #expect(history[1].place == after)
    // A compound that was never named has its values all the same.
    let named = Set((first.outcome.screen.hits + second.outcome.screen.hits).map(\.id))
    let library = try Library(at: file("c.olib"))
    let row = try #require((0..<library.rows).first { !named.contains(library.id($0)) })
    let other = try ledger.history(of: library.id(row))
    #expect(other.count == 2 && other.allSatisfy { $0.place == nil && $0.value != nil })
    let model = try Self.second.get().outcome.model
    let expected = try model.values(ofTask: 0, for: CompoundTable(smiles: [library.smiles(row)]))[0]
    #expect(abs(try #require(other[1].value) - (try #require(expected))) < 1e-4)
    #expect(try ledger.history(of: "nobody").isEmpty)
  }

  @Test func `a byte altered in a record, a result, a score or a library is found, wherever it is`()
    throws
  {
    try night()
    let head = try night().digest
    let ledger = try NightLedger(NightStore(at: file("nights")))
    #expect(try ledger.verify(head: head) == .sound(nights: 2, shards: 3, head: head))
    let names = try FileManager.default.subpathsOfDirectory(atPath: file("nights").path)
    var altered = 0
    for name in names.sorted() {
      let url = file("nights").appending(path: name)
      guard let bytes = try? Data(contentsOf: url), !bytes.isEmpty else { continue }
      // Notes and words that nothing stands on.
      let file = url.lastPathComponent
      if file.hasPrefix(".") || ["card.json", "CARD.md", "test.csv"].contains(file) { continue }
      var other = bytes
      other[bytes.count / 2] ^= 4
      try other.write(to: url)
      if case .sound = try ledger.verify(head: head) { Issue.record("\(name) was altered unseen") }
      try bytes.write(to: url)
      altered += 1
    }
    #expect(altered >= 8)
    #expect(try ledger.verify(head: head) == .sound(nights: 2, shards: 3, head: head))
    try FileManager.default.removeItem(at: file("nights/night-0002"))
    guard case .broken = try ledger.verify(head: head) else {
      Issue.record("a night that was cut off was not missed")
      return
    }
  }

  @Test func `old nights give their scores back and keep their results`() throws {
    try night()
    try useSecondModel()
    try night()
    let last = try night()
    let ledger = try NightLedger(NightStore(at: file("nights")))
    let removed = try ledger.compact(keeping: 1)
    #expect(removed.shards == 3 && removed.models == 1 && removed.libraries == 0)
    #expect(try ledger.verify(head: last.digest) == .sound(nights: 3, shards: 3, head: last.digest))
    let id = last.outcome.screen.hits[0].id
    #expect(try ledger.history(of: id).contains { $0.night == 3 && $0.place == 1 })
    let next = try night()
    #expect(next.record.number == 4 && next.record.screens[0].newRows == 0)
    #expect(next.outcome.comparison?.factors == [])
  }

  // MARK: What was measured since

  @Test
  func `new measurements are held against predictions, and what was learned from is left out`()
    throws
  {
    let model = try Self.first.get().outcome.model
    let learned = try #require(model.domain.compounds.first).smiles
    var table = "id,smiles,pKi\n"
    for number in 0..<60 {
      let smiles = MadeUpCompounds.smiles(number * 31 % MadeUpCompounds.count)
      table += "N\(number),\(smiles),\(TinyModel.value(of: smiles) + 3)\n"
    }
    table += "L,\(learned),5\nB,CCO,>7\nX,not a molecule,5\nE,CCN,\n"
    try Data(table.utf8).write(to: file("r.csv"))
    let check = try #require(try night("results: r.csv").outcome.measured)
    #expect(check.leftOut["bounds"] == 1 && check.leftOut["not measured"] == 1)
    #expect((check.leftOut["the model learned from"] ?? 0) >= 1)
    #expect((check.leftOut["unreadable"] ?? 0) >= 1)
    let bias = try #require(check.bias)
    #expect(abs(bias - 3) < 1.5)
    let words = check.verdict(unit: "1").joined()
    #expect(words.contains("higher than predicted") && words.contains("too narrow"))
    #expect((check.stretch ?? 0) > 1)
  }

  @Test func `results without the task's column are refused with the columns there are`() throws {
    try Data("id,smiles,IC50\nA,CCO,5\n".utf8).write(to: file("r.csv"))
    #expect(throws: NightError.missing("r.csv has no column pKi; there are id, smiles, IC50")) {
      try night("results: r.csv")
    }
  }
}
