import Entities
import Testing

@testable import Records

@Suite struct TableFileTests {
  @Test(arguments: Pieces.allCases, ["\n", "\r\n", "\r"])
  func `quoted fields may hold delimiters, quotation marks and line ends`(
    pieces: Pieces, end: String
  ) throws {
    let text =
      ["smiles,id,note", "CCO,a,\"one, two\"", "CC,\"b\"\"b\",\"x\(end)y\"", "\"CN\",c,", "CO,d,z"]
      .joined(separator: end)
    let records = try compoundReader(text, .csv, pieces: pieces).all()
    #expect(records.map(\.brief) == ["2 a CCO", "3 b\"b CC", "5 c CN", "6 d CO"])
    #expect(records.map { $0.fields[2] } == ["one, two", "x\(end)y", "", "z"])
  }

  @Test func `a quotation mark inside an unquoted field is an ordinary character`() throws {
    let records = try compoundReader("smiles,id\nCCO,5'-\"x\"\n", .csv).all()
    #expect(records.map(\.id) == ["5'-\"x\""])
  }

  @Test(arguments: Pieces.allCases)
  func `a ragged row is refused and shifts nothing`(pieces: Pieces) throws {
    let text = "smiles,id,y\nCCO,a,1\nCC,b\nCN,c,3,4\nCO,d,5\n"
    let records = try compoundReader(text, .csv, pieces: pieces).all()
    #expect(
      records.map(\.brief) == [
        "2 a CCO", "3  !wrong-field-count", "4  !wrong-field-count",
        "5 d CO",
      ])
    #expect(records[1].reason == .wrongFieldCount(expected: 3, found: 2))
    #expect(records[2].reason == .wrongFieldCount(expected: 3, found: 4))
    #expect(records[1].fields == ["CC", "b"])
  }

  @Test(arguments: Pieces.allCases)
  func `an open quotation costs its own line alone`(pieces: Pieces) throws {
    let text = "smiles,id\nCCO,\"a\nCC,b\nCN,c\n"
    let records = try compoundReader(text, .csv, pieces: pieces).all().map(\.brief)
    #expect(records == ["2  !unreadable", "3 b CC", "4 c CN"])
  }

  @Test(arguments: Pieces.allCases)
  func `text after a closing quotation mark costs its own line alone`(pieces: Pieces) throws {
    let text = "smiles,id\n\"CCO\"x,a\nCC,\"b\nCN,\"c\"\nCO,d\n"
    let records = try compoundReader(text, .csv, pieces: pieces).all().map(\.brief)
    #expect(records == ["2  !unreadable", "3  !unreadable", "4 c CN", "5 d CO"])
  }

  @Test(arguments: Pieces.allCases)
  func `an open quotation is given up at the record limit`(pieces: Pieces) throws {
    let rows = (0..<40).map { "CC,row\($0)" }.joined(separator: "\n")
    let text = "smiles,id\n\"CCO,a\n\(rows)\n"
    let records = try compoundReader(text, .csv, limit: 64, pieces: pieces).all()
    #expect(records.count == 41)
    #expect(records.first?.reason?.code == "unreadable")
    #expect(records.dropFirst().map(\.id) == (0..<40).map { "row\($0)" })
  }

  @Test(.timeLimit(.minutes(1)))
  func `a file made of broken quotations is read in linear time`() throws {
    // From either side of a quotation each line leaves one open, so each would be scanned to the
    // record limit: 40 000 × 64 KiB, minutes in debug, instead of less than a second.
    let text = "smiles,a,b\n" + String(repeating: "\",x\",\"z\n", count: 40_000)
    var refused = 0
    let reader = try compoundReader(text, .csv, limit: 1 << 16)
    while let record = try reader.next() { refused += record.reason == nil ? 0 : 1 }
    #expect(refused == 40_000)
  }

  @Test(arguments: Pieces.allCases)
  func `a row longer than the limit is refused and skipped`(pieces: Pieces) throws {
    let long = String(repeating: "C", count: 100)
    let text = "smiles,id\nCCO,a\n\(long),b\n\"\(long)\",c\nCC,d\n"
    let records = try compoundReader(text, .csv, limit: 50, pieces: pieces).all()
    #expect(records.map(\.brief) == ["2 a CCO", "3  !too-long", "4  !too-long", "5 d CC"])
    #expect(records[1].reason == .tooLong(bytes: 102, limit: 50))
  }

  @Test func `a missing identifier becomes the row's number, refused rows counted`() throws {
    let text = "smiles,id\nCCO,\nCC,b,c\nCN,  \n"
    let records = try compoundReader(text, .csv).all().map(\.brief)
    #expect(records == ["2 row-1 CCO", "3  !wrong-field-count", "4 row-3 CN"])
  }

  @Test func `a missing structure is refused with its identifier and its fields`() throws {
    let records = try compoundReader("smiles,id,y\n ,a,1\n", .csv).all()
    #expect(records.map(\.brief) == ["2 a !missing-value"])
    #expect(records[0].fields == [" ", "a", "1"])
  }

  @Test(arguments: Pieces.allCases)
  func `NUL bytes and invalid UTF-8 are refused and shift nothing`(pieces: Pieces) throws {
    let bytes =
      Array("smiles,id\nCCO,a\nCC,".utf8) + [0x62, 0] + Array("\n\"C\nC\",".utf8) + [0xE9]
      + Array("\nCN,d\n".utf8)
    let records = try compoundReader(bytes, .csv, pieces: pieces).all().map(\.brief)
    #expect(records == ["2 a CCO", "3  !not-text", "4  !not-text", "6 d CN"])
  }

  @Test func `blank lines are no rows, quoted emptiness is one`() throws {
    let table = try TableReader(.bytes(Array("x\n1\n\n  \n\"\"\n2".utf8)), format: .csv)
    var rows: [[String]] = []
    while let row = try table.next() {
      if case .row(let row) = row { rows.append(row.fields) }
    }
    #expect(rows == [["1"], [""], ["2"]])
  }

  @Test func `any table can be read, with a header or without`() throws {
    let source = RecordSource.bytes(Array("age\tweight\n40\t70.5\n".utf8))
    let named = try TableReader(source, format: .tsv)
    #expect(named.header == ["age", "weight"])
    #expect(try named.next() == .row(TableRow(line: 2, row: 1, fields: ["40", "70.5"])))
    #expect(try named.next() == nil)
    let bare = try TableReader(source, format: .tsv, hasHeader: false)
    #expect(bare.header == ["column_1", "column_2"])
    #expect(try bare.next() == .row(TableRow(line: 1, row: 1, fields: ["age", "weight"])))
  }

  @Test func `a chunk has the count asked for, and the cuts do not depend on the pieces`() throws {
    let text = "smiles,id\n" + (0..<10).map { "CC,\($0)\n" }.joined()
    for pieces in Pieces.allCases {
      let reader = try compoundReader(text, .csv, pieces: pieces)
      var sizes: [Int] = []
      while let chunk = try reader.nextChunk(4) { sizes.append(chunk.count) }
      #expect(sizes == [4, 4, 2])
    }
  }
}
