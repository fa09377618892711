import Foundation
import TestSupport
import Testing

/// From a disease to a shortlist on the command line.
@Suite struct DiseaseScreenCommandTests {
  private let scratch: ScratchFolder
  private let fixture: Fixture

  init() throws {
    scratch = try ScratchFolder()
    fixture = try Fixture.made.get()
    try scratch.write(
      """
      gene,disease_id,disease,datasource,direction_on_target,direction_on_trait,beta,se,effect_scale,p,n,citation
      GOOD,D:1,made-up disease,published_burden,LoF,protective,-0.9,0.2,log odds ratio,0.00001,9000,PMID:1
      MORE,D:1,made-up disease,published_burden,LoF,protective,-0.8,0.2,log odds ratio,0.0001,9000,PMID:2
      BAD,D:1,made-up disease,published_burden,LoF,risk,1.2,0.2,log odds ratio,0.00001,9000,PMID:3
      GUARD,D:2,other disease,published_burden,LoF,risk,1.2,0.2,log odds ratio,0.00001,9000,PMID:4

      """, to: "effects.csv")
    try scratch.write(
      "source,target,effect,citation\nGOOD,BAD,inhibits,PMID:9\nGOOD,GUARD,inhibits,PMID:9\n",
      to: "ways.csv")
    // A potency that can be learned: the longer the text, the stronger.
    let rows = (0..<160).map { number in
      let smiles = MadeUpCompounds.smiles(number * 13 % MadeUpCompounds.count)
      return "T\(number),\(smiles),\(4.5 + Double(min(smiles.utf8.count, 40)) / 10)\n"
    }
    try scratch.write("id,smiles,pIC50\n" + rows.joined(), to: "measured.csv")
    #expect(try osong("evidence", "effects", "effects.csv", "-o", "e.evidence").code == 0)
  }

