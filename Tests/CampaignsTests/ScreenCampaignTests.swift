import Campaigns
import CompoundLibrary
import Entities
import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Records
import Screening
import Synchronization
import TestSupport
import Testing

@Suite struct ScreenCampaignTests {
  private let scratch: ScratchFolder
  private let library: Library

  init() throws {
    scratch = try ScratchFolder()
    library = try makeLibrary(
      MadeUpCompounds.lines(1_300), at: scratch.url.appending(path: "l.olib"))
  }

  private func campaign(
    _ plan: ScreeningPlan, library: Library? = nil, model: CalibratedModel? = nil, threads: Int = 2,
    work: String = "work", scope: ScreenCampaign.Scope = .everything
  ) throws -> ScreenCampaign {
    try ScreenCampaign(
      library: library ?? self.library, model: try model ?? TinyModel.trained.get(),
      modelDigest: Digest(of: "tiny"), plan: plan, pool: WorkerPool(threads: threads),
      store: ScoreStore(at: scratch.url.appending(path: work)), scope: scope)
  }

  private func expectSame(_ one: ScreenOutcome, _ two: ScreenOutcome) {
    #expect(one.hits == two.hits)
    #expect(one.refused == two.refused)
    #expect(one.histogram == two.histogram)
    #expect(one.sample == two.sample && one.screened == two.screened)
  }

  /// Every compound's score by the model alone, best first, ties by identifier.
  private func expectedOrder(_ model: CalibratedModel) throws -> [(id: String, value: Double)] {
    var scored: [(id: String, value: Double)] = []
    for row in 0..<library.rows where !library.isDeleted(row) {
      let table = CompoundTable(smiles: [library.smiles(row)])
      let value = try #require(try model.values(ofTask: 0, for: table)[0])
      scored.append((library.id(row), value))
    }
    return scored.sorted { $0.value != $1.value ? $0.value > $1.value : $0.id < $1.id }
  }

  @Test func `hits are the best of the whole library in a total order`() throws {
    let model = try TinyModel.trained.get()
    let outcome = try campaign(ScreeningPlan(count: 60)).run()
    let expected = try expectedOrder(model).prefix(60)
    #expect(outcome.hits.map(\.id) == expected.map(\.id))
    #expect(outcome.hits.map(\.prediction.value) == expected.map(\.value))
    #expect(outcome.hits.map(\.rank) == Array(1...60))
    #expect(outcome.screened == library.count && outcome.refused.isEmpty)
    #expect(outcome.histogram.counts.reduce(0, +) == library.count)
    #expect(outcome.histogram.maximum == expected.first.map { Double(Float($0.value)) })
    for hit in outcome.hits {
      #expect(!hit.reason.isEmpty && !hit.nearest.id.isEmpty)
      #expect(hit.atomContributions.count == (try Structure(parsing: hit.smiles).heavyAtomCount))
    }
  }

  @Test func `the histogram shows predicted values, whatever the ranking`() throws {
    let bold = try campaign(ScreeningPlan(count: 5), work: "bold").run()
    var plan = ScreeningPlan(count: 5)
    plan.ranking = .cautiousBound
    let cautious = try campaign(plan, work: "cautious").run()
    #expect(cautious.histogram == bold.histogram)
    #expect(cautious.hits.map(\.id) != bold.hits.map(\.id))
  }

  @Test func `equal scores stand in the order of their identifiers`() throws {
    let text = ["d", "b", "a", "c"].map { "CCOc1ccc(cc1)CN \($0)\n" }.joined()
    let four = try makeLibrary(
      text, at: scratch.url.appending(path: "four.olib"), keepsDuplicates: true)
    let outcome = try campaign(ScreeningPlan(count: 3), library: four).run()
    #expect(outcome.hits.map(\.id) == ["a", "b", "c"])
    #expect(Set(outcome.hits.map(\.prediction)).count == 1)
  }

  @Test func `one and two threads find the same`() throws {
    var plan = ScreeningPlan(count: 60)
    plan.maximumPerScaffold = 4
    plan.excludedAlerts = [.brenk]
    expectSame(
      try campaign(plan, threads: 1, work: "one").run(),
      try campaign(plan, threads: 2, work: "two").run())
  }

