import Campaigns
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Synchronization
import TestSupport
import Testing

@Suite struct TrainingCampaignTests {
  let scratch: ScratchFolder
  var work: URL { scratch.url.appending(path: "work") }
  init() throws { scratch = try ScratchFolder() }

  /// Everything of an outcome that is stored.
  private func bytes(_ outcome: TrainingOutcome) throws -> [String: Data] {
    let folder = try ScratchFolder()
    try outcome.model.write(into: folder.url)
    return try files(in: folder.url)
  }

  @Test func `measurements of one structure become their median, under the first name`() throws {
    // Ethanol in three spellings and as a hydrate, propanol twice; the split keeps all for training.
    let twice = """
      id,smiles,pKi,split
      a,CCO,5,train
      b,OCC,9,train
      c,C(O)C,6,train
      d,CCCO,4,train
      e,CCO.O,8,train
      f,OCCC,7,train

      """
    let rest = TinyModel.table(60).split(separator: "\n").dropFirst()
      .map { "\($0),train\n" }.joined()
    let outcome = try TinyModel.train(twice + rest, in: work)
    let compounds = outcome.model.domain.compounds
    #expect(compounds.first == TrainingCompound(id: "a", smiles: "CCO", labels: [TaskLabel(7)]))
    #expect(compounds[1] == TrainingCompound(id: "d", smiles: "CCCO", labels: [TaskLabel(5.5)]))
    #expect(outcome.contradictions.map(\.smiles) == ["CCO", "CCCO"])
    #expect(Set(compounds.map(\.smiles)).count == compounds.count)
    #expect(outcome.test.isEmpty)
  }

  @Test func `rows that cannot be used are named with line and reason`() throws {
    let bad = """
      id,smiles,pKi,split
      empty,CCO,,train
      text,CCN,strong,train
      infinite,CCS,inf,train
      open,C1CC,5,train
      part,CCCl,5,elsewhere

      """
    let rest = TinyModel.table(60).split(separator: "\n").dropFirst()
      .map { "\($0),train\n" }.joined()
    let outcome = try TinyModel.train(bad + rest + "ragged,CC\n", in: work)
    #expect(outcome.refused.map(\.line) == [2, 3, 4, 5, 6, 67])
    #expect(
      outcome.refused.map(\.reason.code) == [
        "missing-value", "not-a-number", "not-a-number", "unreadable", "missing-value",
        "wrong-field-count",
      ])
    #expect(outcome.refused.map(\.id).prefix(5) == ["empty", "text", "infinite", "open", "part"])
  }

  @Test func `concentrations become potencies, and zero is refused`() throws {
    var request = TinyModel.request()
    request.columns.scale = .nanomolar
    request.testShare = 0
    let text =
      "id,smiles,value\nnone,CCO,0\none,CCN,1\n"
      + (0..<40).map { "T\($0),\(MadeUpCompounds.smiles($0)),\($0 % 2 == 0 ? 100 : 10)\n" }.joined()
    let outcome = try TinyModel.train(text, request, in: work)
    #expect(outcome.refused.map(\.id) == ["none"])
    let values = outcome.model.domain.compounds.compactMap { $0.labels[0]?.value }
    #expect(values[0] == 9 && abs(values[1] - 7) < 1e-12)
    #expect(outcome.model.tasks == [LearningTask(name: "pKi", unit: "1")])
  }

  @Test func `a structure in both parts is counted as leaked`() throws {
    let rest = TinyModel.table(60).split(separator: "\n").dropFirst()
      .map { "\($0),train\n" }.joined()
    let text = "id,smiles,pKi,split\na,BrCCO,5,train\nb,OCCBr,6,test\nc,ICCI,7,test\n" + rest
    let outcome = try TinyModel.train(text, in: work)
    #expect(outcome.leaked == 1)
    #expect(outcome.test.map(\.id) == ["b", "c"])
    #expect(outcome.test[0].nearest.id == "a" && outcome.test[0].nearest.similarity == 1)
  }

  @Test func `without a split repeated measurements of a structure stay on one side`() throws {
    let once = TinyModel.table(60)
    let again = once.split(separator: "\n").dropFirst().map { "again-\($0)\n" }.joined()
    let outcome = try TinyModel.train(once + again + again, in: work)
    let seen = Set(outcome.model.domain.compounds.map(\.smiles))
    #expect(!outcome.test.isEmpty && outcome.leaked == 0)
    #expect(outcome.test.allSatisfy { !seen.contains($0.smiles) })
    #expect(outcome.test.count + seen.count == 60)
  }

  @Test func `without a split a seeded share is kept for the test`() throws {
    let outcome = try TinyModel.train(TinyModel.table(100), in: work)
    #expect(outcome.test.count == 20 && outcome.model.domain.compounds.count == 80)
    let again = try TinyModel.train(TinyModel.table(100), in: work)
    #expect(again.test == outcome.test)
    let trained = Set(outcome.model.domain.compounds.map(\.id))
    #expect(outcome.test.allSatisfy { !trained.contains($0.id) })
  }

  @Test func `one and two threads give the same model and the same test`() throws {
    let text = TinyModel.table(90)
    let one = try TinyModel.train(text, in: work, threads: 1)
    let two = try TinyModel.train(text, in: scratch.url.appending(path: "other"), threads: 2)
    #expect(try bytes(one) == bytes(two))
    #expect(one.test == two.test)
  }

  @Test func `a stopped training goes on with its next piece, to the same model`() throws {
    let text = TinyModel.table(90)
    let undisturbed = try bytes(
      TinyModel.train(text, in: scratch.url.appending(path: "other"), threads: 1))
    let asked = Atomic(0)
    #expect(throws: Interruption.self) {
      try TinyModel.train(
        text, in: work, threads: 1,
        // Three networks of twelve epochs a piece: the second piece is under way.
        shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > 60 })
    }
    #expect(try pieces().count == 1)
    #expect(try bytes(TinyModel.train(text, in: work, threads: 1)) == undisturbed)
    #expect(try pieces().count == 3)
  }

  /// What is kept of the training under way.
  private func pieces() throws -> [URL] {
    let training = work.appending(path: "training")
    let store = try #require(
      try FileManager.default.contentsOfDirectory(atPath: training.path).first)
    return try FileManager.default.contentsOfDirectory(
      at: training.appending(path: store), includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  @Test func `pieces of another training, and damaged ones, are not taken up`() throws {
    let text = TinyModel.table(90)
    let undisturbed = try bytes(
      TinyModel.train(text, in: scratch.url.appending(path: "other"), threads: 1))
    var request = TinyModel.request()
    request.seed = 99
    _ = try TinyModel.train(text, request, in: work, threads: 1)
    #expect(try bytes(TinyModel.train(text, in: work, threads: 1)) == undisturbed)
    let piece = try #require(try pieces().first)
    try Data(contentsOf: piece).prefix(1_000).write(to: piece)
    #expect(try bytes(TinyModel.train(text, in: work, threads: 1)) == undisturbed)
  }

  @Test func `tables that cannot be trained on say why`() throws {
    #expect(throws: TrainingError.tooFew(rows: 8, needed: 20)) {
      try TinyModel.train(TinyModel.table(10), in: work)
    }
    #expect(
      throws: TrainingError.noColumn("of measured values", found: ["id", "smiles", "colour"])
    ) {
      try TinyModel.train("id,smiles,colour\na,CCO,red\n", in: work)
    }
  }
}
