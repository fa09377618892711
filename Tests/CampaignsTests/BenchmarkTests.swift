import Campaigns
import Entities
import Evaluation
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Synchronization
import TestSupport
import Testing

@Suite("Benchmarks") struct BenchmarkTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    let lines = (0..<80).map {
      "M\($0),\(MadeUpCompounds.smiles($0 * 7)),\(Double($0 % 13) / 2),\($0 % 3 == 0 ? 1 : 0)"
    }
    try scratch.write(
      "id,smiles,y,active\n" + lines.joined(separator: "\n") + "\nbad,C1CC,1,1\n",
      to: "made-up.csv")
  }

  func suite(_ more: String = "", models: String = "[dummy, nearest-neighbours]") -> String {
    """
    name: small
    models: \(models)
    defaults: {file: made-up.csv, split: cross-validation, repeats: 2, folds: 3}
    datasets:
      - {name: numbers, value: y, task: regression, metric: rmse}
      - {name: classes, value: active, task: classification, metric: roc-auc}
    \(more)
    """
  }

  func run(
    _ text: String, to name: String, threads: Int = 2,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> BenchmarkOutcome {
    try BenchmarkCampaign(
      SuiteReader.read(text, named: "small.yaml"), data: scratch.url,
      output: scratch.url.appending(path: name), pool: WorkerPool(threads: threads)
    ).run(shouldStop: shouldStop)
  }

  /// Every file but those that hold times, by its path.
  private func contents(_ name: String) throws -> [String: Data] {
    let folder = scratch.url.appending(path: name)
    var found: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let url = folder.appending(path: path)
      guard !path.hasSuffix(".cost.json"), !path.hasSuffix(".lock"),
        let data = try? Data(contentsOf: url)
      else { continue }
      found[path] = data
    }
    return found
  }

  @Test func `a run makes each prediction once, whatever the threads`() throws {
    let one = try run(suite(), to: "one", threads: 1)
    #expect(one.made == 24 && one.kept == 0 && one.refused == 2)
    let two = try run(suite(), to: "two", threads: 3)
    #expect(two.made == 24)
    #expect(try contents("one") == contents("two"))
    let again = try run(suite(), to: "two")
    #expect(again.made == 0 && again.kept == 24)
  }

  @Test func `a run that was stopped anywhere ends with the same bytes`() throws {
    _ = try run(suite(), to: "whole")
    let whole = try contents("whole")
    for limit in [1, 4, 9, 17, 40] {
      let asked = Mutex(0)
      _ = try? run(suite(), to: "stopped", threads: 1) {
        asked.withLock {
          $0 += 1; return $0 > limit
        }
      }
    }
    _ = try run(suite(), to: "stopped")
    #expect(try contents("stopped") == whole)
  }

  @Test func `predictions that were damaged are made again`() throws {
    _ = try run(suite(), to: "out")
    let before = try contents("out")
    let some = try #require(before.keys.filter { $0.hasSuffix("dummy.csv") }.min())
    try Data("row,measured,predicted,deviation\n1,2,3,\n".utf8)
      .write(to: scratch.url.appending(path: "out/\(some)"))
    #expect(try run(suite(), to: "out").made == 1)
    #expect(try contents("out") == before)
  }

  @Test func `a program of others stands in the same folds, and is named where it fails`() throws {
    let script = """
      import csv, sys
      given = dict(zip(sys.argv[2::2], sys.argv[3::2]))
      rows = list(csv.DictReader(open(given["--test"])))
      assert "value" not in rows[0] and "value" in next(csv.DictReader(open(given["--train"])))
      out = open(given["--output"], "w")
      print("id,prediction", file=out)
      for row in rows[(1 if sys.argv[1] == "short" else 0):]:
          print(row["id"], "nan" if sys.argv[1] == "nan" else 0.25, sep=",", file=out)
      """
    let file = try scratch.write(script, to: "rival.py")
    func models(_ mode: String) -> String {
      "[dummy, {name: other, command: [python3, \(file), \(mode)]}]"
    }
    let fine = try run(suite(models: models("fine")), to: "fine")
    #expect(fine.made == 24 && fine.failures.isEmpty)
    let short = try run(suite(models: models("short")), to: "fine")
    #expect(short.kept == 12 && short.failures.count == 12)
    #expect("\(short.failures[0])".contains("predictions of 1 of"))
    let wrong = try run(suite(models: models("nan")), to: "fine")
    #expect("\(wrong.failures[0])".contains("not a number"))
  }

  @Test func `data that cannot be used is told before anything is trained`() throws {
    try scratch.write("id,smiles,y\na,CC,1\nb,CCC,2\n", to: "tiny.csv")
    try scratch.write("id,part\nM1,train\nM1,test\n", to: "torn.csv")
    try scratch.write("id,part\nM1,train\nX9,test\n", to: "unknown.csv")
    let text = """
      name: bad
      models: [dummy, {name: gone, command: [no-such-program-at-all]}]
      defaults: {split: random, value: y, task: regression, metric: mae}
      datasets:
        - {name: absent, file: absent.csv}
        - {name: tiny, file: tiny.csv}
        - {name: other, file: made-up.csv, value: z}
        - {name: edition, file: made-up.csv, sha256: \(String(repeating: "ab", count: 32))}
        - {name: torn, file: made-up.csv, split: table, split-file: torn.csv}
        - {name: unknown, file: made-up.csv, split: table, split-file: unknown.csv}
        - {name: one, file: made-up.csv, value: active, task: classification, metric: mcc,
           split: cross-validation, folds: 60}
      """
    let error = #expect(throws: SuiteError.self) { try run(text, to: "bad") }
    let told = try #require(error).description
    for expected in [
      "no program no-such-program-at-all", "absent: there is no file", "tiny: seed-1 has 1 rows",
      "no column is called z", "another edition", "stand in both parts", "1 unknown ids: X9",
      "one class alone",
    ] { #expect(told.contains(expected), "\(expected) in \(told)") }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("bad/predictions")))
  }

  @Test func `a learning curve learns from parts of the same rows`() throws {
    let text = """
      name: curve
      models: [dummy]
      datasets:
        - {name: numbers, file: made-up.csv, value: y, task: regression, metric: rmse,
           split: random, seeds: [1], train-shares: [0.25, 0.5]}
      """
    #expect(try run(text, to: "curve").made == 3)
    let names = try contents("curve").keys.filter { $0.hasSuffix("dummy.csv") }.sorted()
    #expect(
      names == [
        "predictions/numbers/seed-1/dummy.csv", "predictions/numbers/seed-1@0.25/dummy.csv",
        "predictions/numbers/seed-1@0.5/dummy.csv",
      ])
  }
}

