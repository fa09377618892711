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

@Suite struct NightLedgerTests {
  private let nights: MadeUpNights

  init() throws { nights = try MadeUpNights() }

  // MARK: What all nights say together

  @Test func `a compound's history tells every night's value, and the place where it was named`()
    throws
  {
    let first = try nights.night()
    try nights.useSecondModel()
    let second = try nights.night()
    let ledger = try NightLedger(NightStore(at: nights.file("nights")))
    let best = first.outcome.screen.hits[0]
    let history = try ledger.history(of: best.id)
    #expect(history.map(\.night) == [1, 2] && history[0].place == 1)
    #expect(history[0].value == best.prediction.value)
    let after = second.outcome.screen.hits.firstIndex { $0.id == best.id }.map { $0 + 1 }
    #expect(history[1].place == after)
    // A compound that was never named has its values all the same.
    let named = Set((first.outcome.screen.hits + second.outcome.screen.hits).map(\.id))
    let library = try Library(at: nights.file("c.olib"))
    let row = try #require((0..<library.rows).first { !named.contains(library.id($0)) })
    let other = try ledger.history(of: library.id(row))
    #expect(other.count == 2 && other.allSatisfy { $0.place == nil && $0.value != nil })
    let model = try MadeUpNights.second.get().outcome.model
    let expected = try model.values(ofTask: 0, for: CompoundTable(smiles: [library.smiles(row)]))[0]
    #expect(abs(try #require(other[1].value) - (try #require(expected))) < 1e-4)
    #expect(try ledger.history(of: "nobody").isEmpty)
  }

  @Test func `a byte altered in a record, a result, a score or a library is found, wherever it is`()
    throws
  {
    try nights.night()
    let head = try nights.night().digest
    let ledger = try NightLedger(NightStore(at: nights.file("nights")))
    #expect(try ledger.verify(head: head) == .sound(nights: 2, shards: 3, head: head))
    let names = try FileManager.default.subpathsOfDirectory(atPath: nights.file("nights").path)
    var altered = 0
    for name in names.sorted() {
      let url = nights.file("nights").appending(path: name)
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
    try FileManager.default.removeItem(at: nights.file("nights/night-0002"))
    guard case .broken = try ledger.verify(head: head) else {
      Issue.record("a night that was cut off was not missed")
      return
    }
  }

  @Test func `old nights give their scores back and keep their results`() throws {
    try nights.night()
    try nights.useSecondModel()
    try nights.night()
    let last = try nights.night()
    let ledger = try NightLedger(NightStore(at: nights.file("nights")))
    let removed = try ledger.compact(keeping: 1)
    #expect(removed.shards == 3 && removed.models == 1 && removed.libraries == 0)
    #expect(try ledger.verify(head: last.digest) == .sound(nights: 3, shards: 3, head: last.digest))
    let id = last.outcome.screen.hits[0].id
    #expect(try ledger.history(of: id).contains { $0.night == 3 && $0.place == 1 })
    let next = try nights.night()
    #expect(next.record.number == 4 && next.record.screens[0].newRows == 0)
    #expect(next.outcome.comparison?.factors == [])
  }

  // MARK: What was measured since

  @Test
  func `new measurements are held against predictions, and what was learned from is left out`()
    throws
  {
    let model = try MadeUpNights.first.get().outcome.model
    let learned = try #require(model.domain.compounds.first).smiles
    var table = "id,smiles,pKi\n"
    for number in 0..<60 {
      let smiles = MadeUpCompounds.smiles(number * 31 % MadeUpCompounds.count)
      table += "N\(number),\(smiles),\(TinyModel.value(of: smiles) + 3)\n"
    }
    table += "L,\(learned),5\nB,CCO,>7\nX,not a molecule,5\nE,CCN,\n"
    try Data(table.utf8).write(to: nights.file("r.csv"))
    let check = try #require(try nights.night("results: r.csv").outcome.measured)
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
    try Data("id,smiles,IC50\nA,CCO,5\n".utf8).write(to: nights.file("r.csv"))
    #expect(throws: NightError.missing("r.csv has no column pKi; there are id, smiles, IC50")) {
      try nights.night("results: r.csv")
    }
  }

  @Test func `a model is replaced by one that is no worse, and not by one that is worse`() throws {
    let pool = WorkerPool(threads: 2)
    try MadeUpNights.second.get().write(to: nights.file("new.model"))
    // What is measured is what the second model says, a little up or down.
    let model = try MadeUpNights.second.get().outcome.model
    let smiles = (0..<80).map { MadeUpCompounds.smiles($0 * 29 % MadeUpCompounds.count) }
    let said = try model.values(ofTask: 0, for: CompoundTable(smiles: smiles))
    let rows = zip(smiles, said).enumerated().map { place, row in
      "N\(place),\(row.0),\((row.1 ?? 0) + (place % 2 == 0 ? 0.05 : -0.05))"
    }
    try Data(("id,smiles,pKi\n" + rows.joined(separator: "\n") + "\n").utf8)
      .write(to: nights.file("r.csv"))
    func replacement(_ old: String, _ new: String) throws -> ModelReplacement {
      try ModelReplacement(
        of: nights.file(old), by: nights.file(new), results: nights.file("r.csv"), task: nil,
        margin: 0.05, pool: pool)
    }
    #expect(try !replacement("new.model", "m.model").isAllowed)
    let good = try replacement("m.model", "new.model")
    #expect(good.isAllowed)
    let before = try ModelFolder(at: nights.file("m.model"), using: pool).digest
    try good.replace()
    let after = try ModelFolder(at: nights.file("m.model"), using: pool).digest
    #expect(try after == ModelFolder(at: nights.file("new.model"), using: pool).digest)
    #expect(before != after)
  }
}
