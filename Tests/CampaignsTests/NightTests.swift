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
  private let nights: MadeUpNights

  init() throws { nights = try MadeUpNights() }

  @Test func `the first night names what a screen names, and has nothing to compare`() throws {
    let first = try nights.night()
    let alone = try ScreenCampaign(
      library: Library(at: nights.file("c.olib")),
      model: ModelFolder(at: nights.file("m.model"), using: WorkerPool(threads: 2)).model,
      modelDigest: Digest(of: "m"), plan: ScreeningPlan(count: 30), pool: WorkerPool(threads: 2),
      store: ScoreStore(at: nights.file("other"))
    ).run()
    #expect(first.outcome.screen.hits == alone.hits && first.outcome.comparison == nil)
    #expect(first.record.number == 1 && first.record.previous == nil)
    #expect(first.record.screens[0].newRows == 900 && first.record.screens[0].knownRows == 0)
  }

  @Test func `a night after which nothing changed computes nothing and says so`() throws {
    let first = try nights.night()
    let second = try nights.night()
    #expect(second.outcome.screen.work.computed == 0)
    #expect(second.record.screens[0].newRows == 0 && second.record.screens[0].knownRows == 900)
    let comparison = try #require(second.outcome.comparison)
    #expect(comparison.factors.isEmpty && comparison.changes.isEmpty && comparison.unmoved == 30)
    #expect(second.record.previous == first.digest && second.record.number == 2)
  }

  @Test func `of a grown library the new compounds alone are scored`() throws {
    try nights.night()
    try nights.addCompounds()
    let rows = try Library(at: nights.file("c.olib")).count
    let second = try nights.night()
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
    let first = try nights.night()
    try nights.addCompounds()
    try nights.useSecondModel()
    try Data(#"{"forbidden": ["Cl"], "maximumPerScaffold": 6}"#.utf8).write(
      to: nights.file("r.json"))
    let second = try nights.night("top: 30\n    plan: r.json")
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
    try nights.night(store: "calm")
    try nights.night(store: "rough")
    try nights.addCompounds()
    try nights.useSecondModel()
    let calm = try nights.night(store: "calm", threads: 1)
    var stops = 0
    for patience in 1... {
      let asked = Atomic(0)
      do {
        let rough = try nights.night(
          store: "rough",
          shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > patience })
        #expect(rough.record == calm.record && rough.digest == calm.digest)
        #expect(rough.outcome.comparison == calm.outcome.comparison)
        break
      } catch is Interruption { stops += 1 }
      try #require(patience < 200)
    }
    #expect(stops >= 2)
    #expect(NightStore(at: nights.file("rough")).numbers == [1, 2])
  }

  @Test func `two at once on the same nights are refused`() throws {
    let pool = WorkerPool(threads: 1)
    let one = try NightCampaign(try nights.plan(), day: "2026-11-25", pool: pool)
    do {
      _ = try NightCampaign(try nights.plan(), day: "2026-11-25", pool: pool)
      Issue.record("the second night began")
    } catch NightError.locked(let holder) { #expect(holder.contains("scoring a night")) }
    #expect(one.number == 1)
  }

  @Test func `what was compacted away in the library is still there for the comparison`() throws {
    try nights.night()
    try nights.addCompounds()
    let editor = LibraryEditor(at: nights.file("c.olib"), pool: WorkerPool(threads: 2))
    let first = try nights.night("top: 5", store: "other").outcome.screen.hits[0].id
    _ = try editor.remove([first])
    _ = try editor.compact()
    let second = try nights.night()
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
      _ = try NightPlan(yaml: text, name: "p", folder: nights.file(""))
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
}
