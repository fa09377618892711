import Entities
import Foundation
import TargetEvidence
import TestSupport
import Testing

/// Nights on the command line: what is said, what is written, and what a kill leaves.
@Suite struct NightlyCommandTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    let fixture = try Fixture.made.get()
    let files = FileManager.default
    try files.copyItem(atPath: fixture.library, toPath: scratch.path("c.olib"))
    try files.copyItem(atPath: fixture.model, toPath: scratch.path("m.model"))
    try scratch.write(
      """
      name: made-up
      store: nights
      screens:
        - {name: tiny, library: c.olib, model: m.model, top: 20}
      """, to: "plan.yaml")
  }

  @discardableResult private func osong(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: scratch.url)
  }

  private func night(_ day: String) throws -> Program.Ending {
    try osong("nightly", "plan.yaml", "--day", day)
  }

  private func grow() throws {
    try scratch.write(MadeUpCompounds.lines(700), to: "more.smi")
    #expect(try osong("library", "add", "c.olib", "more.smi").code == 0)
  }

  @Test func `two nights, what moved between them, and the history of who moved`() throws {
    let first = try night("2026-11-24")
    #expect(first.code == 0 && first.output.contains("tiny: the first night"), "\(first.story)")
    #expect(first.output.contains("scored: 600 new, 0 known"))
    try grow()
    let dry = try osong("nightly", "plan.yaml", "--dry-run")
    #expect(dry.output.contains("tiny: 100 of 700 to score"), "\(dry.story)")
    let second = try night("2026-11-25")
    #expect(second.code == 0, "\(second.story)")
    #expect(second.output.contains("scored: 100 new, 600 known"))
    let folder = "nights/night-0002/tiny/"
    for name in [
      "hits.csv", "hits.sdf", "report.html", "run.json", "delta.html", "delta.csv", "delta.json",
    ] { #expect(FileManager.default.fileExists(atPath: scratch.path(folder + name)), "\(name)") }
    let table = try String(contentsOfFile: scratch.path(folder + "delta.csv"), encoding: .utf8)
    let rows = table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let entered = try #require(rows.first { $0[0] == "entered" })
    #expect(entered.last == "new in the library")
    let shown = try osong("ledger", "show", "nights", "--id", entered[1])
    #expect(shown.code == 0 && shown.output.contains("2026-11-25"), "\(shown.story)")
    let list = try osong("ledger", "nights")
    #expect(list.output.contains("2026-11-24") && list.output.split(separator: "\n").count == 3)
    let sound = try osong("audit", "verify", "nights")
    #expect(sound.code == 0 && sound.output.contains("is sound: 2 nights"), "\(sound.story)")
    try (table + " ").write(
      toFile: scratch.path(folder + "delta.csv"), atomically: true, encoding: .utf8)
    let altered = try osong("audit", "verify", "nights")
    #expect(altered.code == 3 && altered.output.contains("night 2: tiny/delta.csv was altered"))
  }

  @Test func `a list whose target became no-go is kept back, on every page and in words`() throws {
    try scratch.write(
      """
      name: made-up
      store: nights
      screens:
        - name: tiny
          library: c.olib
          model: m.model
          top: 20
          evidence: {files: [f2.evidence], disease: "OMIM:1", gene: F2, modulation: inhibit}
      """, to: "plan.yaml")
    func loss(_ trait: DirectionOnTrait) throws {
      let url = scratch.url.appending(path: "f2.evidence")
      try? FileManager.default.removeItem(at: url)
      try EvidenceFile(at: url).append([
        EvidenceRecord(
          source: EvidenceSource(
            platform: .nationalBio, datasource: "gene_burden", datatype: "genetic_association"),
          target: EvidenceTarget(symbol: "F2"),
          disease: EvidenceDisease(id: "OMIM:1", name: "made up"),
          statistic: EvidenceStatistic(method: "burden", statistic: "score test", pValue: 1e-9),
          directionOnTarget: .lossOfFunction, directionOnTrait: trait, score: 0.8,
          scoreRule: "test", protection: EvidenceProtection(consentSnapshot: "s1"), reality: .real,
          codeVersion: "test")
      ])
    }
    try loss(.protective)
    let first = try night("2026-11-24")
    #expect(first.code == 0 && !first.output.contains("kept back"), "\(first.story)")
    try loss(.risk)
    let dry = try osong("nightly", "plan.yaml", "--dry-run")
    #expect(dry.output.contains("F2 is no-go for OMIM:1"), "\(dry.story)")
    let second = try night("2026-11-25")
    #expect(second.output.contains("0 entered, 20 left, 0 moved"), "\(second.story)")
    #expect(second.output.contains("kept back: F2 is no-go"), "\(second.story)")
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: scratch.path("nights/night-0002/tiny/\(name)"), encoding: .utf8)
    }
    #expect(try text("hits.csv").split(separator: "\n").count == 1)
    #expect(try text("report.html").contains("Evidence: F2 is no-go for OMIM:1"))
    let page = try text("delta.html")
    #expect(page.contains("The list is kept back") && page.contains("Was: F2 is go for OMIM:1"))
    #expect(try text("run.json").contains("f2.evidence"))
    #expect(try osong("audit", "verify", "nights").code == 0)
  }

  @Test func `nights that are killed again and again end with the bytes of nights left alone`()
    throws
  {
    func nights() throws -> [String: Data] {
      try files(in: scratch.url.appending(path: "nights")).filter { !$0.key.hasPrefix(".") }
    }
    #expect(try night("2026-11-24").code == 0)
    try grow()
    let before = scratch.url.appending(path: "before")
    try FileManager.default.copyItem(at: scratch.url.appending(path: "nights"), to: before)
    #expect(try night("2026-11-25").code == 0)
    let undisturbed = try nights().filter { $0.key.hasPrefix("night-") }
    try FileManager.default.removeItem(at: scratch.url.appending(path: "nights"))
    try FileManager.default.moveItem(at: before, to: scratch.url.appending(path: "nights"))

    var delay = 0.01
    var killed = 0
    while true {
      let run = try Program.Run(["nightly", "plan.yaml", "--day", "2026-11-25"], in: scratch.url)
      let start = ContinuousClock.now
      run.wait { ContinuousClock.now - start > .seconds(delay) }
      run.send(SIGKILL)
      let ending = run.finish()
      if ending.signal == nil {
        #expect(ending.code == 0, "\(ending.story)")
        break
      }
      killed += 1
      try #require(killed < 60)
      delay *= 1.15
    }
    #expect(killed >= 3)
    let found = try nights().filter { $0.key.hasPrefix("night-") }
    // A kill after the night stood makes one more night of nothing new.
    #expect(found.filter { undisturbed.keys.contains($0.key) } == undisturbed)
    #expect(try osong("audit", "verify", "nights").code == 0)
  }

  @Test func `processes that score side by side share the work, and the screen finds it done`()
    throws
  {
    let runs = try (0..<3).map { _ in
      try Program.Run(
        ["score", "c.olib", "--model", "m.model", "--scores", "s", "--threads", "1", "--json"],
        in: scratch.url)
    }
    let endings = runs.map { $0.finish() }
    var computed = 0
    for ending in endings {
      #expect(ending.code == 0, "\(ending.story)")
      let digits = ending.output.split(separator: "\n").first { $0.contains("computed") }
        .map { $0.filter(\.isNumber) }
      computed += digits.flatMap { Int($0) } ?? 0
    }
    #expect(computed == 600)
    for (scores, name) in [(["--scores", "s"], "shared"), ([], "alone")] {
      let ending = try Program.run(
        ["screen", "c.olib", "--model", "m.model", "--top", "30", "-o", name] + scores,
        in: scratch.url)
      #expect(ending.code == 0, "\(ending.story)")
    }
    func result(_ name: String) throws -> [String: Data] {
      try files(in: scratch.url.appending(path: name)).filter { $0.key != "timing.json" }
    }
    #expect(try result("shared") == result("alone"))
  }

  @Test func `a timer is written, with what must be escaped, and nothing is switched on`() throws {
    try scratch.write(
      try String(contentsOfFile: scratch.path("plan.yaml"), encoding: .utf8), to: "50% plan.yaml")
    let ending = try osong(
      "schedule", "install", "50% plan.yaml", "--at", "22:30", "--into", "units")
    #expect(ending.code == 0 && ending.output.contains("30 22 * * * cd "), "\(ending.story)")
    let service = try String(
      contentsOfFile: scratch.path("units/osong-made-up.service"), encoding: .utf8)
    #expect(service.contains("nightly \"") && service.contains("50%% plan.yaml\""))
    let timer = try String(
      contentsOfFile: scratch.path("units/osong-made-up.timer"), encoding: .utf8)
    #expect(timer.contains("OnCalendar=*-*-* 22:30:00"))
    #expect(try osong("schedule", "install", "plan.yaml", "--at", "25:00").code == 2)
  }

  @Test func `a plan that cannot be followed is refused with every fault`() throws {
    try scratch.write("screens: [{name: x, library: no.olib, modle: m.model}]", to: "bad.yaml")
    let ending = try osong("nightly", "bad.yaml")
    #expect(ending.code == 3)
    for part in ["no library no.olib", "modle", "did you mean model?", "x has no `model`"] {
      #expect(ending.errors.contains(part), "\(part) in \(ending.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("bad.nights")))
  }

  @Test func `a model is replaced only where enough was measured to show that it is no worse`()
    throws
  {
    func table(_ count: Int) -> String {
      "id,smiles,pKi\n"
        + (200..<200 + count).map {
          "N\($0),\(MadeUpCompounds.smiles($0 * 13 % MadeUpCompounds.count)),6\n"
        }.joined()
    }
    try FileManager.default.copyItem(
      atPath: scratch.path("m.model"), toPath: scratch.path("new.model"))
    try scratch.write(table(4), to: "few.csv")
    let few = try osong("model", "replace", "m.model", "new.model", "--results", "few.csv")
    #expect(few.code == 3 && few.output.contains("are too few"), "\(few.story)")
    try scratch.write(table(30), to: "many.csv")
    let dry = try osong(
      "model", "replace", "m.model", "new.model", "--results", "many.csv", "--dry-run")
    #expect(dry.code == 0 && dry.output.contains("nothing was replaced"), "\(dry.story)")
    let many = try osong("model", "replace", "m.model", "new.model", "--results", "many.csv")
    #expect(many.code == 0 && many.output.contains("stands in the place"), "\(many.story)")
    #expect(try osong("nightly", "plan.yaml", "--dry-run").code == 0)
  }
}
