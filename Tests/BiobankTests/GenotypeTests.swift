import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Genotypes")
struct GenotypeTests {
  @Test(
    "Counts and Hardy-Weinberg's p equal plink2's in three real and simulated sets",
    .enabled(if: SharedData.isPresent),
    arguments: [
      ("geno_regenie_example/example", "geno_regenie_example"),
      ("geno_regenie_example/example_3chr", "geno_regenie_example_3chr"),
      ("geno_hapmap3_1kg/HM3_thinned_autosomal_overlap", "hapmap3"),
    ])
  func reference(prefix: String, name: String) throws {
    let scratch = try ScratchFolder()
    let files = try PlinkFiles(prefix: try plain("datasets/" + prefix, scratch))
    let rows = try unpacked("references/genotype_qc/expected_\(name).tsv.gz")
    let columns = Dictionary(uniqueKeysWithValues: rows[0].enumerated().map { ($1, $0) })
    #expect(files.variants.count == rows.count - 1)
    func value(_ row: [String], _ name: String) throws -> String {
      row[try #require(columns[name])]
    }
    for (place, row) in rows.dropFirst().enumerated() {
      let counts = files.counts(place)
      let variant = files.variants[place]
      #expect(try value(row, "id") == variant.id)
      let isCounted = try value(row, "alt") == variant.counted
      let alternate = isCounted ? counts.alleles : counts.observed - counts.alleles
      #expect(try Int(value(row, "alt_ct")) == alternate)
      #expect(try Int(value(row, "obs_ct")) == counts.observed)
      #expect(try Int(value(row, "missing_ct")) == counts.missing)
      #expect(try Int(value(row, "het_ct")) == counts.one)
      let p = HardyWeinberg.pValue(
        homozygous: counts.two, heterozygous: counts.one, otherHomozygous: counts.none)
      let exact = try #require(try Double(value(row, "hwe_p_exact_full_precision")))
      #expect(abs(p - exact) <= 1e-9 * max(exact, 1e-3), "\(variant.id): \(p) for \(exact)")
    }
  }

  @Test("What is written reads back the same, for any number of people") func written() throws {
    for count in [1, 3, 4, 5, 9] {
      let scratch = try ScratchFolder()
      let people = (0..<count).map { PlinkFiles.Person(family: "f", id: "p\($0)", sex: $0 % 3) }
      let genotypes = (0..<count).map { PlinkWriter.Genotype(rawValue: UInt8($0 * 7 % 4)) ?? .none }
      let variant = PlinkFiles.Variant(
        chromosome: "7", id: "rs1", position: 12, counted: "A", other: "GT")
      var writer = try PlinkWriter(prefix: scratch.path("set"), people: people)
      try writer.write(variant, genotypes)
      try writer.write(variant, genotypes.reversed())
      try writer.commit()
      let files = try PlinkFiles(prefix: scratch.path("set"))
      #expect(files.people == people)
      #expect(files.variants == [variant, variant])
      let copies: [PlinkWriter.Genotype: Double] = [.two: 2, .one: 1, .none: 0]
      #expect(files.dosages(0) == genotypes.map { copies[$0] })
      #expect(files.dosages(1) == genotypes.reversed().map { copies[$0] })
    }
  }

  /// The prefix of files whose genotypes are not packed.
  private func plain(_ prefix: String, _ scratch: ScratchFolder) throws -> String {
    let path = SharedData.path(prefix)
    if FileManager.default.fileExists(atPath: path + ".bed") { return path }
    for ending in [".bim", ".fam"] {
      try FileManager.default.copyItem(atPath: path + ending, toPath: scratch.path("set" + ending))
    }
    try scratch.write(try SharedData.bytes(prefix + ".bed.gz"), to: "set.bed")
    return scratch.path("set")
  }

  private func unpacked(_ path: String) throws -> [[String]] {
    try SharedData.text(path).split(separator: "\n")
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  private func madeUp(_ scratch: ScratchFolder, bed: [UInt8]) throws -> String {
    try scratch.write("1\ta\t0\t10\tA\tG\n1\tb\t0\t20\tC\tT\n", to: "x.bim")
    try scratch.write(
      (1...5).map { "F\($0) P\($0) 0 0 \($0 % 3) -9\n" }.joined(), to: "x.fam")
    try scratch.write(Data(bed), to: "x.bed")
    return scratch.path("x")
  }

  @Test("A file made by hand is read genotype by genotype")
  func small() throws {
    let scratch = try ScratchFolder()
    // Five people: two copies, one, none, missing, two; then all without.
    let prefix = try madeUp(
      scratch, bed: [0x6C, 0x1B, 1, 0b01_11_10_00, 0b00, 0b11_11_11_11, 0b11])
    let files = try PlinkFiles(prefix: prefix)
    #expect(files.dosages(0) == [2, 1, 0, nil, 2])
    #expect(files.counts(0) == PlinkFiles.Counts(two: 2, one: 1, none: 1, missing: 1))
    #expect(files.counts(1) == PlinkFiles.Counts(two: 0, one: 0, none: 5, missing: 0))
    #expect(files.missingByPerson == [0, 0, 0, 1, 0])
    #expect(files.people.map(\.sex) == [1, 2, 0, 1, 2])
  }

  @Test(
    "What is no such file is refused: another magic, stored by person, cut, or of other people",
    arguments: [
      [0x6C, 0x1C, 1, 0, 0, 0, 0], [0x6C, 0x1B, 0, 0, 0, 0, 0], [0x6C, 0x1B, 1, 0, 0, 0],
      [0x6C, 0x1B, 1, 0, 0, 0, 0, 0], [0x6C], [],
    ] as [[UInt8]])
  func refused(bed: [UInt8]) throws {
    let scratch = try ScratchFolder()
    let prefix = try madeUp(scratch, bed: bed)
    #expect(throws: BiobankError.self) { try PlinkFiles(prefix: prefix) }
  }

  @Test("Variants and people in each other's place are refused")
  func swapped() throws {
    let scratch = try ScratchFolder()
    let prefix = try madeUp(scratch, bed: [0x6C, 0x1B, 1, 0, 0, 0, 0])
    try scratch.write("F1 P1 0 0 1 -9\n", to: "x.bim")
    #expect(throws: BiobankError.self) { try PlinkFiles(prefix: prefix) }
  }

  @Test("Hardy-Weinberg's p is 1 where nothing varies, and exact in small tables")
  func hardyWeinberg() {
    #expect(HardyWeinberg.pValue(homozygous: 0, heterozygous: 0, otherHomozygous: 0) == 1)
    #expect(HardyWeinberg.pValue(homozygous: 0, heterozygous: 0, otherHomozygous: 50) == 1)
    // Two rare alleles in ten people: one heterozygous pair of 190 orders is homozygous 10 times.
    let p = HardyWeinberg.pValue(homozygous: 1, heterozygous: 0, otherHomozygous: 9)
    #expect(abs(p - 1.0 / 19) < 1e-12)
  }
}
