import Foundation
import TestSupport
import Testing

@Suite struct SearchCommandTests {
  private let fixture: Fixture
  private let scratch: ScratchFolder
  private let query = "CCOc1ccc(cc1)CN"
  /// The first compound of the library.
  private let itself = String(MadeUpCompounds.lines(1).prefix { $0 != " " })

  init() throws {
    fixture = try Fixture.made.get()
    scratch = try ScratchFolder()
  }

  private func search(_ options: [String], input: String = "") throws -> Program.Ending {
    try Program.run(["search", fixture.library] + options, input: Data(input.utf8))
  }

  /// The fields of each line below the header.
  private func rows(_ table: String) -> [[Substring]] {
    table.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test func `the most similar come first and as many as were asked for`() throws {
    let ending = try search(["--query", query, "--top", "7"])
    #expect(ending.code == 0, "\(ending.story)")
    let rows = rows(ending.output)
    #expect(rows.map { $0[1] } == (1...7).map { "\($0)" })
    let similarities = rows.compactMap { Double($0[2]) }
    #expect(similarities == similarities.sorted(by: >))
    #expect(similarities.count == 7)
  }

  @Test func `more than there are gives all of them`() throws {
    let ending = try search(["--query", query, "--top", "1000000"])
    #expect(rows(ending.output).count == 600, "\(ending.story)")
  }

  @Test(arguments: ["tanimoto", "dice", "cosine", "tversky", "russell-rao"])
  func `every metric ranks the compound itself first`(_ metric: String) throws {
    let ending = try search(["--query", itself, "--top", "1", "--metric", metric])
    let row = try #require(rows(ending.output).first, "\(ending.story)")
    #expect(metric == "russell-rao" || row[2] == "1.0000")
  }

  @Test func `a threshold of 1 finds equals and one of 0 finds all`() throws {
    let equal = try search(["--query", itself, "--threshold", "1"])
    #expect(rows(equal.output).allSatisfy { $0[2] == "1.0000" } && !rows(equal.output).isEmpty)
    let all = try search(["--query", itself, "--threshold", "0"])
    #expect(rows(all.output).count == 600)
  }

  @Test(arguments: [
    ["--query", "CCO", "--top", "0"], ["--query", "CCO", "--threshold", "nan"],
    ["--query", "CCO", "--threshold", "1.01"], ["--query", "CCO", "--metric", "euclid"],
    ["--query", "CCO", "--alpha", "-1"], ["--query", "CCO", "--queries", "x.smi"], [],
  ])
  func `a question without sense is wrong usage`(_ options: [String]) throws {
    let ending = try search(options)
    #expect(ending.code == 2, "\(ending.story)")
    #expect(ending.output.isEmpty)
  }

  @Test func `a query that is no molecule is bad input`() throws {
    let ending = try search(["--query", "C1CC"])
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.errors.contains("not a readable structure"))
  }

  @Test func `queries from a pipe are answered in order, bad ones with their reason`() throws {
    let ending = try search(
      ["--queries", "-", "--top", "1", "--max-refused", "0"],
      input: "smiles,id\nCCO,a\nnonsense,b\nc1ccccc1,c\n")
    #expect(ending.code == 4, "\(ending.story)")
    let rows = rows(ending.output)
    #expect(rows.map { $0[0] } == ["a", "b", "c"])
    #expect(rows[1][1].isEmpty && rows[1][5].hasPrefix("line 3: cannot be read"))
  }

  @Test func `a fingerprint without bits is like nothing`() throws {
    let zeros = String(repeating: "0", count: 512)
    let ending = try search(
      ["--fps", "-", "--threshold", "0.1"], input: "#FPS1\n#num_bits=2048\n\(zeros)\tempty\n")
    #expect(ending.code == 0, "\(ending.story)")
    #expect(rows(ending.output).isEmpty)
    #expect(ending.errors.contains("1 queries without any"))
  }

  @Test func `fingerprints of another width are bad input`() throws {
    let ending = try search(["--fps", "-"], input: "#FPS1\n#num_bits=64\n0000000000000001\ta\n")
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.errors.contains("64 bits, the library's 2048"))
  }

  @Test func `threads and batches do not change an answer`() throws {
    let one = try search(["--queries", fixture.compounds, "--top", "5", "--threads", "1"])
    let two = try search(["--queries", fixture.compounds, "--top", "5", "--threads", "2"])
    #expect(one.output == two.output && rows(one.output).count == 3_000)
  }

  @Test func `an explanation says what was read of how much`() throws {
    let ending = try search(["--query", query, "--top", "3", "--explain"])
    #expect(ending.code == 0, "\(ending.story)")
    let row = try #require(rows(ending.output).first)
    let lines = row[6].split(separator: "/").compactMap { Int($0) }
    #expect(lines.count == 2 && lines[0] > 0 && lines[0] < lines[1] / 10, "\(row)")
    #expect(row[9].split(separator: " ").count == Int(row[2]))
  }

  @Test func `the page shows the neighbours and runs no script`() throws {
    let page = scratch.path("neighbours.html")
    let ending = try search(["--query", query, "--top", "3", "--report", page])
    #expect(ending.code == 0, "\(ending.story)")
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.components(separatedBy: "<li>").count == 4)
    #expect(text.contains("<svg") && !text.contains("<script"))
  }
}
