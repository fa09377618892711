import Entities
import Testing

@testable import Records

@Suite struct GzipFileTests {
  private static let text = Array(
    ("smiles,id\n" + (0..<3_000).map { "CCO,compound \($0)\n" }.joined()).utf8)

  @Test(arguments: [Pieces.whole, .few])
  func `several members read as one file, and zeros may follow`(pieces: Pieces) throws {
    let cut = Self.text.count / 3
    let packed =
      gzipMember(Array(Self.text[..<cut])) + gzipMember([])
      + gzipMember(Array(Self.text[cut...])) + [UInt8](repeating: 0, count: 512)
    let records = try compoundReader(packed, .csv, pieces: pieces).all()
    #expect(records.count == 3_000)
    #expect(records.last?.brief == "3001 compound 2999 CCO")
  }

  @Test func `a truncated file gives its whole records, then an error`() throws {
    let packed = gzipMember(Self.text)
    for kept in [packed.count - 1, packed.count - 9, packed.count / 2, 200] {
      let reader = try compoundReader(Array(packed[..<kept]), .csv)
      var records: [ReadRecord] = []
      let error = #expect(throws: RecordError.self) {
        while let chunk = try reader.nextChunk(64) { records += chunk }
      }
      guard case .truncatedGzip(_, let bytes) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(records.enumerated().allSatisfy { $1.id == "compound \($0)" })
      // Every line that was unpacked to its end is there.
      let lines = Self.text.prefix(bytes).count { $0 == ASCII.lineFeed } - 1
      #expect(records.count == lines)
      #expect(throws: RecordError.self) { try reader.next() }
    }
  }

  @Test func `a wrong checksum is an error after the records`() throws {
    var packed = gzipMember(Self.text)
    packed[packed.count - 6] ^= 1
    let reader = try compoundReader(packed, .csv)
    var count = 0
    let error = #expect(throws: RecordError.self) {
      while try reader.next() != nil { count += 1 }
    }
    #expect(count == 3_000)
    guard case .corruptGzip(_, let bytes, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(bytes == Self.text.count)
  }

  @Test func `what follows the last member must be a member`() throws {
    let reader = try compoundReader(gzipMember(Self.text) + Array("garbage".utf8), .csv)
    #expect(throws: RecordError.self) { while try reader.next() != nil {} }
  }

  @Test func `a name that ends in gz must hold gzip`() {
    #expect(throws: RecordError.notGzip(source: "a.csv.gz")) {
      try compoundReader(Self.text, .csv, name: "a.csv.gz")
    }
  }

  @Test func `gzip is unpacked whatever the name`() throws {
    let reader = try CompoundReader(.bytes(gzipMember(Self.text)))
    #expect(reader.format == .csv)
    #expect(try reader.all().count == 3_000)
    #expect(reader.totalBytes == gzipMember(Self.text).count)
    #expect(reader.bytesRead == reader.totalBytes)
  }

  @Test(.enabled(if: RealFiles.areThere))
  func `real compressed files joined read as one`() throws {
    let packed = try RealFiles.bytes("nasty_inputs/chembl_10k.smi.gz")
    let once = try compoundReader(packed, .smiles).all()
    let twice = try compoundReader(packed + packed, .smiles).all()
    #expect(once.count > 5_000)
    #expect(twice.count == 2 * once.count)
    #expect(twice.prefix(once.count) == once[...])
  }
}
