import Entities
import Records
import Testing

@Suite struct SequenceFileTests {
  private func entries(
    _ text: String, idColumn: String? = nil, limits: RecordLimits = .default
  ) throws -> [ReadSequence] {
    let reader = try SequenceReader(.bytes(Array(text.utf8)), idColumn: idColumn, limits: limits)
    var all: [ReadSequence] = []
    while let entry = try reader.next() { all.append(entry) }
    return all
  }

  private func records(_ text: String, idColumn: String? = nil) throws -> [SequenceRecord] {
    try entries(text, idColumn: idColumn).compactMap {
      if case .record(let record) = $0 { record } else { nil }
    }
  }

  @Test func `FASTA is read over its lines, and UniProt's heads give accession and gene`() throws {
    let found = try records(
      "\n>sp|P00533|EGFR_HUMAN Epidermal growth factor OS=Homo sapiens GN=EGFR PE=1\nMRPS\r\nGTAG\n"
        + ">mine and more\nMKK\n>last")
    #expect(found.map(\.id) == ["P00533", "mine", "last"])
    #expect(found[0].names.contains("EGFR") && found[0].names.contains("EGFR_HUMAN"))
    #expect(found.map(\.letters) == ["MRPSGTAG", "MKK", ""])
    #expect(found.map(\.line) == [2, 5, 7])
  }

  @Test(arguments: [",", "\t", ";"])
  func `a table is read with whatever stands between its fields`(_ mark: String) throws {
    let text = "idx,Gene,protein_id,sequence\n0,ABL1,P00519,MLEIC\n1,,P2,MKK\n"
      .replacing(",", with: mark)
    let found = try records(text)
    #expect(found.map(\.names) == [["P00519", "ABL1"], ["P2"]])
    #expect(found.map(\.letters) == ["MLEIC", "MKK"])
    #expect(try records(text, idColumn: "idx").map(\.id) == ["0", "1"])
  }

  @Test func `an entry that cannot be used is a value and shifts nothing`() throws {
    let table = try entries("id,sequence\nA,\n,MKK\nB,MKK,\nC,MLE\n")
    #expect(table.count == 4)
    let reasons = table.compactMap {
      if case .refused(let entry) = $0 { entry.reason.code } else { nil }
    }
    #expect(reasons == ["missing-value", "missing-value", "wrong-field-count"])
    let fasta = try entries(
      ">\nMKK\n>long\nMKKMKKMKKMKKMKKMKK\nMKKMKKMKKMKK\n>good\nMLE\n",
      limits: RecordLimits(recordBytes: 20))
    #expect(fasta.count == 3)
    guard case .refused(let long) = fasta[1], case .record(let good) = fasta[2] else {
      Issue.record("\(fasta)")
      return
    }
    #expect(long.id == "long" && long.line == 3 && long.reason.code == "too-long")
    #expect(good.letters == "MLE")
  }

  @Test(arguments: ["", "\n \n", "id,smiles\nA,CC\n", "name\tsequence\n"])
  func `a file without sequences is refused as a whole`(_ text: String) {
    #expect(throws: RecordError.self) { try entries(text) }
  }
}
