import Foundation
import TestSupport
import Testing

/// A cohort on the command line: who is read, what is written, what is refused.
@Suite struct CohortCommandTests {
  private let scratch: ScratchFolder

  /// A cohort of 400 people who do not exist.
  init() throws {
    scratch = try ScratchFolder()
    try scratch.write(
      """
      gene,chromosome,position,carriers_one_in,effect,citation
      UP,19,100,20,60,PMID:1
      DOWN,1,100,25,-60,PMID:2

      """, to: "genes.csv")
    let made = try osong(
      "cohort", "simulate", "--genes", "genes.csv", "--null-genes", "30", "--people", "400",
      "--seed", "3", "-o", "c", "--truth", "truth.tsv")
    #expect(made.code == 0 && made.output.contains("400 made-up people"), "\(made.story)")
  }

  @discardableResult private func osong(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: scratch.url)
  }

  private func scan(_ output: String, _ more: [String]) throws -> Program.Ending {
    try Program.run(
      [
        "cohort", "scan", "--genotypes", "c", "--phenotypes", "c.traits.txt", "--trait", "LDL",
        "--covariates", "c.covariates.txt", "-o", output,
      ] + more, in: scratch.url)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path(name), encoding: .utf8)
  }

  private func consents(_ name: String, _ row: (Int) -> String?) throws {
    let rows = (1...400).compactMap(row)
    try scratch.write(
      "participant,codes,withdrawn\n" + rows.joined(separator: "\n") + "\n", to: name)
  }

  /// How the simulation names its people.
  private static func name(_ person: Int) -> String { "S" + "00\(person)".suffix(3) }

  private let asked = ["--purpose", "health", "--day", "2026-12-01"]

  @Test func `who withdrew or never consented leaves no trace in a scan`() throws {
    try consents("consent.csv") { person in
      person % 50 == 7 ? nil : "\(Self.name(person)),DUO:0000042,\(person % 40 == 9 ? 1 : 0)"
    }
    let asked = try scan("asked", ["--consent", "consent.csv"] + self.asked)
    #expect(asked.code == 0 && asked.output.contains("382 people"), "\(asked.story)")
    // The same people, and nobody else in the table of traits.
    try consents("all.csv") { "\(Self.name($0)),DUO:0000042,0" }
    let kept = try text("c.traits.txt").split(separator: "\n").enumerated().filter { line, _ in
      line == 0 || !(line % 50 == 7 || line % 40 == 9)
    }
    try scratch.write(
      kept.map { String($0.element) }.joined(separator: "\n") + "\n", to: "c.traits.txt")
    let never = try scan("never", ["--consent", "all.csv"] + self.asked)
    #expect(never.code == 0, "\(never.story)")
    #expect(try text("asked/associations.tsv") == text("never/associations.tsv"))
    #expect(try text("asked/leads.tsv") == text("never/leads.tsv"))
    #expect(try text("asked/run.json").contains("consent_snapshot"))
  }

  @Test func `nobody is read without consents, or with ones that allow nothing`() throws {
    #expect(try scan("out", []).code == 2)
    #expect(try scan("out", ["--consent", "none.csv"] + asked).code == 3)
    try consents("denied.csv") { "\(Self.name($0)),DUO:9999999,0" }
    let denied = try scan("out", ["--consent", "denied.csv"] + asked)
    #expect(denied.code == 3 && denied.errors.contains("0 people"), "\(denied.story)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
  }

  @Test func `a scan finds what acts, on a page that names no person`() throws {
    let ending = try scan("out", ["--synthetic", "--json", "--threads", "1"])
    #expect(ending.code == 0 && ending.output.contains("\"lambda\""), "\(ending.story)")
    let leads = try text("out/leads.tsv").split(separator: "\n").map {
      $0.split(separator: "\t").map(String.init)
    }
    #expect(leads.count > 1 && leads.dropFirst().allSatisfy { ["1", "19"].contains($0[0]) })
    let page = try text("out/report.html")
    #expect(page.contains("<svg") && page.contains(">UP.") && !page.contains("S017"))
    let again = try scan("again", ["--synthetic", "--threads", "3", "--quiet"])
    #expect(again.code == 0 && again.output.isEmpty)
    for name in ["associations.tsv", "leads.tsv", "report.html", "run.json"] {
      #expect(try text("out/" + name) == text("again/" + name), "\(name)")
    }
  }

  @Test func `the genome's prediction stands beside a scan, and must be of the same people`() throws
  {
    let predicted = try osong(
      "cohort", "predict", "--genotypes", "c", "--phenotypes", "c.traits.txt", "--trait", "LDL",
      "--covariates", "c.covariates.txt", "--block-size", "40", "--synthetic", "-o", "y.loco")
    #expect(predicted.code == 0 && predicted.output.contains("(taken)"), "\(predicted.story)")
    let beside = try scan("out", ["--synthetic", "--predictions", "y.loco"])
    #expect(beside.code == 0, "\(beside.story)")
    #expect(try text("out/associations.tsv").contains("\tscore\t"))
    let short = try text("y.loco").split(separator: "\n").map { line in
      line.split(separator: " ").dropLast(3).joined(separator: " ")
    }
    try scratch.write(short.joined(separator: "\n") + "\n", to: "y.loco")
    let lacking = try scan("other", ["--synthetic", "--predictions", "y.loco"])
    #expect(lacking.code == 3 && lacking.errors.contains("lack people"), "\(lacking.story)")
  }

  @Test func `predictions that were learned from someone who withdrew are refused`() throws {
    func predict() throws -> Program.Ending {
      try Program.run(
        [
          "cohort", "predict", "--genotypes", "c", "--phenotypes", "c.traits.txt", "--trait", "LDL",
          "--block-size", "40", "-o", "y.loco", "--consent", "consent.csv",
        ] + asked, in: scratch.url)
    }
    let beside = ["--predictions", "y.loco", "--consent", "consent.csv"] + asked
    try consents("consent.csv") { "\(Self.name($0)),DUO:0000042,0" }
    #expect(try predict().code == 0)
    #expect(try scan("before", beside).code == 0)
    try consents("consent.csv") { "\(Self.name($0)),DUO:0000042,\($0 == 17 ? 1 : 0)" }
    let refused = try scan("after", beside)
    #expect(refused.code == 3 && refused.errors.contains("predict again"), "\(refused.story)")
    #expect(try predict().code == 0)
    #expect(try scan("after", beside).code == 0)
  }

  @Test func `a list keeps the people it names, whoever else may be read`() throws {
    let names = (1...400).filter { $0 % 4 != 0 }.map { "0\t\(Self.name($0))" }
    try scratch.write("#FID\tIID\n" + names.joined(separator: "\n") + "\n", to: "keep.txt")
    try consents("consent.csv") { "\(Self.name($0)),DUO:0000042,\($0 % 10 == 1 ? 1 : 0)" }
    let kept = try scan("kept", ["--synthetic", "--keep", "keep.txt"])
    #expect(kept.code == 0 && kept.output.contains("300 people"), "\(kept.story)")
    let both = try scan("both", ["--keep", "keep.txt", "--consent", "consent.csv"] + asked)
    // Of the 40 who withdrew none has a number that 4 divides.
    #expect(both.code == 0 && both.output.contains("260 people"), "\(both.story)")
    #expect(try scan("none", ["--synthetic", "--keep", "nowhere.txt"]).code == 3)
  }

  @Test func `genes found in people who do not exist hold, and say that they are simulated`() throws
  {
    let burden = try osong(
      "cohort", "burden", "--genotypes", "c", "--phenotypes", "c.traits.txt", "--trait", "LDL",
      "--covariates", "c.covariates.txt", "--annotations", "c.annotations", "--sets", "c.sets",
      "--masks", "c.masks", "--frequency", "0.05", "--synthetic", "--disease", "EFO:1=LDL",
      "--evidence", "e.evidence", "--stratum", "women of 60", "-o", "genes.csv")
    #expect(burden.code == 0, "\(burden.story)")
    let ranked = try osong(
      "targets", "rank", "--evidence", "e.evidence", "--disease", "EFO:1", "--modulation",
      "inhibit", "-o", "t")
    #expect(ranked.code == 0, "\(ranked.story)")
    #expect(try text("e.evidence").contains("women of 60"))
    let rows = try text("t/targets.csv").split(separator: "\n").map(String.init)
    let up = try #require(rows.first { $0.contains(",UP,") })
    let down = try #require(rows.first { $0.contains(",DOWN,") })
    // More LDL in carriers of a loss: the target must be activated, and is not offered here.
    #expect(up.contains(",no-go,activate,") && up.contains("simulated"))
    #expect(down.contains(",hold,inhibit,") && down.contains("simulated"))
  }

  @Test func `a cohort is controlled, and its components are covariates`() throws {
    let controlled = try osong("cohort", "qc", "--genotypes", "c", "--synthetic", "-o", "qc")
    #expect(controlled.code == 0, "\(controlled.story)")
    for name in ["variants.tsv", "people.tsv", "kinship.tsv", "components.tsv", "keep.txt"] {
      #expect(FileManager.default.fileExists(atPath: scratch.path("qc/" + name)), "\(name)")
    }
    #expect(try !text("qc/summary.txt").contains("S017"))
    #expect(try osong("cohort", "qc", "--genotypes", "c", "-o", "qc2").code == 2)
  }

  @Test func `a region is mapped, and one that is none is wrong usage`() throws {
    // Ten times the people, for each of a gene's variants has few carriers.
    #expect(
      try osong("cohort", "simulate", "--genes", "genes.csv", "--people", "4000", "-o", "m").code
        == 0)
    let words = [
      "cohort", "finemap", "--genotypes", "m", "--phenotypes", "m.traits.txt", "--trait", "LDL",
      "--synthetic", "-o", "region.tsv", "--region",
    ]
    let mapped = try Program.run(words + ["19:1-2000"], in: scratch.url)
    #expect(mapped.code == 0 && mapped.errors.contains("set 1"), "\(mapped.story)")
    #expect(try text("region.tsv").contains("UP.1"))
    #expect(try Program.run(words + ["chromosome 19"], in: scratch.url).code == 2)
    let empty = try Program.run(words + ["5:1-2"], in: scratch.url)
    #expect(empty.code == 3 && empty.errors.contains("0 variants"), "\(empty.story)")
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `two traits of one cause are told from two causes, as R's coloc does`() throws {
    let rows = try SharedData.text("references/coloc/input.csv").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let table = try rows.enumerated().map { line, row -> String in
      guard line > 0 else { return "snp,b1,s1,b2,s2" }
      let errors = try [5, 7].map { try #require(Double(row[$0])).squareRoot() }
      return "\(row[0]),\(row[4]),\(errors[0]),\(row[6]),\(errors[1])"
    }
    try scratch.write(table.joined(separator: "\n") + "\n", to: "region.csv")
    // The traits' deviations times .15.
    let told = try osong(
      "evidence", "coloc", "region.csv", "--variant", "snp", "--first", "b1,s1", "--second",
      "b2,s2", "--first-prior", "0.16499413569094", "--second-prior", "0.15327666773246", "--json")
    #expect(told.code == 0, "\(told.story)")
    let values = try JSONDecoder().decode([String: String].self, from: Data(told.output.utf8))
    let shared = try #require(values["H4"].flatMap(Double.init))
    #expect(abs(shared - 0.999166108022798) < 1e-9)
    #expect(values["variants"] == "500" && values["best"] == "s105")
    #expect(
      try osong("evidence", "coloc", "region.csv", "--first", "b1,s1", "--second", "b2,s2").code
        == 3)
  }

  @Test func `calls become genotypes, and calls of another build or cut ones are refused`() throws {
    let calls = """
      ##fileformat=VCFv4.2
      ##contig=<ID=1,length=248956422,assembly=GRCh38>
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb
      1\t100\trs1\tA\tG\t.\tPASS\t.\tGT\t0/1\t1/1
      1\t200\trs2\tC\tT,G\t.\tPASS\t.\tGT\t1/2\t./.

      """
    try scratch.write(calls, to: "calls.vcf")
    let made = try osong("cohort", "import", "calls.vcf", "-o", "v", "--build", "GRCh38")
    #expect(made.code == 0, "\(made.story)")
    #expect(try text("v.bim").split(separator: "\n").count == 3)
    #expect(try text("v.fam").split(separator: "\n").count == 2)
    #expect(try osong("cohort", "import", "calls.vcf", "-o", "w", "--build", "GRCh37").code == 3)
    try scratch.write(String(calls.replacing("1\t200", with: "1\t50")), to: "unsorted.vcf")
    #expect(try osong("cohort", "import", "unsorted.vcf", "-o", "w").code == 3)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.bed")))
  }
}
