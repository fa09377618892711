import Testing

@testable import Records

@Suite struct ColumnSelectionTests {
  @Test(arguments: [
    ("smiles,id", 0, 1), ("ID,SMILES", 1, 0), ("Name,Smiles", 1, 0), ("Drug_ID,Drug,Y", 1, 0),
    ("molecule_chembl_id,canonical_smiles", 1, 0), ("name,id,smiles", 2, 1),
    ("canonical_smiles,smiles", 1, nil), (" smiles , id ", 0, 1), ("drug,smiles", 1, nil),
    ("\"smiles\",\"y\"", 0, nil), ("SMILES", 0, nil),
  ])
  func `usual names are found`(header: String, structure: Int, id: Int?) throws {
    let row = header.split(separator: ",").map { _ in "C" }.joined(separator: ",")
    let reader = try compoundReader("\(header)\n\(row)\n", .csv)
    #expect(reader.structureColumn == structure)
    #expect(reader.idColumn == id)
  }

  @Test func `a column named by option is found exactly, else in any case`() throws {
    let text = "Key,key,SMI\nx,y,CCO\n"
    let columns = ColumnSelection(structure: .named("smi"), id: .named("key"))
    #expect(try compoundReader(text, .csv, columns: columns).next()?.brief == "2 y CCO")
  }

  @Test func `a name that fits several columns is refused`() {
    let columns = ColumnSelection(structure: .named("KEY"))
    #expect(throws: RecordError.ambiguousColumn(source: "test", wanted: "KEY")) {
      try compoundReader("Key,key\nx,y\n", .csv, columns: columns)
    }
  }

  @Test func `a table without a header is read by places`() throws {
    let columns = ColumnSelection(structure: .position(2), id: .position(1), hasHeader: false)
    let records = try compoundReader("a\tCCO\nb\tCC\n", .tsv, columns: columns).all()
    #expect(records.map(\.brief) == ["1 a CCO", "2 b CC"])
  }

  @Test func `a wrong column is told with the columns there are`() throws {
    let error = #expect(throws: RecordError.self) {
      try compoundReader("structure,activity\nCCO,1\n", .csv)
    }
    let message = try #require(error).description
    #expect(message.contains("structure, activity"))
    #expect(message.contains("option"))
    #expect(!message.contains("\n"))
    #expect(
      throws: RecordError.noSuchColumn(
        source: "test", role: .id, wanted: "9", found: ["smiles", "y"])
    ) {
      try compoundReader("smiles,y\nC,1\n", .csv, columns: .init(id: .position(9)))
    }
  }
}