extension BenchmarkTests {
  private func opened(_ name: String) throws -> BenchmarkRun {
    try BenchmarkRun(at: scratch.url.appending(path: name))
  }

  @Test func `a comparison reads a run, and names what is missing from it`() throws {
    _ = try run(suite(), to: "out")
    let campaign = ComparisonCampaign([try opened("out")], pool: WorkerPool(threads: 2))
    let comparison = try campaign.run()
    #expect(comparison.datasets.map(\.comparison.dataset) == ["numbers", "classes"])
    #expect(
      comparison.datasets[0].comparison.standings.map(\.model) == ["dummy", "nearest-neighbours"])
    #expect(!comparison.datasets[1].readouts.isEmpty && !comparison.datasets[0].audit.isEmpty)
    #expect(comparison.provenance.contains { $0.name == "predictions of dummy" })
    let gone = scratch.url.appending(path: "out/predictions/numbers/r2-f1/dummy.csv")
    try FileManager.default.removeItem(at: gone)
    let error = #expect(throws: SuiteError.self) { try campaign.run() }
    #expect(try #require(error).description.contains("dummy lacks 1 of 6 folds (r2-f1"))
    let rest = try ComparisonCampaign(
      [try opened("out")], allowsMissing: true, audits: false, pool: WorkerPool(threads: 1)
    ).run()
    #expect(rest.datasets[0].comparison.standings.map(\.model) == ["nearest-neighbours"])
  }

  @Test func `a part of a suite adds to its run, and what is not there yet is named`() throws {
    let whole = try SuiteReader.read(suite(), named: "small.yaml")
    func add(_ model: String) throws {
      var part = whole
      try part.narrow(datasets: ["numbers"], models: [model])
      _ = try BenchmarkCampaign(
        part, of: whole, data: scratch.url, output: scratch.url.appending(path: "run"),
        pool: WorkerPool(threads: 2)
      ).run()
    }
    func compared(_ allowsMissing: Bool) throws -> [[String]] {
      try ComparisonCampaign(
        [opened("run")], allowsMissing: allowsMissing, audits: false, pool: WorkerPool(threads: 2)
      ).run().datasets.map { $0.comparison.standings.map(\.model) }
    }
    try add("dummy")
    #expect(try compared(true) == [["dummy"]])
    try add("nearest-neighbours")
    #expect(try compared(true) == [["dummy", "nearest-neighbours"]])
    let error = #expect(throws: SuiteError.self) { try compared(false) }
    #expect(error?.description.contains("classes: dummy lacks") == true)
  }

  @Test func `runs on other rows are not compared`() throws {
    _ = try run(suite(), to: "one")
    _ = try run(suite().replacing("repeats: 2", with: "repeats: 2, seed: 9"), to: "two")
    let error = #expect(throws: SuiteError.self) {
      try ComparisonCampaign(
        [try opened("one"), try opened("two")], pool: WorkerPool(threads: 1)
      ).run()
    }
    #expect(try #require(error).description.contains("tested different rows"))
  }

  @Test func `a model that got worse than the baseline is told, an equal one is not`() throws {
    // One neighbour then, a constant now, under the same name.
    _ = try run(suite(models: "[{name: m, family: nearest-neighbours}]"), to: "then")
    _ = try run(suite(models: "[{name: m, family: nearest-neighbours}]"), to: "same")
    _ = try run(suite(models: "[{name: m, family: dummy}]"), to: "now")
    let pool = WorkerPool(threads: 1)
    let same = try BaselineCheck(try opened("same"), against: try opened("then"), pool: pool)
    #expect(same.changes.count == 2 && same.regressions.isEmpty)
    let now = try BaselineCheck(try opened("now"), against: try opened("then"), pool: pool)
    let then = try BaselineCheck(try opened("then"), against: try opened("now"), pool: pool)
    #expect(
      now.regressions.count + then.regressions.count == now.changes.count { $0.pValue < 0.05 })
  }
}

