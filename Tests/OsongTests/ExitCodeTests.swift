import Foundation
import TestSupport
import Testing

@Suite struct ExitCodeTests {
  private let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  @Test(arguments: [
    ["frobnicate"], ["screen"], ["train"], ["predict", "m"], ["library", "build", "l.olib"],
    ["library", "info", "l", "--threads", "0"], ["library", "info", "l", "--threads", "many"],
    ["library", "build", "l", "f", "--limit", "0"],
    ["library", "build", "l", "f", "--max-refused", "-1"],
    ["screen", "l", "--model", "m", "-o", "r", "--top", "0"],
    ["screen", "l", "--model", "m", "-o", "r", "--range", "MW"],
    ["screen", "l", "--model", "m", "-o", "r", "--range", "weight=1:2"],
    ["screen", "l", "--model", "m", "-o", "r", "--range", "MW=5:x"],
    ["screen", "l", "--model", "m", "-o", "r", "--exclude", "nothing"],
    ["screen", "l", "--model", "m", "-o", "r", "--max-per-scaffold", "0"],
    ["screen", "l", "--model", "m", "-o", "r", "--max-similarity", "2"],
    ["train", "t", "-o", "m", "--test-share", "1"], ["train", "t", "-o", "m", "--epochs", "0"],
    ["train", "t", "-o", "m", "--members", "0"], ["train", "t", "-o", "m", "--hidden", "16,,8"],
    ["search", "l", "--query", "C", "--top", "0"],
    ["search", "l", "--query", "C", "--threshold", "1.5"],
  ])
  func `a wrong command line is 2 and says how it goes`(_ arguments: [String]) throws {
    let ending = try Program.run(arguments, in: scratch.url)
    #expect(ending.code == 2, "\(ending.story)")
    #expect(ending.errors.contains("Usage: osong"))
    #expect(ending.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
  }

  @Test func `an unusable input is 3 and one line`() throws {
    let fixture = try Fixture.made.get()
    try scratch.write("not a model", to: "file")
    try scratch.write("{\"cuont\": 5}", to: "plan.json")
    let result = ["-o", scratch.path("result")]
    for arguments in [
      ["library", "info", "nowhere"], ["library", "info", "."], ["library", "export", "nowhere"],
      ["library", "build", "l.olib", "nowhere.smi"],
      ["search", "nowhere", "--query", "C"], ["search", fixture.library, "--query", "C1CC"],
      ["train", "nowhere.csv", "-o", "m"], ["train", fixture.compounds, "-o", "m"],
      ["train", fixture.activities, "-o", "m", "--value-column", "none"],
      ["predict", "nowhere", fixture.compounds], ["predict", fixture.model, "nowhere.smi"],
      ["predict", "file", fixture.compounds], ["predict", fixture.library, fixture.compounds],
      ["screen", "nowhere", "--model", fixture.model] + result,
      ["screen", fixture.library, "--model", "nowhere"] + result,
      ["screen", fixture.library, "--model", fixture.model, "--require", "[#6"] + result,
      ["screen", fixture.library, "--model", fixture.model, "--plan", "plan.json"] + result,
      ["screen", fixture.library, "--model", fixture.model, "-o", "file"],
      ["data", "get", "nothing-of-this-name"],
    ] {
      let ending = try Program.run(arguments, in: scratch.url)
      #expect(ending.code == 3, "\(arguments): \(ending.story)")
      let lines = ending.errors.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 2 && lines[1].isEmpty, "\(arguments): \(ending.errors)")
      #expect(ending.errors.hasPrefix("osong: "), "\(arguments)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("result")))
  }

  @Test func `more refused records than allowed is 4, and the result stands`() throws {
    let fixture = try Fixture.made.get()
    let input = try scratch.write("smiles,id\nCCO,a\nC1CC,b\nCCN,c\n", to: "in.csv")
    for (allowed, code) in [("0", Int32(4)), ("1", 0)] {
      let library = scratch.path("l\(allowed).olib")
      let built = try Program.run(["library", "build", library, input, "--max-refused", allowed])
      #expect(built.code == code, "\(built.story)")
      #expect(try Program.run(["library", "info", library, "--verify"]).code == 0)
      let output = scratch.path("p\(allowed).csv")
      let predicted = try Program.run(
        ["predict", fixture.model, input, "-o", output, "--max-refused", allowed])
      #expect(predicted.code == code, "\(predicted.story)")
      #expect(FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func `standard input and standard output take the place of files`() throws {
    let fixture = try Fixture.made.get()
    let library = scratch.path("l.olib")
    let built = try Program.run(
      ["library", "build", library, "-"], input: Data("CCO a\nCCN b\nC1C c\n".utf8))
    #expect(built.code == 0, "\(built.story)")
    let exported = try Program.run(["library", "export", library])
    #expect(exported.output == "smiles,id\nCCO,a\nCCN,b\n")
    let predicted = try Program.run(
      ["predict", fixture.model, "-"], input: Data("smiles,id\nCCO,a\nC1C,b\n".utf8))
    let rows = table(predicted.output)
    #expect(predicted.code == 0 && rows.count == 3)
    #expect(rows.map(\.count) == [rows[0].count, rows[0].count, rows[0].count])
    let again = try Program.run(
      ["library", "build", library, "-"], input: Data("CCO a\n".utf8))
    #expect(again.code == 3 && again.errors.contains("other inputs"))
  }

  @Test func `an identifier with a comma stays one field of a search`() throws {
    let library = scratch.path("l.olib")
    let input = try scratch.write("smiles,id\nCCO,\"a, b\"\n", to: "in.csv")
    try Program.run(["library", "build", library, input])
    let found = try Program.run(["search", library, "--query", "CCO"])
    #expect(
      found.output == "query_id,rank,similarity,id,smiles,error\nquery,1,1.0000,\"a, b\",CCO,\n")
  }
}
