import Foundation
import TestSupport
import Testing

/// Public samples on the command line: what is written, what is kept back, what is refused.
@Suite struct PublicCommandTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    // Four hundred people who do not exist; three of them alone in their region.
    let rows = (0..<400).map { person in
      let region = person < 3 ? "island" : person % 2 == 0 ? "north" : "south"
      let dx = person % 4 == 0 ? "E11.9" : person % 10 == 0 ? "I10" : "J06"
      let rx = person % 8 == 0 ? "A10BA02" : ""
      return
        "\(20 + person % 60),\(region),\(dx),\(rx),\(30 + person % 3),\(person % 5 == 0 ? 1 : 0)\n"
    }
    try scratch.write("age,region,dx,rx,w,smoker\n" + rows.joined(), to: "people.csv")
    try scratch.write(
      "id,name,codes,drugs,control\nMONDO:0005148,type 2 diabetes,E11,A10,\n", to: "diseases.csv")
    try scratch.write("code,disease\nE11.9,MONDO:0005148\nI10,MONDO:0001134\n", to: "mapping.csv")
  }

  private func run(_ words: String...) throws -> Program.Ending {
    try Program.run(["public"] + words + ["--journal", "journal"], in: scratch.url)
  }

  private func table(_ name: String) throws -> String {
    try String(contentsOf: scratch.url.appending(path: name), encoding: .utf8)
  }

  @Test func `estimates tell groups of five or more, and the reading stands in the journal`() throws
  {
    let ending = try run(
      "estimate", "people.csv", "--weight", "w", "--proportion", "smoker=1", "--by", "region", "-o",
      "out")
    #expect(ending.code == 0, "\(ending.story)")
    let told = try table("out/estimates.tsv")
    // Of three people nothing is told, and of the north nothing that would tell it by subtraction.
    #expect(told.contains("south\tproportion\tsmoker=1\t0.2"), "\(told)")
    #expect(!told.contains("island") && !told.contains("north"))
    let checked = try Program.run(["audit", "verify", "journal"], in: scratch.url)
    #expect(checked.code == 0, "\(checked.story)")
    #expect(try table("journal").contains("public estimate"))
  }

  @Test func `need counts those who have it and are not treated`() throws {
    let ending = try run(
      "need", "people.csv", "--diagnoses", "dx", "--drugs", "rx", "--age", "age", "--weight", "w",
      "--diseases", "diseases.csv", "-o", "out")
    #expect(ending.code == 0, "\(ending.story)")
    // Every fourth has it, every eighth is treated.
    #expect(ending.output.contains("type 2 diabetes") && ending.output.contains("50."))
  }

  @Test func `risk and mapping report, and unknown columns are an error in one line`() throws {
    let risk = try run("risk", "people.csv", "--quasi", "age,region", "--weight", "w", "-o", "out")
    #expect(risk.code == 0 && risk.output.contains("400 people"), "\(risk.story)")
    let map = try run(
      "map", "people.csv", "--codes", "dx", "--mapping", "mapping.csv", "--weight", "w", "-o", "m")
    #expect(map.code == 0 && map.output.contains("2 of 3 codes"), "\(map.story)")
    let wrong = try run("risk", "people.csv", "--quasi", "height", "-o", "none")
    #expect(wrong.code == 3 && wrong.errors.contains("height"), "\(wrong.story)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
  }
}
