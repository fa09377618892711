import Foundation
import TestSupport
import Testing

/// Two towers by the commands a user gives.
@Suite struct AffinityCommandTests {
  private let scratch: ScratchFolder
  private let pairs = MadeUpPairs(noise: 3)

  init() throws {
    scratch = try ScratchFolder()
    try scratch.write(pairs.fasta + ">odd\nMK1K\n", to: "proteins.fasta")
    try scratch.write(
      pairs.csv + "X,nonsense(,P1,5\nX,CCCN,P1,>5\nX,CCCN,nobody,5\nX,CCCN,P1,\n", to: "pairs.csv")
    try scratch.write(
      "smiles,id\nCCCCCCCCCCCCCCN,amine\nC(=O,bad\nCCCCC(=O)O,acid\n", to: "library.csv")
    try scratch.write(
      ">near\n\(pairs.chains[3])\n>far\n\(String(repeating: "WHCPM", count: 30))\n",
      to: "targets.fasta")
  }

  private static let quick = ["--epochs", "8", "--width", "32", "--batch", "32"]

  private func osong(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: scratch.url)
  }

  private func train(_ more: [String] = [], to output: String = "m.affinity") throws
    -> Program.Ending
  {
    try Program.Run(
      ["affinity", "train", "pairs.csv", "--proteins", "proteins.fasta", "-o", output]
        + Self.quick + more, in: scratch.url
    ).finish(within: 240)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path(name), encoding: .utf8)
  }

  @Test func `towers are trained, say what the gate says, and answer where it passes`() throws {
    let trained = try train()
    #expect(trained.code == 0, "\(trained.story)")
    #expect(
      trained.output.contains("24 proteins of 12 families, 5 rows refused"), "\(trained.output)")
    #expect(trained.output.contains("for known compounds it may be used from a cosine of"))
    let card = try text("m.affinity/card.json")
    #expect(card.contains("\"concordance index\"") && card.contains("its value at the nearest"))
    #expect(try text("m.affinity/run.json").contains("\"verb\" : \"affinity train\""))
    let refused = table(try text("m.affinity/refused.csv")).dropFirst()
    #expect(refused.map { $0[0] } == ["pairs", "pairs", "pairs", "pairs", "proteins"])
    #expect(refused.contains { $0[4].contains("of which no sequence was given") })
    #expect(refused.contains { $0[4].contains("bound") })

    let predicted = try osong(
      "affinity", "predict", "m.affinity", "library.csv", "--sequence", "targets.fasta", "-o",
      "scores.csv")
    #expect(predicted.code == 0, "\(predicted.story)")
    #expect(
      predicted.errors.contains("near, known compounds: learned from related proteins: nearest P3"))
    let rows = table(try text("scores.csv"))
    #expect(rows.count == 7)
    let columns = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[0].indices))
    func field(_ row: Int, _ name: String) -> String { columns[name].map { rows[row][$0] } ?? "–" }
    // Two rows a compound, one for each protein; nothing is shifted by the compound that is none.
    #expect((1...6).map { field($0, "target") } == ["near", "far", "near", "far", "near", "far"])
    #expect(field(3, "error").contains("cannot be read") && field(3, "pKd").isEmpty)
    #expect(field(5, "gate") == "passed" && field(5, "known_compound") == "true")
    #expect(field(5, "nearest_protein") == "P3" && !field(5, "pKd").isEmpty)
    #expect(field(6, "pKd").isEmpty && field(6, "gate") == "no relative near enough")
    let record = try text("scores.csv.run.json")
    #expect(record.contains("far, known compounds") && record.contains("below the"))

    let all = try osong(
      "affinity", "predict", "m.affinity", "library.csv", "--sequence", "targets.fasta", "-o",
      "all.csv", "--ungated", "--max-refused", "0", "--threads", "1")
    #expect(all.code == 4, "\(all.story)")
    let ungated = table(try text("all.csv"))
    #expect(ungated[6][columns["pKd"] ?? 0].isEmpty == false)
    #expect(ungated[5] == rows[5])
  }

  @Test func `the same training writes the same bytes with any number of threads`() throws {
    for (name, threads) in [("one", "1"), ("two", "2")] {
      let ending = try train(
        ["--epochs", "2", "--name", "m", "--threads", threads], to: "\(name).affinity")
      #expect(ending.code == 0, "\(ending.story)")
    }
    let one = try files(in: scratch.url.appending(path: "one.affinity"))
    #expect(one == (try files(in: scratch.url.appending(path: "two.affinity"))))
    #expect(one.count == 11, "\(one.keys.sorted())")
  }

  @Test(arguments: [
    (["train", "none.csv", "--proteins", "proteins.fasta", "-o", "x"], Int32(3), "none.csv"),
    (["train", "library.csv", "--proteins", "proteins.fasta", "-o", "x"], 3, "--protein-column"),
    (["train", "pairs.csv", "--proteins", "library.csv", "-o", "x"], 3, "sequence"),
    (["train", "pairs.csv", "--proteins", "targets.fasta", "-o", "x"], 3, "only 0 pairs"),
    (
      ["train", "pairs.csv", "--proteins", "proteins.fasta", "-o", "x", "--folds", "1"], 2, "folds"
    ),
    (
      ["train", "pairs.csv", "--proteins", "proteins.fasta", "-o", "x", "--family-cosine", "0.1"],
      3,
      "families"
    ),
    (["predict", "none", "library.csv", "--sequence", "targets.fasta"], 3, "no model at"),
  ])
  func `what cannot be done is one sentence`(
    arguments: [String], code: Int32, message: String
  ) throws {
    let ending = try Program.run(["affinity"] + arguments, in: scratch.url)
    #expect(ending.code == code, "\(ending.story)")
    #expect(ending.errors.contains(message), "\(ending.story)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("x")))
  }
}