  @discardableResult private func osong(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: scratch.url)
  }

  private func screen(_ more: [String], to output: String) throws -> Program.Ending {
    try Program.run(
      [
        "screen", fixture.library, "--evidence", "e.evidence", "--pathways", "ways.csv",
        "--active-from", "6.5", "-o", output,
      ] + more, in: scratch.url)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path(name), encoding: .utf8)
  }

  private func train() throws {
    let trained = try osong(
      "train", "measured.csv", "--model", "trees", "--features", "ecfp4", "--split", "scaffold",
      "-o", "good.model")
    #expect(trained.code == 0, "\(trained.story)")
  }

  @Test
  func `targets that may be are screened for, the others say why, and each compound has a page`()
    throws
  {
    try train()
    let asked = [
      "--disease", "D:1", "--modulation", "inhibit", "--target-model", "GOOD=good.model", "--top",
      "12",
    ]
    let ending = try screen(asked, to: "out")
    #expect(ending.code == 0, "\(ending.story)")
    #expect(ending.output.contains("GOOD: inhibit, by good.model"))
    #expect(ending.output.contains("MORE: not screened for: there is no model for it"))
    // Whose loss brings the disease is not inhibited, but there is a cited way round.
    #expect(ending.output.contains("BAD: not screened for: no-go"))
    #expect(ending.output.contains("inhibit GOOD instead (PMID:9)"))
    let list = try text("out/shortlist.csv").split(separator: "\n")
    #expect(list.count == 13)
    #expect(list.dropFirst().allSatisfy { $0.contains(",GOOD,pIC50,") })
    let pages = try files(in: scratch.url.appending(path: "out/candidates"))
    #expect(pages.count == 12)
    #expect(try text("out/shortlist.sdf").components(separatedBy: "$$$$").count == 13)
    let index = try text("out/index.html")
    for page in pages.keys { #expect(index.contains("candidates/\(page)")) }
    #expect(pages.values.allSatisfy { String(decoding: $0, as: UTF8.self).contains("PMID:1") })
    #expect(try text("out/targets/GOOD/report.html").contains("GOOD"))

    let again = try screen(asked + ["--threads", "1"], to: "again")
    #expect(again.code == 0, "\(again.story)")
    for name in ["index.html", "shortlist.csv", "shortlist.sdf", "targets.csv", "run.json"] {
      #expect(try text("again/\(name)") == text("out/\(name)"), "\(name)")
    }
  }

  @Test func `a budget is kept to, and buys no more than its money's worth`() throws {
    try train()
    let ending = try screen(
      [
        "--disease", "D:1", "--target-model", "GOOD=good.model", "--price", "40", "--budget", "199",
        "--json",
      ], to: "out")
    #expect(ending.code == 0, "\(ending.story)")
    #expect(try text("out/shortlist.csv").split(separator: "\n").count == 5)
    #expect(try text("out/run.json").contains("199.00"))
  }

  @Test func `a model that learned nothing may not rank`() throws {
    // The fixture's values have nothing to do with the structures.
    let ending = try screen(
      ["--disease", "D:1", "--target-model", "GOOD=\(fixture.model)"], to: "out")
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.output.contains("its model may not rank"), "\(ending.story)")
    #expect(try text("out/index.html").contains("Nothing to buy"))
  }

  @Test
  func `a disease that asks for activation gets no inhibitors, and cited neighbours are named`()
    throws
  {
    let ending = try screen(["--disease", "D:2", "--modulation", "inhibit"], to: "out")
    #expect(ending.code == 3, "\(ending.story)")
    #expect(ending.output.contains("GUARD: not screened for: no-go"), "\(ending.story)")
    #expect(ending.output.contains("inhibit GOOD instead (PMID:9)"))
    #expect(try text("out/targets.csv").contains("GUARD,no-go"))
  }

  @Test func `a target with too few ligands is screened for by its relatives`() throws {
    // So noisy that one relative's value tells little, and so many that the towers surely tell more.
    let pairs = MadeUpPairs(families: 60, each: 1, noise: 5)
    try scratch.write(pairs.csv, to: "pairs.csv")
    try scratch.write(pairs.fasta, to: "proteins.fasta")
    try scratch.write(
      ">MORE\n\(pairs.chains[3])\n>GOOD\n\(String(repeating: "WHCPM", count: 30))\n",
      to: "targets.fasta")
    let trained = try osong(
      "affinity", "train", "pairs.csv", "--proteins", "proteins.fasta", "-o", "m.affinity",
      "--epochs", "8", "--width", "32", "--batch", "64")
    #expect(trained.code == 0, "\(trained.story)")
    let asked = [
      "--disease", "D:1", "--modulation", "inhibit", "--affinity-model", "m.affinity",
      "--sequences", "targets.fasta", "--outside-domain", "--top", "5",
    ]
    // The test of the model is of hundreds of pairs, whose intervals take their time in a debug build.
    let ending = try Program.Run(
      [
        "screen", fixture.library, "--evidence", "e.evidence", "--active-from", "6.5", "-o", "out",
      ] + asked, in: scratch.url
    ).finish(within: 300)
    #expect(ending.code == 0, "\(ending.story) \(ending.output)")
    #expect(ending.output.contains("MORE: inhibit, by m.affinity for MORE"), "\(ending.output)")
    let learned = "learned from related proteins: nearest P3, cosine"
    #expect(ending.output.contains(learned) && ending.output.contains("cold validation: on"))
    #expect(ending.output.contains("GOOD: not screened for: there is no model for it"))
    #expect(ending.output.contains("are not used: nearest"))
    #expect(try text("out/index.html").contains(learned))
    #expect(try text("out/run.json").contains(learned))
    #expect(try text("out/targets/MORE/report.html").contains(learned))
    // What was measured on other proteins is not said to be measured on the target.
    #expect(try !text("out/index.html").contains("measured before:"))
  }

  @Test(
    "what cannot be is said before anything is computed",
    arguments: [
      (["--disease", "D:1", "--model", "x"], 2, "one of the two"), ([], 2, "go with --disease"),
      (["--disease", "D:1", "--budget", "100"], 2, "--budget needs --price"),
      (["--disease", "D:1", "--budget", "0", "--price", "1"], 2, "nothing to buy"),
      (["--disease", "D:9"], 3, "D:9"),
      (["--disease", "D:1", "--affinity-model", "m"], 2, "go together"),
      (["--disease", "D:1", "--affinity-model", "none", "--sequences", "x"], 3, "no model at"),
      (["--disease", "D:1", "--panel", "none.model"], 3, "none.model"),
      (["--disease", "D:1", "--target-model", "GOOD=none.model"], 3, "none.model"),
    ])
  func refused(options: [String], code: Int32, reason: String) throws {
    let ending = try screen(options, to: "out")
    #expect(ending.code == code, "\(ending.story)")
    #expect((ending.errors + ending.output).contains(reason), "\(ending.story)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
  }
}
