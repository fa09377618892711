import Foundation
import TestSupport
import Testing

/// Plate after plate on the command line.
@Suite struct NextCommandTests {
  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
    try scratch.write(Self.table(0..<60), to: "start.csv")
  }

  /// A potency that can be learned: the longer the text, the stronger.
  private static func potency(_ smiles: String) -> Double {
    4.5 + Double(min(smiles.utf8.count, 40)) / 10
  }

  private static func table(_ numbers: Range<Int>) -> String {
    "id,smiles,pIC50\n"
      + numbers.map { number in
        let smiles = MadeUpCompounds.smiles(number * 13 % MadeUpCompounds.count)
        return "T\(number),\(smiles),\(potency(smiles))\n"
      }.joined()
  }

  private func next(_ more: [String], to output: String) throws -> Program.Ending {
    try Program.run(
      ["next", fixture.library, "--data", "start.csv", "--family", "forest", "-o", output] + more,
      in: scratch.url)
  }

  private func rows(_ folder: String) throws -> [[Substring]] {
    try String(contentsOfFile: scratch.path("\(folder)/hits.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
  }

  @Test("every rule fills a plate, twice the same", arguments: ["greedy", "thompson", "diverse"])
  func rules(rule: String) throws {
    let options = ["--rule", rule, "--count", "10", "--seed", "4"]
    let one = try next(options, to: "one")
    #expect(one.code == 0, "\(one.story)")
    #expect(try next(options + ["--threads", "1"], to: "other").code == 0)
    let chosen = try rows("one")
    #expect(chosen.count == 10 && Set(chosen.map { $0[1] }).count == 10)
    #expect(try rows("other") == chosen)
    let measured = Set((0..<60).map { MadeUpCompounds.smiles($0 * 13 % MadeUpCompounds.count) })
    #expect(chosen.allSatisfy { !measured.contains(String($0[2])) })
    // Long ones are strong; a plate of chance would have a mean of about 6.6.
    let strengths = chosen.map { Self.potency(String($0[2])) }
    #expect(strengths.reduce(0, +) / 10 > 7, "\(strengths)")
  }

  @Test func `new results test the model that did not know them, and teach the next`() throws {
    try scratch.write(Self.table(60..<100), to: "new.csv")
    let ending = try next(
      ["--results", "new.csv", "--rule", "optimistic", "--count", "5"], to: "plate")
    #expect(ending.code == 0, "\(ending.story)")
    #expect(ending.output.contains("60 values known, 40 new"), "\(ending.story)")
    #expect(ending.output.contains("the model before, on the 40 new ones"), "\(ending.story)")
    let shelf = try FileManager.default.contentsOfDirectory(atPath: scratch.path("models.shelf"))
    #expect(shelf.filter { $0.hasSuffix(".model") }.count == 2)
  }

  @Test func `a table without the column is refused with the columns it has`() throws {
    let ending = try next(["--endpoint", "pKi"], to: "plate")
    #expect(
      ending.code == 3 && ending.errors.contains("no column pKi; there are id, smiles, pIC50"))
    #expect(try next(["--count", "0"], to: "plate").code == 2)
  }
}
