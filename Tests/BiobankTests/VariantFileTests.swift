import Entities
import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Variant calls")
struct VariantFileTests {
  static let header = """
    ##fileformat=VCFv4.2
    ##FILTER=<ID=q10,Description="low, very low">
    ##contig=<ID=1,length=249250621>
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
    ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">
    ##FORMAT=<ID=DS,Number=A,Type=Float,Description="x">

    """
  static let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"

  private func file(_ lines: [String], header: String = header, people: String = "A B C D") throws
    -> (scratch: ScratchFolder, path: String)
  {
    let scratch = try ScratchFolder()
    let text = header + Self.columns + people + "\n" + lines.map { $0 + "\n" }.joined()
    return (scratch, try scratch.write(Self.tabbed(text), to: "x.vcf"))
  }

  static func tabbed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("##") ? String(line) : String(line.map { $0 == " " ? "\t" : $0 })
    }.joined(separator: "\n")
  }

  private func rows(_ path: String, _ options: VariantFile.Options = .init()) throws
    -> (variants: [VariantFile.Variant], refused: [RefusedRecord])
  {
    var file = try VariantFile(path: path, options: options)
    var variants: [VariantFile.Variant] = []
    var refused: [RefusedRecord] = []
    while let row = try file.next() {
      switch row {
      case .variant(let variant): variants.append(variant)
      case .refused(let record): refused.append(record)
      }
    }
    return (variants, refused)
  }

  @Test("Genotypes written by hand are read person by person, whatever their phase or ploidy")
  func small() throws {
    let (scratch, path) = try file([
      "1 10 v1 A G . PASS X=1;Y GT:GQ 0 1 ./1 0|1", "1 20 . AC A . . . GT 0/0 1|1 . 0/0/1",
    ])
    let found = try rows(path)
    #expect(found.refused.isEmpty)
    #expect(
      found.variants.map(\.genotypes) == [
        [.none, .two, .missing, .one], [.none, .two, .missing, .missing],
      ])
    #expect(
      found.variants.map(\.place) == [
        PlinkFiles.Variant(chromosome: "1", id: "v1", position: 10, counted: "G", other: "A"),
        PlinkFiles.Variant(
          chromosome: "1", id: "1:20:AC:A", position: 20, counted: "A", other: "AC"),
      ])
    #expect(found.variants.map(\.line) == [8, 9])
    _ = scratch
  }

  @Test("A record of several alleles becomes one variant each, of the other alleles none")
  func split() throws {
    let (scratch, path) = try file([
      "1 10 rs1 A G,T,* . . . GT 1/2 0/2 2/2 3/1", "1 11 . A G,<DEL> . . . GT 1|2 0|0 .|. 2",
    ])
    let found = try rows(path)
    #expect(found.variants.map(\.place.id) == ["rs1:G", "rs1:T", "1:11:A:G", "1:11:A:<DEL>"])
    #expect(
      found.variants.map(\.genotypes) == [
        [.one, .none, .none, .one], [.one, .one, .two, .none],
        [.one, .none, .missing, .none], [.one, .none, .missing, .two],
      ])
    #expect(found.refused.map(\.id) == ["1:10:A:*"])
    _ = scratch
  }

  @Test("Only what passed is taken, unless all is asked for; every refusal says why")
  func filters() throws {
    let (scratch, path) = try file([
      "1 10 a A G . PASS . GT 0/0 0/1 1/1 ./.", "1 20 b A G . q10 . GT 0/0 0/1 1/1 ./.",
      "1 30 c A G . q10;strange . GT 0/0 0/1 1/1 ./.", "1 40 d A G . . . GT 0/0 0/1 1/1 ./.",
      "1 50 e A . . . . GT 0/0 0/0 0/0 0/0",
    ])
    let found = try rows(path)
    #expect(found.variants.map(\.place.id) == ["a", "d"])
    #expect(
      found.refused == [
        RefusedRecord(line: 9, id: "1:20", reason: .filtered("FILTER is q10")),
        RefusedRecord(line: 10, id: "1:30", reason: .filtered("FILTER is q10;strange")),
        RefusedRecord(line: 12, id: "1:50", reason: .filtered("has no alternative allele")),
      ])
    var options = VariantFile.Options()
    options.keepsFiltered = true
    #expect(try rows(path, options).variants.map(\.place.id) == ["a", "b", "c", "d"])
    _ = scratch
  }

  @Test("Genotypes below a quality or depth are missing; those that tell none are kept")
  func thresholds() throws {
    let (scratch, path) = try file([
      "1 10 a A G . . . GT:GQ:DP 0/0:10:9 0/1:20:3 1/1:.:9 0/1",
      "1 20 b A G . . . GT 0/0 0/1 1/1 1/1",
      "1 30 c A G . . . GT:GQ 0/0:19.5 0/1:20.5 1/1:1e3 0/1:99",
    ])
    var options = VariantFile.Options()
    options.minimumQuality = 20
    #expect(
      try rows(path, options).variants.map(\.genotypes) == [
        [.missing, .one, .two, .one], [.none, .one, .two, .two], [.missing, .one, .two, .one],
      ])
    options.minimumDepth = 4
    #expect(try rows(path, options).variants[0].genotypes == [.missing, .missing, .two, .one])
    _ = scratch
  }

  @Test("Where a genotype is missing a dosage near a whole number gives it")
  func dosages() throws {
    let (scratch, path) = try file([
      "1 10 a A G . . . DS 0.05 0.9 1.89 1.91",
      "1 20 b A G . . . GT:DS 0/0:2 ./.:1 ./.:0.5 ./.:2.5",
      "1 30 c A G,T . . . DS 1,1 0,2 0.5,0 .", "1 40 d A G,T . . . DS 1 0 0 0",
      "1 50 e A G . . . GQ 1 1 1 1",
    ])
    let found = try rows(path)
    #expect(
      found.variants.map(\.genotypes) == [
        [.none, .one, .missing, .two], [.none, .one, .missing, .missing],
        [.one, .none, .missing, .missing], [.one, .two, .none, .missing],
      ])
    #expect(found.refused.map(\.line) == [11, 12])
    _ = scratch
  }

  @Test("A bad record neither stops the run nor shifts it")
  func badRecords() throws {
    let good = "1 10 a A G . . . GT 0/0 0/1 1/1 ./."
    let bad = [
      "1 10 b A G . . . GT 0/0 0/1 1/1", "1 10 b A G . . . GT 0/0 0/1 1/1 ./. 0/0", "1", "\u{0}",
      "1 x b A G . . . GT 0/0 0/1 1/1 ./.", "1 -5 b A G . . . GT 0/0 0/1 1/1 ./.",
      "1 10 b A G . . . GT 0/0 0/7 1/1 ./.", "1 10 b A G . . . GT 0/0 a/b 1/1 ./.",
      " 10 b A G . . . GT 0/0 0/1 1/1 ./.",
      "1 99999999999999999999 b A G . . . GT 0/0 0/1 1/1 ./.",
      "1 10 b A G . . . GT 0/0 0/99999999999 1/1 ./.",
      "1 10 b A \(String(repeating: "G,", count: 2_000))G . . . GT 0/0 0/1 1/1 ./.",
    ]
    for line in bad {
      let (scratch, path) = try file([good, line, good])
      let found = try rows(path)
      #expect(found.variants.map(\.line) == [8, 10], "\(line.prefix(60))")
      #expect(found.refused.map(\.line) == [9], "\(line.prefix(60)) \(found.refused)")
      _ = scratch
    }
  }

  @Test("Lines that are ended as on Windows, and a last line without end, read the same")
  func lineEnds() throws {
    let (scratch, path) = try file(["1 10 a A G . . . GT 0/0 0/1 1/1 0/1"])
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let other = try scratch.write(
      Data(text.utf8.flatMap { $0 == 10 ? [13, 10] : [$0] }.dropLast(2)), to: "y.vcf")
    #expect(try rows(other).variants == rows(path).variants)
    #expect(try rows(other).variants.count == 1)
  }

  @Test("Of the samples only those that are asked for are read, and one that is not there is told")
  func samples() throws {
    let (scratch, path) = try file(["1 10 a A G . . . GT 0/0 0/1 1/1 ./."])
    var options = VariantFile.Options()
    options.samples = ["D", "B"]
    #expect(try rows(path, options).variants[0].genotypes == [.one, .missing])
    options.samples = ["B", "X"]
    #expect(throws: BiobankError.genotypes(path, "has no sample X")) { try rows(path, options) }
    _ = scratch
  }
}
