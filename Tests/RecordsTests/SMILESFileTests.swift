import Entities
import Testing

@testable import Records

@Suite struct SMILESFileTests {
  @Test(arguments: Pieces.allCases, ["\n", "\r\n", "\r"])
  func `lines end with LF, CRLF or CR, and the last one need not end`(
    pieces: Pieces, end: String
  ) throws {
    let text = ["CCO ethanol", "", "c1ccccc1 benzene", "CC"].joined(separator: end)
    let records = try compoundReader(text, .smiles, pieces: pieces).all().map(\.brief)
    #expect(records == ["1 ethanol CCO", "3 benzene c1ccccc1", "4 row-3 CC"])
  }

  @Test(arguments: [
    ("CCO\tethyl alcohol\n", ["CCO", "ethyl alcohol"]),
    ("CCO   ethanol\n", ["CCO", "ethanol"]),
    ("  CCO ethanol  \n", ["CCO", "ethanol"]),
    ("CCO ethanol 46.07\nCC ethane 30.07 gas\n", ["CCO", "ethanol", "46.07"]),
    ("CCO\t\t46.07\n", ["CCO", "", "46.07"]),
    ("CCO\n", ["CCO", ""]),
  ])
  func `a line is cut at its tabs if it has one, else at white space`(
    text: String, fields: [String]
  ) throws {
    #expect(try compoundReader(text, .smiles).next()?.fields == fields)
  }

  @Test func `the last column takes the rest of the line`() throws {
    let reader = try compoundReader("CCO ethanol\nCC ethane gas at 20 C\n", .smiles)
    #expect(reader.header == ["smiles", "id"])
    #expect(try reader.all().map(\.id) == ["ethanol", "ethane gas at 20 C"])
  }

  @Test(arguments: ["smiles id\n", "SMILES\tName\n", "#Smiles id\n", "canonical_smiles id\n"])
  func `a first line that begins with a column name is a header`(header: String) throws {
    let records = try compoundReader(header + "CCO ethanol\n", .smiles).all().map(\.brief)
    #expect(records == ["2 ethanol CCO"])
  }

  @Test func `columns can be given by place`() throws {
    let columns = ColumnSelection(structure: .position(2), id: .position(1))
    let records = try compoundReader("64-17-5 CCO\n74-84-0 CC\n", .smiles, columns: columns).all()
    #expect(records.map(\.brief) == ["1 64-17-5 CCO", "2 74-84-0 CC"])
  }

  @Test func `columns given by name make the first line a header`() throws {
    let columns = ColumnSelection(structure: .named("Structure"), id: .named("Mol_ID"))
    let text = "#Mol_ID\tStructure\tFormula\n1\tCCO\tC2H6O\n"
    let records = try compoundReader(text, .smiles, columns: columns).all()
    #expect(records.map(\.brief) == ["2 1 CCO"])
  }

  @Test func `comments and blank lines are no records, and count as lines`() throws {
    let text = "# made by hand\n\nCCO a\n# more\n   \nCC b\n"
    let records = try compoundReader(text, .smiles).all().map(\.brief)
    #expect(records == ["3 a CCO", "6 b CC"])
  }

  @Test func `a line without a structure is refused with its identifier`() throws {
    let records = try compoundReader("CCO\ta\n\tb\nCC\tc\n", .smiles).all().map(\.brief)
    #expect(records == ["1 a CCO", "2 b !missing-value", "3 c CC"])
  }

  @Test(arguments: Pieces.allCases)
  func `NUL bytes and invalid UTF-8 are refused and shift nothing`(pieces: Pieces) throws {
    let bytes =
      Array("CCO a\nC".utf8) + [0] + Array("C b\nCC ".utf8) + [0xC3, 0x28] + Array("\nCN µ\n".utf8)
    let records = try compoundReader(bytes, .smiles, pieces: pieces).all().map(\.brief)
    #expect(records == ["1 a CCO", "2  !not-text", "3  !not-text", "4 µ CN"])
  }

  @Test(arguments: Pieces.allCases)
  func `a line is refused where it is longer than the limit, by one byte even`(
    pieces: Pieces
  ) throws {
    let fits = String(repeating: "C", count: 20)
    let text = "\(fits)\nC\(fits)\r\nCC\(fits)\(fits)\nCO\n"
    let records = try compoundReader(text, .smiles, limit: 20, pieces: pieces).all()
    #expect(
      records.map(\.reason) == [
        nil, .tooLong(bytes: 21, limit: 20), .tooLong(bytes: 42, limit: 20), nil,
      ])
    #expect(records.last?.brief == "4 row-4 CO")
  }

  @Test func `a byte order mark is no part of the first SMILES`() throws {
    let records = try compoundReader([0xEF, 0xBB, 0xBF] + Array("CCO a\n".utf8), .smiles).all()
    #expect(records.map(\.brief) == ["1 a CCO"])
  }

  @Test func `duplicate identifiers are handed on as they are`() throws {
    let records = try compoundReader("CCO a\nCC a\n", .smiles).all().map(\.brief)
    #expect(records == ["1 a CCO", "2 a CC"])
  }

  @Test func `a dash on the command line is standard input or output`() {
    #expect(RecordSource(argument: "-") == .standardInput)
    #expect(RecordSource(argument: "a.smi") == .file("a.smi"))
    #expect(OutputDestination(argument: "-") == .standardOutput)
    #expect(OutputDestination(argument: "a.csv") == .file("a.csv"))
  }
}