extension BenchmarkTests {
  @Test func `published draws are learnt from, the rest is ranked, and memory is a model`() throws {
    // Actives are every third row; two draws of six rows each.
    try scratch.write(
      #"[["M0","M3","M1","M2","M4"],["M6","M9","M12","M5","M7","M8"]]"#, to: "draws.json")
    let text = """
      name: draws
      models: [memoriser, dummy]
      datasets:
        - {name: classes, file: made-up.csv, value: active, task: classification, metric: roc-auc,
           split: draws, split-file: draws.json}
      """
    #expect(try run(text, to: "draws").made == 4)
    let comparison = try ComparisonCampaign(
      [BenchmarkRun(at: scratch.url.appending(path: "draws"))], pool: WorkerPool(threads: 1)
    ).run()
    #expect(comparison.datasets[0].tested == 75)
    let memory = comparison.datasets[0].comparison.standings[0]
    #expect(memory.model == "memoriser" && memory.scores.count == 2)
    // What memory says is a similarity; the most similar active is found by hand.
    let table = try String(
      contentsOf: scratch.url.appending(path: "draws/predictions/classes/draw-1/memoriser.csv"),
      encoding: .utf8
    ).split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let actives = try [0, 3].map { try Self.bits(MadeUpCompounds.smiles($0 * 7)) }
    for row in table {
      let number = try #require(Int(row[0])) - 1
      let own = try Self.bits(MadeUpCompounds.smiles(number * 7))
      let expected = actives.map { own.similarity(to: $0) }.max()
      #expect(Double(row[2]) == expected)
    }
    try scratch.write(#"[["M0","X"]]"#, to: "draws.json")
    let error = #expect(throws: SuiteError.self) { try run(text, to: "other") }
    #expect(try #require(error).description.contains("1 unknown ids"))
  }

  private static func bits(_ smiles: String) throws -> Fingerprint {
    Fingerprint(
      bitCount: 2_048,
      words: try Structure(parsing: smiles).standardized(by: .default).fingerprintWords(.ecfp4))
  }
}

extension BenchmarkTests {
  @Test func `a run of an older version, with other settings of models and tasks, is still read`()
    throws
  {
    _ = try run(suite(), to: "old")
    let file = scratch.url.appending(path: "old/suite.json")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing("\"neighbours\"", with: "\"neighbors\"")
      .replacing("\"higherIsBetter\"", with: "\"isBetterHigher\"")
    try Data(text.utf8).write(to: file)
    let old = try BenchmarkRun(at: scratch.url.appending(path: "old"))
    _ = try run(suite(), to: "new")
    let new = try BenchmarkRun(at: scratch.url.appending(path: "new"))
    let check = try BaselineCheck(new, against: old, pool: WorkerPool(threads: 1))
    #expect(check.changes.count == 4 && check.regressions.isEmpty)
  }
}
