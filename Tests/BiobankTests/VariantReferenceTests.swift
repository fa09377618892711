import Foundation
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("Variant calls beside plink2")
struct VariantReferenceTests {
  private static let plink = "/usr/bin/plink2"
  private static let hasPlink = FileManager.default.isExecutableFile(atPath: plink)

  private func plink2(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.plink)
    process.arguments = arguments + ["--threads", "1", "--memory", "700"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  private func variants(_ path: String) throws -> [VariantFile.Variant] {
    var file = try VariantFile(path: path)
    var found: [VariantFile.Variant] = []
    while let row = try file.next() {
      if case .variant(let variant) = row { found.append(variant) }
    }
    return found
  }

  /// Calls with everything that plink2 knows too; half calls are missing on request.
  private func madeUp(_ scratch: ScratchFolder) throws -> String {
    var random = SplitMix64(seed: 5)
    let people = (1...37).map { "P\($0)" }.joined(separator: " ")
    var text =
      VariantFileTests.header
      + "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"x\">\n"
      + VariantFileTests.columns + people + "\n"
    let calls = ["0/0", "0/1", "1/1", "./.", "1|0", "0|0", "./1", "0", "1", "."]
    for number in 1...400 {
      let filter = ["PASS", ".", "PASS"][Int.random(in: 0..<3, using: &random)]
      let cells = (1...37).map { _ in
        let call = calls[Int.random(in: calls.indices, using: &random)]
        return number % 3 == 0
          ? call
          : "\(call):\(Int.random(in: 0..<60, using: &random)):\(Int.random(in: 0..<30, using: &random))"
      }
      text +=
        "1 \(number * 7) v\(number) A G . \(filter) . GT\(number % 3 == 0 ? "" : ":GQ:DP") "
        + cells.joined(separator: " ") + "\n"
    }
    return try scratch.write(VariantFileTests.tabbed(text), to: "made.vcf")
  }

  private func expectSame(_ prefix: String, as reference: String) throws {
    let ours = try PlinkFiles(prefix: prefix)
    let theirs = try PlinkFiles(prefix: reference)
    #expect(ours.people.map(\.id) == theirs.people.map(\.id))
    #expect(ours.variants.map(\.id) == theirs.variants.map(\.id))
    #expect(ours.variants.map(\.counted) == theirs.variants.map(\.counted))
    #expect(ours.variants.map(\.other) == theirs.variants.map(\.other))
    #expect(ours.variants.map(\.position) == theirs.variants.map(\.position))
    for place in theirs.variants.indices { #expect(ours.dosages(place) == theirs.dosages(place)) }
    #expect(
      try Data(contentsOf: URL(filePath: prefix + ".bed"))
        == Data(contentsOf: URL(filePath: reference + ".bed")))
  }

  @Test("The files written are plink2's, with and without thresholds", .enabled(if: hasPlink))
  func import2() throws {
    let scratch = try ScratchFolder()
    let path = try madeUp(scratch)
    try plink2(["--vcf", path, "--vcf-half-call", "m", "--make-bed", "--out", scratch.path("p")])
    _ = try VariantImport(from: path, to: scratch.path("o"))
    try expectSame(scratch.path("o"), as: scratch.path("p"))
    try plink2([
      "--vcf", path, "--vcf-half-call", "m", "--vcf-min-gq", "20", "--vcf-min-dp", "10",
      "--make-bed", "--out", scratch.path("q"),
    ])
    var options = VariantFile.Options()
    options.minimumQuality = 20
    options.minimumDepth = 10
    let done = try VariantImport(from: path, to: scratch.path("o"), options: options)
    #expect(done.missing > 0)
    #expect(done.refused.isEmpty)
    try expectSame(scratch.path("o"), as: scratch.path("q"))
  }

  @Test("Dosages become the hard calls of plink2", .enabled(if: hasPlink))
  func dosages() throws {
    let scratch = try ScratchFolder()
    var text = VariantFileTests.header + VariantFileTests.columns + "A B C D E\n"
    for number in 0..<200 {
      let cells = (0..<5).map { "\(Double((number * 5 + $0) * 2) / 1_000 + 0.0005)" }
      text += "1 \(number + 1) v\(number) A G . . . DS " + cells.joined(separator: " ") + "\n"
    }
    let path = try scratch.write(VariantFileTests.tabbed(text), to: "d.vcf")
    try plink2(["--vcf", path, "dosage=DS", "--make-bed", "--out", scratch.path("p")])
    _ = try VariantImport(from: path, to: scratch.path("o"))
    try expectSame(scratch.path("o"), as: scratch.path("p"))
  }

  @Test("BCF and packed VCF give what the text gives", .enabled(if: hasPlink))
  func binary() throws {
    let scratch = try ScratchFolder()
    let path = try madeUp(scratch)
    // As text from plink2 too, since it leaves out what it does not keep.
    for format in ["bcf", "vcf", "vcf bgz"] {
      try plink2(
        ["--vcf", path, "--vcf-half-call", "m", "--export"]
          + format.split(separator: " ").map(String.init)
          + ["--out", scratch.path(format.replacing(" ", with: "-"))])
    }
    let text = try variants(scratch.path("vcf.vcf"))
    #expect(text.count == 400)
    for name in ["bcf.bcf", "vcf-bgz.vcf.gz"] {
      let other = try variants(scratch.path(name))
      #expect(other.map(\.place) == text.map(\.place))
      #expect(other.map(\.genotypes) == text.map(\.genotypes))
      #expect(other.last.map { $0.line - other[0].line } == 399)
    }
  }

  @Test(
    "Published files read as plink2 reads them", .enabled(if: hasPlink && SharedData.isPresent),
    arguments: [
      "geno_saige/input/genotype_100markers.vcf.gz",
      "geno_saige/input/genotype_10markers_triallelic.missing.vcf",
    ])
  func published(name: String) throws {
    let scratch = try ScratchFolder()
    let path = SharedData.path("datasets/" + name)
    try plink2(["--vcf", path, "--make-bed", "--out", scratch.path("p")])
    let done = try VariantImport(from: path, to: scratch.path("o"))
    #expect(done.refused.isEmpty)
    #expect(done.build == nil)
    try expectSame(scratch.path("o"), as: scratch.path("p"))
  }

  @Test(
    "A header that gives GT a type of no meaning changes nothing",
    .enabled(if: SharedData.isPresent)
  )
  func wrongType() throws {
    let folder = "datasets/geno_saige/input/genotype_100markers"
    let right = try variants(SharedData.path(folder + ".vcf.gz"))
    let wrong = try variants(SharedData.path(folder + "_missGT.vcf.bgz"))
    #expect(right.count == 100)
    #expect(wrong == right)
  }

  @Test(
    "Odd ploidies and up to eight alleles are read as they stand",
    .enabled(if: SharedData.isPresent))
  func complex() throws {
    let found = try variants(SharedData.path("datasets/geno_bgen_format/complex.vcf"))
    let byName = Dictionary(uniqueKeysWithValues: found.map { ($0.place.id, $0.genotypes) })
    #expect(byName["V1"] == [.none, .none, .none, .one])
    #expect(byName["V3"] == [.none, .two, .none, .one])
    #expect(byName["M4:T"] == [.none, .none, .none, .one])
    #expect(byName["M5"] == [.none, .missing, .missing, .one])
    #expect(byName["M6:GT"] == [.none, .none, .two, .none])
    #expect(byName["M9:GTTTT"] == [.none, .none, .none, .one])
    #expect(byName["M9:GTTTTT"] == [.none, .two, .none, .none])
    #expect(byName["M10"]?.allSatisfy { $0 == .missing } == true)
  }
}
