import Foundation
import TestSupport
import Testing

/// Signals on the command line: what is written, what is said, what is refused.
@Suite struct HospitalSignalsCommandTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    let rows = (1...200).map { "\($0),drug \($0 % 10),event \($0 % 10 == 3 ? 1 : $0 * $0 % 7)\n" }
    try scratch.write("CASEID,DRUG,AE\n" + rows.joined() + "201,,x\n", to: "reports.csv")
  }

  @Test func `signals say what was counted and leave a record`() throws {
    let ending = try Program.run(
      ["hospital", "signals", "reports.csv", "-o", "out"], in: scratch.url)
    #expect(ending.code == 0 && ending.output.contains("200 distinct reports"), "\(ending.story)")
    let names = Set(try files(in: scratch.url.appending(path: "out")).keys)
    #expect(
      names == ["signals.tsv", "refused.csv", "summary.txt", "run.json", "timing.json"])
  }

  @Test func `unpublished reports need a journal and a minimum of five`() throws {
    let bare = ["hospital", "signals", "reports.csv", "--unpublished", "-o", "out"]
    #expect(try Program.run(bare, in: scratch.url).code == 2)
    #expect(
      try Program.run(bare + ["--journal", "j", "--minimum", "4"], in: scratch.url).code == 2)
    let ending = try Program.run(bare + ["--journal", "j"], in: scratch.url)
    #expect(ending.code == 0, "\(ending.story)")
    #expect(try Program.run(["audit", "verify", "j"], in: scratch.url).code == 0)
  }

  @Test func `a password in a database's address is refused, and stands nowhere`() throws {
    let ending = try Program.run(
      [
        "hospital", "signals", "--omop", "postgresql://kim:hunter2@localhost/omop", "--journal",
        "j",
        "-o", "out",
      ], in: scratch.url)
    #expect(ending.code == 3 && ending.errors.contains("pgpass"), "\(ending.story)")
    #expect(!ending.errors.contains("hunter2") && !ending.output.contains("hunter2"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("j")))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
  }

  @Test func `a hospital's own tables need a journal, and tell no small cell`() throws {
    let made = try Program.run(
      ["hospital", "simulate", "--people", "400", "--seed", "2", "-o", "cdm"], in: scratch.url)
    #expect(made.code == 0, "\(made.story)")
    let words = ["hospital", "signals", "--omop", "cdm", "-o", "out"]
    #expect(try Program.run(words, in: scratch.url).code == 2)
    let ending = try Program.run(words + ["--journal", "j"], in: scratch.url)
    #expect(ending.code == 0 && ending.output.contains("for the first time"), "\(ending.story)")
    let lines = try String(
      contentsOf: scratch.url.appending(path: "out/signals.tsv"), encoding: .utf8
    ).split(separator: "\n").dropFirst()
    #expect(!lines.isEmpty)
    for line in lines {
      let reports = Int(line.split(separator: "\t", omittingEmptySubsequences: false)[2])
      #expect(try #require(reports) >= 5, "\(line)")
    }
  }

  @Test func `numbers that were not calibrated are refused in one line`() throws {
    try scratch.write("drug,target,action\nx,Y,inhibitor\n", to: "targets.csv")
    let ending = try Program.run(
      ["evidence", "safety", "--targets", "targets.csv", "--published", "-o", "e"],
      in: scratch.url)
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.errors.contains("must be calibrated against negative controls"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("e")))
  }
}
