import Foundation
import TestSupport
import Testing

@Suite struct ScreenCommandTests {
  static let results = ["hits.csv", "hits.sdf", "refused.csv", "report.html", "run.json"]

  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
  }

  private func arguments(_ output: String, _ more: [String] = []) -> [String] {
    ["screen", fixture.library, "--model", fixture.model, "--top", "40", "-o", output] + more
  }

  @Test func `one and two threads write the same bytes`() throws {
    var written: [[String: Data]] = []
    for threads in ["1", "2"] {
      let output = scratch.path(threads)
      let ending = try Program.run(
        arguments(output, ["--threads", threads, "--range", "MW=150:", "--max-per-scaffold", "5"]))
      #expect(ending.code == 0, "\(ending.story)")
      written.append(try files(in: URL(filePath: output)))
    }
    for name in Self.results {
      #expect(written[0][name] != nil && written[0][name] == written[1][name], "\(name)")
    }
  }

  @Test func `the tables hold what the command says`() throws {
    let output = scratch.path("result")
    let ending = try Program.run(arguments(output, ["--range", "MW=:250", "--json"]))
    #expect(ending.code == 0, "\(ending.story)")
    let rows = table(
      try String(contentsOf: URL(filePath: output + "/hits.csv"), encoding: .utf8))
    #expect(rows.count == 41)
    let weight = try #require(rows[0].firstIndex(of: "MW"))
    #expect(rows.dropFirst().allSatisfy { (Double($0[weight]) ?? 999) <= 250 })
    #expect(rows.dropFirst().map { $0[0] } == (1...40).map { "\($0)" })
    let sdf = try String(contentsOf: URL(filePath: output + "/hits.sdf"), encoding: .utf8)
    #expect(sdf.components(separatedBy: "$$$$\n").count == 41)
    let refused = table(
      try String(contentsOf: URL(filePath: output + "/refused.csv"), encoding: .utf8))
    #expect(refused.count > 1 && refused[0].contains("reason"))
    let html = try String(contentsOf: URL(filePath: output + "/report.html"), encoding: .utf8)
    #expect(!html.contains("src=\"http") && html.hasSuffix("</html>\n"))
    // What was kept for going on is gone, and so is everything half-written.
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["result"])
  }

  @Test func `a plan file counts, and an option wins over it`() throws {
    let plan = try scratch.write(
      "{\"count\": 7, \"properties\": {\"MW\": {\"maximum\": 240}}}", to: "plan.json")
    let output = scratch.path("result")
    let base = ["screen", fixture.library, "--model", fixture.model, "-o", output, "--plan", plan]
    for (more, count) in [([], 7), (["--top", "3"], 3)] as [([String], Int)] {
      #expect(try Program.run(base + more).code == 0)
      let rows = table(
        try String(contentsOf: URL(filePath: output + "/hits.csv"), encoding: .utf8))
      #expect(rows.count == count + 1)
    }
  }

  @Test func `a folder that is no earlier result is not replaced`() throws {
    try scratch.write("mine", to: "letter.txt")
    let ending = try Program.run(arguments(scratch.url.path))
    #expect(ending.code == 3)
    #expect(try files(in: scratch.url) == ["letter.txt": Data("mine".utf8)])
  }

  @Test func `a damaged library is not screened`() throws {
    let library = scratch.path("l.olib")
    try FileManager.default.copyItem(atPath: fixture.library, toPath: library)
    let segment = URL(filePath: library + "/segment-000000.seg")
    var bytes = try Data(contentsOf: segment)
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: segment)
    let output = scratch.path("result")
    let ending = try Program.run(
      ["screen", library, "--model", fixture.model, "-o", output])
    #expect(ending.code == 3 && ending.errors.contains("segment-000000.seg is damaged"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }
}
