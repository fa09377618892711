import Foundation
import TestSupport
import Testing

@Suite struct NeighbourhoodCommandTests {
  private let fixture: Fixture
  private let scratch: ScratchFolder

  init() throws {
    fixture = try Fixture.made.get()
    scratch = try ScratchFolder()
  }

  private func rows(_ text: String) -> [[String]] { Array(table(text).dropFirst()) }

  @Test func `a substructure search names the compounds that hold it, in order`() throws {
    let all = try Program.run(["search", fixture.library, "--substructure", "S(=O)(=O)N"])
    #expect(all.code == 0, "\(all.story)")
    let found = rows(all.output)
    #expect(!found.isEmpty && found.allSatisfy { $0[4].contains("S(") && $0[5].isEmpty })
    #expect(found.count < 600)
    let two = try Program.run(
      ["search", fixture.library, "--substructure", "S(=O)(=O)N", "--top", "2", "--threads", "1"])
    #expect(rows(two.output) == Array(found.prefix(2)))
  }

  @Test(arguments: ["S(=O)(=O)N", "c1ccccc1", "[#6]", "[!#6;R]", "C(=O)[OH]"])
  func `a library with a screen finds the same`(_ pattern: String) throws {
    let library = scratch.path("screened.olib")
    try Program.run(["library", "build", library, fixture.compounds, "--substructures"])
    let screened = try Program.run(["search", library, "--substructure", pattern])
    let plain = try Program.run(["search", fixture.library, "--substructure", pattern])
    #expect(screened.code == 0 && screened.output == plain.output, "\(screened.story)")
  }

  @Test func `a pattern that is none is bad input`() throws {
    let ending = try Program.run(["search", fixture.library, "--substructure", "c1cc"])
    #expect(ending.code == 3, "\(ending.story)")
  }

  @Test func `pairs are those that searches of all compounds find`() throws {
    let pairs = try Program.run(["search", fixture.library, "--pairs", "--threshold", "0.6"])
    let searches = try Program.run(
      ["search", fixture.library, "--queries", fixture.compounds, "--threshold", "0.6"])
    #expect(pairs.code == 0 && searches.code == 0, "\(pairs.story)")
    let one = Set(rows(pairs.output).map { [$0[0], $0[1]].sorted() + [$0[2]] })
    let other = Set(
      rows(searches.output).filter { $0[0] != $0[3] }.map { [$0[0], $0[3]].sorted() + [$0[2]] })
    #expect(one == other && !one.isEmpty)
  }

  @Test(arguments: ["bitbirch", "spheres", "butina"])
  func `every compound is in one cluster, whatever the threads`(_ method: String) throws {
    let arguments = ["cluster", fixture.library, "--method", method, "--threshold", "0.5"]
    let one = try Program.run(arguments + ["--threads", "1"])
    let two = try Program.run(arguments + ["--threads", "2"])
    #expect(one.code == 0 && one.output == two.output, "\(one.story)")
    let rows = rows(one.output)
    #expect(Set(rows.map { $0[0] }).count == 600 && rows.count == 600)
    let centres = rows.filter { $0[4] == "true" }
    #expect(Set(centres.map { $0[2] }).count == centres.count)
    #expect(Set(rows.map { $0[2] }) == Set(centres.map { $0[2] }))
    if method != "bitbirch" { #expect(rows.allSatisfy { Double($0[5]) ?? 0 >= 0.5 }) }
  }

  @Test func `picks differ from each other and from what is at hand`() throws {
    let free = try Program.run(["pick", fixture.library, "--count", "5"])
    #expect(free.code == 0, "\(free.story)")
    let picks = rows(free.output)
    #expect(Set(picks.map { $0[1] }).count == 5)
    let known = try scratch.write(picks.map { "\($0[2]) known\n" }.joined(), to: "known.smi")
    let other = try Program.run(["pick", fixture.library, "--count", "5", "--from", known])
    #expect(Set(rows(other.output).map { $0[1] }).isDisjoint(with: picks.map { $0[1] }))
  }

  @Test(arguments: [
    ["cluster", "l", "--threshold", "0"], ["cluster", "l", "--method", "kmeans"],
    ["pick", "l", "--count", "0"], ["pick", "l"], ["search", "l", "--pairs"],
    ["search", "l", "--pairs", "--threshold", "0.5", "--top", "3"],
    ["library", "remove", "l"],
  ])
  func `a question without sense is wrong usage`(_ arguments: [String]) throws {
    #expect(try Program.run(arguments).code == 2)
  }

  @Test func `a library is added to, replaced in, removed from and compacted`() throws {
    let library = scratch.path("l.olib")
    let first = try scratch.write("CCO a\nCCN b\nCCC c\n", to: "first.smi")
    let more = try scratch.write("CCOC d\nCCN e\nCCCl a\n", to: "more.smi")
    #expect(try Program.run(["library", "build", library, first]).code == 0)
    let added = try Program.run(["library", "add", library, more])
    #expect(added.output.contains("1 added, 0 of them in place of others"))
    #expect(added.output.contains("0 there already; 4 compounds now"))
    let replaced = try Program.run(["library", "add", library, more, "--replace"])
    #expect(replaced.code == 0, "\(replaced.story)")
    #expect(replaced.output.contains("1 there already"), "\(replaced.story)")
    let removed = try Program.run(["library", "remove", library, "b", "nobody"])
    #expect(removed.code == 0 && removed.errors.contains("nobody"), "\(removed.story)")
    #expect(try Program.run(["library", "compact", library]).code == 0)
    let table = try Program.run(["library", "export", library])
    #expect(Set(rows(table.output).map { $0[1] }) == ["a", "c", "d"], "\(table.output)")
    let found = try Program.run(["search", library, "--query", "CCCl", "--top", "1"])
    #expect(rows(found.output).first?[3] == "a")
    for id in ["a", "c", "d"] { try Program.run(["library", "remove", library, id]) }
    let empty = try Program.run(["search", library, "--query", "CCO"])
    #expect(empty.code == 0 && rows(empty.output).isEmpty, "\(empty.story)")
    for verb in [["cluster", library], ["pick", library, "--count", "3"]] {
      #expect(try Program.run(verb).code == 0)
    }
  }

  @Test func `exported fingerprints find their own compounds`() throws {
    let file = scratch.path("all.fps")
    #expect(try Program.run(["library", "export", fixture.library, "-o", file]).code == 0)
    let ending = try Program.run(["search", fixture.library, "--fps", file, "--threshold", "1"])
    let found = rows(ending.output)
    #expect(Set(found.filter { $0[0] == $0[3] }.map { $0[0] }).count == 600, "\(ending.story)")
  }
}
