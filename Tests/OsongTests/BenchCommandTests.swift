import Foundation
import TestSupport
import Testing

@Suite struct BenchCommandTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    // A value that neighbours share, so that a constant is worse than they are.
    let rows = (0..<120).map { number -> String in
      let smiles = MadeUpCompounds.smiles(number * 13 % MadeUpCompounds.count)
      return "T\(number),\(smiles),\(4 + Double(smiles.utf8.count) / 4)"
    }
    try scratch.write("id,smiles,pKi\n" + rows.joined(separator: "\n"), to: "table.csv")
    try scratch.write(Self.suite(models: "[dummy, nearest-neighbours]"), to: "suite.yaml")
  }

  private static func suite(models: String) -> String {
    """
    name: small
    models: \(models)
    datasets:
      - {name: numbers, file: table.csv, value: pKi, task: regression, metric: rmse, hit: ">= 10",
         split: cross-validation, repeats: 4, folds: 5}
    """
  }

  private func bytes(_ name: String) throws -> [String: Data] {
    let folder = scratch.url.appending(path: name)
    var found: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where !path.hasSuffix(".cost.json") && !path.hasSuffix(".lock") && !path.contains(".osong-") {
      found[path] = try? Data(contentsOf: folder.appending(path: path))
    }
    return found
  }

  @Test func `a benchmark that is killed again and again ends with the same bytes`() throws {
    let suite = scratch.path("suite.yaml")
    #expect(try Program.run(["bench", "run", suite, "-o", scratch.path("whole")]).code == 0)
    var killed = 0
    for attempt in 0..<30 {
      let run = try Program.Run(["bench", "run", suite, "-o", scratch.path("cut")])
      let start = ContinuousClock.now
      run.wait { ContinuousClock.now - start > .seconds(0.02 * Double(attempt + 1)) }
      run.send(SIGKILL)
      let ending = run.finish()
      if ending.signal == nil { break }
      killed += 1
    }
    #expect(killed >= 1)
    #expect(try Program.run(["bench", "run", suite, "-o", scratch.path("cut")]).code == 0)
    #expect(try bytes("cut") == bytes("whole"))
  }

  @Test func `a comparison writes its page, and a model that got worse ends with 5`() throws {
    try scratch.write(
      Self.suite(models: "[{name: m, family: nearest-neighbours}, dummy]"), to: "good.yaml")
    try scratch.write(Self.suite(models: "[{name: m, family: dummy}]"), to: "bad.yaml")
    for name in ["good", "bad"] {
      let run = ["bench", "run", scratch.path("\(name).yaml"), "-o", scratch.path(name)]
      #expect(try Program.run(run).code == 0)
    }
    let compared = try Program.run(
      ["bench", "compare", scratch.path("good"), "-o", scratch.path("report")])
    #expect(compared.code == 0, "\(compared.story)")
    #expect(compared.output.contains("of the top 100 you would buy, expect"))
    #expect(try files(in: scratch.url.appending(path: "report")).count == 4)
    let same = ["bench", "compare", scratch.path("good"), "--against", scratch.path("good")]
    #expect(try Program.run(same).code == 0)
    let worse = ["bench", "compare", scratch.path("bad"), "--against", scratch.path("good")]
    let ending = try Program.run(worse)
    #expect(ending.code == 5, "\(ending.story)")
    #expect(ending.output.contains("worse"))
  }

  @Test func `a part of a suite is run into the whole, and what it lacks is told with a way out`()
    throws
  {
    try scratch.write(
      Self.suite(models: "[dummy, nearest-neighbours]"), to: "two.yaml")
    func run(_ model: String) throws {
      let ending = try Program.run(
        ["bench", "run", scratch.path("two.yaml"), "-o", scratch.path("two"), "--models", model])
      #expect(ending.code == 0, "\(ending.story)")
    }
    try run("dummy")
    let compare = ["bench", "compare", scratch.path("two")]
    let lacking = try Program.run(compare)
    #expect(lacking.code != 0 && lacking.story.contains("--allow-missing"), "\(lacking.story)")
    #expect(lacking.story.contains("nearest-neighbours lacks"), "\(lacking.story)")
    #expect(try Program.run(compare + ["--allow-missing"]).code == 0)
    try run("nearest-neighbours")
    #expect(try Program.run(compare).code == 0)
  }

  @Test func `a suite that is wrong is told line by line, and an audit says what it found`() throws
  {
    try scratch.write("name: x\nmodels: [dumy]\ndatasets: [{nme: a}]", to: "wrong.yaml")
    let wrong = try Program.run(
      ["bench", "run", scratch.path("wrong.yaml"), "-o", scratch.path("x")])
    #expect(wrong.code == 3)
    #expect(wrong.errors.contains("did you mean dummy?") && wrong.errors.contains("\n"))
    let twice =
      Fixture.table(60)
      + Fixture.table(60).split(separator: "\n").dropFirst().joined(separator: "\n")
    let rows = twice.split(separator: "\n").enumerated().map { place, line in
      place == 0 ? "\(line),split" : "\(line),\(place <= 60 ? "train" : "test")"
    }
    try scratch.write(rows.joined(separator: "\n"), to: "leak.csv")
    let audit = try Program.run(
      ["bench", "audit", scratch.path("leak.csv"), "--strict", "-o", scratch.path("audit")])
    #expect(audit.code == 3)
    #expect(audit.output.contains("60 test rows (100.0 %) are molecules that are learnt from too"))
  }
}
