import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Burden of genes in a cohort", .enabled(if: SharedData.isPresent))
struct BurdenStudyTests {
  private let folder = "datasets/geno_regenie_example/"

  private func path(_ name: String) -> String { SharedData.path(folder + name) }

  private func study(allowed: Set<String>? = nil, trait: String = "phenotype.txt") throws
    -> BurdenStudy
  {
    let column = try PersonTable(path: path(trait)).column("Y1")
    let (coding, values) = PersonTable.decoded(column)
    return try BurdenStudy(
      PlinkFiles(prefix: path("example_3chr")), trait: values, isBinary: coding != .measured,
      covariates: PersonTable(path: path("covariates.txt")).values,
      sets: VariantSets(
        annotations: path("example_3chr.annotations"), sets: path("example_3chr.setlist"),
        masks: path("example_3chr.masks")), allowed: allowed, frequency: 0.5)
  }

  @Test("regenie's sets and masks are read unchanged, and give R's and regenie's results")
  func sets() throws {
    let found = try study()
    #expect(found.people == 500)
    #expect(found.cases == nil)
    let first = try #require(
      found.findings.first { $0.mask.set == "SET1" && $0.mask.mask == "M1" })
    #expect(first.variants == 26)
    #expect(abs(first.result.skat - 0.85185607021113063) < 1e-6)
    #expect(abs(first.result.burden - 0.76501672616992622) < 1e-8)
    #expect(first.effect != nil)
  }

  @Test("A study of the people who may be read equals one of a file without the others")
  func consent() throws {
    let table = try PersonTable(path: path("phenotype.txt"))
    let kept = Set(table.values.keys.filter { Int($0).map { $0 % 3 != 0 } ?? false })
    let asked = try study(allowed: kept)
    #expect(asked.people == kept.count)
    let scratch = try ScratchFolder()
    let lines = try String(contentsOfFile: path("phenotype.txt"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let left = lines.enumerated().filter { place, line in
      place == 0 || kept.contains(line.split(separator: " ").map(String.init)[1])
    }.map(\.element)
    let file = try scratch.write(left.joined(separator: "\n") + "\n", to: "p.txt")
    let never = try BurdenStudy(
      PlinkFiles(prefix: path("example_3chr")), trait: PersonTable(path: file).column("Y1"),
      isBinary: false, covariates: PersonTable(path: path("covariates.txt")).values,
      sets: VariantSets(
        annotations: path("example_3chr.annotations"), sets: path("example_3chr.setlist"),
        masks: path("example_3chr.masks")), allowed: nil, frequency: 0.5)
    #expect(asked.findings.map(\.result) == never.findings.map(\.result))
    #expect(asked.findings.map(\.carriers) == never.findings.map(\.carriers))
  }

  @Test("Cases and controls are recognised by either coding, and it is told which")
  func coding() throws {
    #expect(PersonTable.decoded(["a": 0, "b": 1]).coding == .zeroOne)
    let two = PersonTable.decoded(["a": 1, "b": 2])
    #expect(two.coding == .oneTwo)
    #expect(two.values == ["a": 0, "b": 1])
    #expect(PersonTable.decoded(["a": 1, "b": 2, "c": 3]).coding == .measured)
    #expect(PersonTable.decoded(["a": 1, "b": 1]).coding == .measured)
    let found = try study(trait: "phenotype_bin.txt")
    #expect((found.cases ?? 0) > 0)
    #expect(found.findings.allSatisfy { $0.effect == nil })
  }

  @Test(
    "A table that is no table of people is refused, with the line",
    arguments: [
      "", "IID Y\n1 2\n", "FID IID\n1 1\n", "FID IID Y\n1 1\n", "FID IID Y\n1 1 x\n",
      "FID IID Y\n1 1 2\n2 1 3\n", "FID IID Y\n1 1 inf\n",
    ])
  func refused(text: String) throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write(text, to: "p.txt")
    #expect(throws: BiobankError.self) { try PersonTable(path: file) }
  }

  @Test("Variants that the genotypes do not have are counted, and a person twice is refused")
  func mismatch() throws {
    let scratch = try ScratchFolder()
    try scratch.write("v1 G lof\nnone H lof\n", to: "a")
    try scratch.write("G 1 1 v1\nH 1 2 none\n", to: "s")
    try scratch.write("M lof\n", to: "m")
    try scratch.write("1\tv1\t0\t10\tA\tG\n", to: "x.bim")
    try scratch.write(
      Data([0x6C, 0x1B, 1] + [UInt8](repeating: 0b11_10_11_10, count: 5)), to: "x.bed")
    let sets = try VariantSets(
      annotations: scratch.path("a"), sets: scratch.path("s"), masks: scratch.path("m"))
    let trait = Dictionary(uniqueKeysWithValues: (1...20).map { ("P\($0)", Double($0 % 7)) })
    func study(_ fam: String) throws -> BurdenStudy {
      try scratch.write(fam, to: "x.fam")
      return try BurdenStudy(
        PlinkFiles(prefix: scratch.path("x")), trait: trait, isBinary: false, covariates: [:],
        sets: sets, allowed: nil, frequency: 0.5)
    }
    let people = (1...20).map { "F\($0) P\($0) 0 0 1 -9\n" }
    let found = try study(people.joined())
    #expect(found.unknownVariants == 1)
    #expect(found.findings.map(\.mask.set) == ["G"])
    #expect(found.refused.map(\.reason) == ["no variant is among the genotypes"])
    #expect(throws: BiobankError.self) {
      try study((people.dropLast() + ["F20 P1 0 0 1 -9\n"]).joined())
    }
  }

  @Test("Missing values leave the person out, and a trait of other people has no study")
  func missing() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("FID IID Y\n1 1 NA\n2 2 -9\n3 3 4.5\n", to: "p.txt")
    #expect(try PersonTable(path: file).column("Y") == ["3": 4.5])
    #expect(throws: BiobankError.self) {
      try BurdenStudy(
        PlinkFiles(prefix: path("example_3chr")), trait: ["someone": 1, "else": 2],
        isBinary: false, covariates: [:],
        sets: VariantSets(
          annotations: path("example_3chr.annotations"), sets: path("example_3chr.setlist"),
          masks: path("example_3chr.masks")), allowed: nil)
    }
  }
}
