import Entities
import Foundation
import Testing

@testable import Records

@Suite struct UnusableFileTests {
  @Test(arguments: RecordFormat.allCases, ["", "\n\r\n \n", "\u{FEFF}", "\u{FEFF}\n"])
  func `an empty file is told so`(format: RecordFormat, text: String) {
    #expect(throws: RecordError.empty(source: "test")) { try compoundReader(text, format) }
  }

  @Test(arguments: [
    (RecordFormat.csv, "smiles,id\n"), (.tsv, "smiles\tid"), (.smiles, "smiles id\n\n"),
  ])
  func `a file of only a header is told so`(format: RecordFormat, text: String) {
    #expect(throws: RecordError.onlyHeader(source: "test")) { try compoundReader(text, format) }
  }

  @Test func `a file that is not there, a folder and a path with a NUL are told so`() throws {
    try withTemporaryFolder { folder in
      let absent = folder.appending(path: "absent.csv").path()
      #expect(throws: RecordError.notFound(source: absent)) { try CompoundReader(.file(absent)) }
      let error = #expect(throws: RecordError.self) { try CompoundReader(.file(folder.path())) }
      guard case .unreadable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let path = folder.appending(path: "a.csv").path()
      try Data("smiles\nC\n".utf8).write(to: URL(filePath: path))
      #expect(throws: RecordError.notFound(source: path + "\0x")) {
        try CompoundReader(.file(path + "\0x"))
      }
    }
  }

  @Test func `UTF-16 and workbooks are told so`() {
    let utf16: [UInt8] = [0xFF, 0xFE] + "smiles\n".utf8.flatMap { [$0, 0] }
    #expect(throws: RecordError.notUTF8(source: "test", looksLike: "UTF-16")) {
      try compoundReader(utf16, .csv)
    }
    #expect(throws: RecordError.self) {
      try compoundReader([0x50, 0x4B, 3, 4] + [UInt8](repeating: 7, count: 99), .csv)
    }
  }

  @Test func `a header that is no text, too long or too wide is told so`() {
    let inputs = [
      Array("smiles,".utf8) + [0xFF] + Array("\nC,1\n".utf8),
      Array(("smiles," + String(repeating: "x", count: 1 << 20) + "\nC,1\n").utf8),
      Array("smiles,\"id\nC,1\n".utf8),
      Array(("smiles" + String(repeating: ",", count: 1 << 16) + "\n").utf8),
    ]
    for input in inputs {
      let error = #expect(throws: RecordError.self) { try compoundReader(input, .csv) }
      guard case .unreadableHeader = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test func `every message is one line and names the source`() {
    let header = ["a\nb", "", String(repeating: "x", count: 500)] + (0..<99).map { "c\($0)" }
    let errors: [RecordError] = [
      .notFound(source: "f"), .unreadable(source: "f", reason: "r"), .empty(source: "f"),
      .onlyHeader(source: "f"), .unreadableHeader(source: "f", reason: "r"),
      .noStructureColumn(source: "f", found: header),
      .noSuchColumn(source: "f", role: .id, wanted: "a\nb", found: header),
      .ambiguousColumn(source: "f", wanted: "a\r\nb"), .notGzip(source: "f"),
      .truncatedGzip(source: "f", bytes: 1), .corruptGzip(source: "f", bytes: 1, reason: "r"),
      .notUTF8(source: "f", looksLike: "l"), .notATable(source: "f"),
    ]
    for error in errors {
      #expect(error.description.hasPrefix("f: "))
      #expect(error.description.count { $0.isNewline } == 0)
      #expect(error.description.count < 400)
    }
  }

  @Test(arguments: [
    ("CCO ethanol\nCC ethane\n", RecordFormat.smiles), ("smiles,id\nC,1\n", .csv),
    ("id\tSMILES\n1\tC\n", .tsv), ("SMILES\nC\n", .csv), ("\"Smiles\";x\n", .smiles),
    ("t\n\n\n  1  0  0     0  0              1 V2000\n", .sdf),
    ("t\r\n\r\n\r\n  0  0  0     0  0            999 V3000\r\n", .sdf), ("", .smiles),
  ])
  func `the format is found by the first lines`(text: String, format: RecordFormat) {
    #expect(RecordFormat(sniffing: Array(text.utf8)) == format)
  }

  @Test(arguments: [
    ("a.smi", RecordFormat.smiles), ("dir.sdf/a.CSV", .csv), ("a.tsv.gz", .tsv), ("b.sd.GZ", .sdf),
    ("a.txt", nil), ("csv", nil), (".csv", nil), ("a.gz", nil), ("", nil), ("/", nil),
  ])
  func `the format is found by the name`(path: String, format: RecordFormat?) {
    #expect(RecordFormat(path: path) == format)
  }

  @Test func `a line of ten megabytes is refused and never held`() throws {
    try withTemporaryFolder { folder in
      let text = "smiles,id\nCCO,a\n" + String(repeating: "C", count: 10 << 20) + ",b\nCC,c\n"
      for (name, head) in [("long.csv", ""), ("long.smi", "")] {
        let path = folder.appending(path: name).path()
        let body = name == "long.csv" ? text : text.replacing(",", with: " ")
        try Data((head + body).utf8).write(to: URL(filePath: path))
        let window = try ByteWindow.opening(.file(path))
        #expect(window.count <= ByteWindow.pieceBytes)
        let records = try CompoundReader(.file(path)).all()
        #expect(records.map(\.brief) == ["2 a CCO", "3  !too-long", "4 c CC"])
        #expect(records[1].reason == .tooLong(bytes: (10 << 20) + 2, limit: 1 << 20))
      }
    }
  }
}
