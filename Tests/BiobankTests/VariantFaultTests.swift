import Entities
import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Files of variant calls that cannot be used")
struct VariantFaultTests {
  private func why(
    _ bytes: Data, _ options: VariantFile.Options = .init(), build: GenomeBuild? = nil
  )
    throws -> String?
  {
    let scratch = try ScratchFolder()
    let path = try scratch.write(bytes, to: "x.vcf")
    do throws(BiobankError) {
      var file = try VariantFile(path: path, options: options, build: build)
      while try file.next() != nil {}
    } catch {
      guard case .genotypes(let named, let why) = error else { return "\(error)" }
      #expect(named == path)
      return why
    }
    return nil
  }

  private func why(_ text: String, _ options: VariantFile.Options = .init()) throws -> String? {
    try why(Data(VariantFileTests.tabbed(text).utf8), options)
  }

  private let header = VariantFileTests.header
  private let columns = VariantFileTests.columns
  private let record = "1 10 a A G . . . GT 0/0\n"

  @Test("A header that is missing, cut, or names nobody or somebody twice is told")
  func headers() throws {
    #expect(try why("")?.contains("neither VCF") == true)
    #expect(try why("FID IID\n1 2\n")?.contains("neither VCF") == true)
    #expect(try why(record)?.contains("neither VCF") == true)
    #expect(try why(columns + "A\n" + record)?.contains("no line of columns") == true)
    #expect(try why(header)?.contains("no line of columns") == true)
    #expect(try why(header + record)?.contains("no line of columns") == true)
    #expect(try why(header + "#CHROM POS ID A B\n")?.contains("other columns") == true)
    #expect(
      try why(header + "#CHROM POS ID REF ALT QUAL FILTER INFO\n")?.contains("sites only") == true)
    #expect(try why(header + columns + "A B A\n")?.contains("A stands twice") == true)
    #expect(try why(header + columns + "A  B\n")?.contains("empty") == true)
    #expect(try why(header + columns + "A\n" + record) == nil)
    #expect(
      try why("##fileformat=VCFv4.2\n##contig=<ID=1,IDX=2000000000>\n" + columns + "A\n")?
        .contains("IDX") == true)
  }

  @Test("A header or record beyond the limits is an error or a refusal, and takes no memory")
  func limits() throws {
    var options = VariantFile.Options()
    options.limits = VariantLimits(header: 100)
    #expect(try why(header + columns + "A\n", options)?.contains("more than 100 bytes") == true)
    options.limits = VariantLimits(record: 1_000)
    let scratch = try ScratchFolder()
    let long = "1 10 b A \(String(repeating: "G", count: 5_000)) . . . GT 0/0\n"
    let path = try scratch.write(
      VariantFileTests.tabbed(header + columns + "A\n" + record + long + record), to: "x.vcf")
    var file = try VariantFile(path: path, options: options)
    var lines: [Int] = []
    while let row = try file.next() {
      switch row {
      case .variant(let variant): lines.append(variant.line)
      case .refused(let record):
        #expect(record.line == 9)
        #expect(record.reason == .tooLong(bytes: 1_001, limit: 1_000))
      }
    }
    #expect(lines == [8, 10])
  }

  @Test("What is not sorted is an error that names the place")
  func order() throws {
    let start = header + columns + "A\n"
    func line(_ chromosome: String, _ position: Int) -> String {
      "\(chromosome) \(position) . A G . . . GT 0/0\n"
    }
    #expect(try why(start + line("1", 10) + line("1", 10) + line("2", 5)) == nil)
    #expect(try why(start + line("1", 10) + line("1", 9))?.contains("line 9: 1:9") == true)
    #expect(
      try why(start + line("1", 10) + line("2", 5) + line("1", 11))?.contains("not sorted") == true)
  }

  @Test(
    "A packed file that was cut or damaged is an error wherever it is cut",
    arguments: [true, false])
  func cut(isBlocked: Bool) throws {
    let text = VariantFileTests.tabbed(
      header + columns + "A B\n"
        + (1...4_000).map { "1 \($0 * 3) v\($0) A G . . . GT 0/\($0 * 7 % 2) 1/\($0 * $0 % 2)\n" }
        .joined())
    let scratch = try ScratchFolder()
    let plain = try scratch.write(text, to: "x.vcf")
    let bytes = try packed(plain, isBlocked: isBlocked)
    #expect(try why(bytes) == nil)
    for left in [1, 8, 20, 40, 100, 1_000, bytes.count / 2] {
      #expect(try why(bytes.dropLast(left)) != nil, "\(left) bytes less")
    }
    var damaged = bytes
    damaged[bytes.count / 2] ^= 0x55
    damaged[bytes.count / 2 + 1] ^= 0x55
    #expect(try why(damaged) != nil)
  }

  /// Packed by gzip; or in blocks of a thousand bytes and an empty one, as bgzip does.
  private func packed(_ path: String, isBlocked: Bool) throws -> Data {
    let plain = try Data(contentsOf: URL(filePath: path))
    if isBlocked {
      let starts = stride(from: 0, to: plain.count, by: 1_000)
      return starts.reduce(Data()) { $0 + block(Array(plain[$1..<min($1 + 1_000, plain.count)])) }
        + Data([0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 66, 67, 2, 0, 27, 0, 3, 0])
        + Data(repeating: 0, count: 8)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-c", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }

  /// A block of BGZF whose bytes are stored as they are (SAM specification, 4.1).
  private func block(_ bytes: [UInt8]) -> Data {
    func little(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    let body = [1] + little(bytes.count, 2) + little(~bytes.count, 2) + bytes
    return Data(
      [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 66, 67, 2, 0]
        + little(18 + body.count + 8 - 1, 2) + body + little(Int(~sum), 4)
        + little(bytes.count, 4))
  }

  @Test("The build is known by the lengths of chromosomes, or by name, and another is refused")
  func builds() throws {
    func build(_ lines: String) throws -> GenomeBuild? {
      try VariantHeader(
        Array((VariantFileTests.tabbed("##fileformat=VCFv4.2\n" + lines + columns + "A")).utf8),
        path: "x"
      ).build
    }
    #expect(try build("") == nil)
    #expect(try build("##contig=<ID=1,length=249250621>\n") == .grch37)
    #expect(try build("##contig=<ID=chr7,length=159345973>\n") == .grch38)
    #expect(
      try build("##contig=<ID=chr7,length=159345973>\n##contig=<ID=1,length=249250621>\n") == nil)
    #expect(try build("##contig=<ID=7,length=7,assembly=hg19>\n") == .grch37)
    #expect(try build("##reference=file:///refs/GRCh38.p14.fa\n") == .grch38)
    // Lengths are of the data, names may be of a template.
    #expect(
      try build("##reference=hg38.fa\n##contig=<ID=1,length=249250621>\n") == .grch37)
    let bytes = Data(VariantFileTests.tabbed(header + columns + "A\n" + record).utf8)
    #expect(try why(bytes, build: .grch37) == nil)
    #expect(try why(bytes, build: .grch38)?.contains("is of GRCh37, not GRCh38") == true)
  }

  @Test("A file that is not there, and a folder, are told") func missing() throws {
    let scratch = try ScratchFolder()
    for path in [scratch.path("none.vcf"), scratch.url.path, "http://localhost:1/x.vcf"] {
      #expect(throws: BiobankError.self) { _ = try VariantFile(path: path) }
    }
  }

  @Test("An import of which nothing is taken writes no genotypes, and says why")
  func nothing() throws {
    let scratch = try ScratchFolder()
    let text = header + columns + "A\n1 10 a A G . q10 . GT 0/0\n"
    let path = try scratch.write(VariantFileTests.tabbed(text), to: "x.vcf")
    #expect(throws: BiobankError.genotypes(path, "no variant was taken: 1 × FILTER is q10")) {
      try VariantImport(from: path, to: scratch.path("o"))
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("o.bed")))
    #expect(
      try String(contentsOfFile: scratch.path("o.refused.csv"), encoding: .utf8)
        == "line,place,code,reason\n8,1:10,filtered,FILTER is q10\n")
  }
}