  @Test func `a screen that is stopped again and again ends all the same`() throws {
    var plan = ScreeningPlan(count: 70)
    plan.properties[.molecularWeight] = ClosedInterval(minimum: 200)
    let undisturbed = try campaign(plan, work: "other").run()
    var attempts = 0
    for patience in 1... {
      let asked = Atomic(0)
      do {
        let outcome = try campaign(plan).run(
          shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > patience })
        expectSame(outcome, undisturbed)
        break
      } catch is Interruption { attempts += 1 }
      try #require(patience < 50)
    }
    #expect(attempts >= 2)
  }

  @Test func `scores of another model or ranking are not taken up`() throws {
    var plan = ScreeningPlan(count: 40)
    plan.ranking = .cautiousBound
    let undisturbed = try campaign(plan, work: "other").run()
    _ = try campaign(ScreeningPlan(count: 40)).run()
    expectSame(try campaign(plan).run(), undisturbed)
    let lows = undisturbed.hits.map { Float($0.prediction.lower) }
    #expect(lows == lows.sorted(by: >))
  }

  @Test func `a store that is shared computes no compound twice, whoever asks`() throws {
    let first = try campaign(ScreeningPlan(count: 40)).run()
    #expect(first.work.computed == library.count && first.work.known == 0)
    var plan = ScreeningPlan(count: 20)
    plan.maximumPerScaffold = 1
    let second = try campaign(plan).run()
    #expect(second.work.computed == 0 && second.work.known == library.count)
    expectSame(second, try campaign(plan, work: "other").run())
  }

  @Test func `compounds that came later are the only ones scored`() throws {
    _ = try campaign(ScreeningPlan(count: 40)).run()
    let text = MadeUpCompounds.lines(1_400)
    _ = try LibraryEditor(at: library.folder, pool: WorkerPool(threads: 2))
      .add(from: [.bytes(Array(text.utf8))])
    let grown = try Library(at: library.folder)
    let outcome = try campaign(ScreeningPlan(count: 40), library: grown).run()
    #expect(outcome.work.computed == grown.count - library.count && outcome.work.computed == 100)
    expectSame(outcome, try campaign(ScreeningPlan(count: 40), library: grown, work: "o").run())
  }

  @Test func `a byte that was altered in stored scores is found, and the shard made again`() throws
  {
    let undisturbed = try campaign(ScreeningPlan(count: 40)).run()
    let store = try ScoreStore(at: scratch.url.appending(path: "work"))
    let names = try FileManager.default.subpathsOfDirectory(atPath: store.folder.path)
    let shard = try #require(names.sorted().first { $0.hasSuffix(".scores") })
    let key = try #require(Digest(hex: String(shard.dropFirst(3).dropLast(7))))
    #expect(store.isSound(key))
    var bytes = try Data(contentsOf: store.file(key))
    for place in [3, 20, 48, bytes.count - 1] {
      bytes[place] ^= 1
      try bytes.write(to: store.file(key))
      #expect(!store.isSound(key))
      bytes[place] ^= 1
    }
    bytes[60] ^= 0x40
    try bytes.write(to: store.file(key))
    expectSame(try campaign(ScreeningPlan(count: 40)).run(), undisturbed)
    #expect(store.isSound(key))
  }

  @Test func `two workers on one store make each shard once, and find the same`() async throws {
    let alone = try campaign(ScreeningPlan(count: 30), work: "alone").run()
    let both = try await withThrowingTaskGroup(of: ScreenOutcome.self) { group in
      for _ in 0..<2 {
        let worker = try campaign(ScreeningPlan(count: 30), threads: 1, work: "shared")
        group.addTask { try worker.run() }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for outcome in both { expectSame(outcome, alone) }
    #expect(both.map(\.work.computed).reduce(0, +) == library.count)
  }

  @Test func `the domain alone is what a screen without bounds finds inside it, in its order`()
    throws
  {
    // Thiols are of another chemistry than what the model learned.
    let strangers = (4..<64).map { "\(String(repeating: "C", count: $0))S thiol\($0)\n" }.joined()
    let library = try makeLibrary(
      MadeUpCompounds.lines(400) + strangers, at: scratch.url.appending(path: "mixed.olib"))
    let whole = try campaign(ScreeningPlan(count: library.count), library: library).run()
    let inside = whole.hits.filter(\.inDomain)
    try #require(inside.count > 20 && inside.count < library.count - 20)
    var plan = ScreeningPlan(count: 15)
    plan.onlyInDomain = true
    let some = try campaign(plan, library: library).run()
    #expect(some.hits.map(\.id) == inside.prefix(15).map(\.id))
    #expect(some.outsideDomain == library.count - inside.count)
    #expect(some.screened == library.count && some.refused.isEmpty)
    // More than there are: all of them, and no search of the rest.
    plan.count = library.count
    #expect(try campaign(plan, library: library).run().hits.map(\.id) == inside.map(\.id))
    // Nobody else is asked for where nobody else may be taken; the hits are the same.
    let narrow = try campaign(plan, library: library, work: "narrow", scope: .eligible).run()
    #expect(narrow.work.computed == inside.count && narrow.scored == inside.count)
    #expect(narrow.hits.map(\.id) == inside.map(\.id) && narrow.screened == library.count)
    // Who comes later and wants all of them finds these.
    let later = try campaign(ScreeningPlan(count: 60), library: library, work: "narrow").run()
    #expect(later.work.known == inside.count)
    expectSame(later, try campaign(ScreeningPlan(count: 60), library: library).run())
  }

  @Test func `filters leave out what they say, with the reason, and nothing else`() throws {
    var plan = ScreeningPlan(count: 50)
    plan.properties[.molecularWeight] = ClosedInterval(minimum: 150, maximum: 260)
    plan.properties[.logP] = ClosedInterval(maximum: 2)
    plan.forbidden = ["[Cl]"]
    plan.required = ["[#7]"]
    plan.maximumPerScaffold = 3
    let outcome = try campaign(plan).run()
    try #require(outcome.hits.count == 50)
    for hit in outcome.hits {
      #expect((150...260).contains(hit.properties.molecularWeight) && hit.properties.logP <= 2)
      #expect(!hit.smiles.contains("Cl") && hit.smiles.lowercased().contains("n"))
    }
    let scaffolds = Dictionary(grouping: outcome.hits, by: \.scaffold).filter { !$0.key.isEmpty }
    #expect(scaffolds.values.allSatisfy { $0.count <= 3 })
    // Taken and refused ones together are the top of the ranking, without a gap.
    let order = try expectedOrder(TinyModel.trained.get()).map(\.id)
    let seen = outcome.hits.count + outcome.refused.count
    #expect(Set(outcome.hits.map(\.id) + outcome.refused.map(\.id)) == Set(order.prefix(seen)))
    for record in outcome.refused {
      #expect(record.reason.code == "filtered" && !"\(record.reason)".isEmpty)
      #expect(record.line > 0)
    }
  }

  @Test func `filters that refuse everything are followed to the end of the library`() throws {
    var plan = ScreeningPlan(count: 5)
    plan.properties[.molecularWeight] = ClosedInterval(minimum: 9_000)
    let outcome = try campaign(plan).run()
    #expect(outcome.hits.isEmpty)
    #expect(outcome.refused.count == library.count)
    #expect(Set(outcome.refused.map(\.id)).count == library.count)
  }

  @Test func `more hits than compounds are all of them`() throws {
    let few = try makeLibrary(
      MadeUpCompounds.lines(12), at: scratch.url.appending(path: "few.olib"))
    let outcome = try campaign(ScreeningPlan(count: .max), library: few).run()
    #expect(outcome.hits.count == 12)
  }

  @Test func `where less is better the least comes first`() throws {
    let outcome = try campaign(
      ScreeningPlan(count: 30), model: try TinyModel.lowerIsBetter.get()
    ).run()
    let values = outcome.hits.map(\.prediction.value)
    #expect(values == values.sorted())
    #expect(outcome.histogram.minimum == values.first.map { Double(Float($0)) })
  }

  @Test func `a pattern that cannot be read is an error before any work`() throws {
    var plan = ScreeningPlan(count: 5)
    plan.required = ["[#7"]
    #expect(throws: PlanError.self) { try campaign(plan).run() }
  }

  @Test(
    "real molecules: one and two threads, and a stop between, give one outcome",
    .enabled(if: SharedData.isPresent, "needs the shared reference data"))
  func realMolecules() throws {
    let sources = ["references/chemistry/input.csv", "datasets/library_moses/moses_test.csv.gz"]
    let folder = scratch.url.appending(path: "real.olib")
    _ = try LibraryBuilder(
      at: folder, options: LibraryOptions(recordLimit: 1_500, segmentRows: 400),
      pool: WorkerPool(threads: 2)
    ).build(from: sources.map { .file(SharedData.path($0)) })
    let real = try Library(at: folder)
    #expect(real.count > 1_300)
    let plan = ScreeningPlan(count: 25)
    let one = try campaign(plan, library: real, threads: 1, work: "one").run()
    let asked = Atomic(0)
    #expect(throws: Interruption.self) {
      try campaign(plan, library: real, work: "two").run(
        shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > 2 })
    }
    expectSame(one, try campaign(plan, library: real, work: "two").run())
  }
}
