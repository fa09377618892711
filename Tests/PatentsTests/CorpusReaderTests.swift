import Entities
import Foundation
import Records
import TestSupport
import Testing

@testable import Patents

/// What a reader made of one table.
final class ReadCorpus {
  var items: [CorpusItem] = []
  var refused: [RefusedRecord] = []
  var marks: [CorpusMark: Int] = [:]
  var layout: PatentLayout?
  var counts = CorpusInputCounts()
  var orangeBook = OrangeBook()

  init(_ text: String, upTo: String? = nil, columns: StructureColumns = StructureColumns()) throws {
    try read(.bytes(Array(text.utf8)), upTo, columns)
  }

  init(bytes: [UInt8]) throws { try read(.bytes(bytes), nil, StructureColumns()) }

  init(file: String) throws { try read(.file(file), nil, StructureColumns()) }

  private func read(_ source: RecordSource, _ upTo: String?, _ columns: StructureColumns) throws {
    var reader = CorpusReader(
      take: { self.items.append($0) }, refuse: { self.refused.append($0) },
      mark: { self.marks[$0, default: 0] += 1 })
    reader.columns = columns
    reader.upTo = upTo.flatMap { PatentDateText($0).date }
    let (layout, counts) = try reader.read(source)
    self.layout = layout
    self.counts = counts
    orangeBook = reader.orangeBook
  }

  var facts: [DocumentFacts] {
    items.compactMap { if case .facts(_, let facts) = $0 { facts } else { nil } }
  }
  var fields: [PatentField?] {
    items.compactMap { if case .link(_, _, let field) = $0 { .some(field) } else { nil } }
  }
  /// Every row is either taken or refused.
  var isAccounted: Bool {
    counts.rows == counts.taken + counts.refused.values.reduce(0, +)
      && refused.count == counts.rows - counts.taken
  }
}

@Suite struct CorpusReaderTests {
  private let mapHeader =
    "SCHEMBL_ID\tSMILES\tINCHI_KEY\tCORPUS_FREQUENCY\tPATENT_ID\tPUBLICATION_DATE\tFIELD\t"
    + "FIELD_FREQUENCY\n"
  private let mapRows = """
    SCHEMBL1\tCCO\tLFQSCWFLJHTTHZ-UHFFFAOYSA-N\t9\tUS-9693992-B2\t2017-07-04\t2\t1
    SCHEMBL1\tCCO\tLFQSCWFLJHTTHZ-UHFFFAOYSA-N\t9\tEP-1234567-A1\t2010-02-30\t1\t4
    SCHEMBL2\t\t\t1\tUS-9693992-B2\t2017-07-04\t2\t1
    SCHEMBL3\tCCN\t\t1\tno patent\t2017-07-04\t2\t1
    SCHEMBL4\tCCC\t\t1\tUS-1-A\t2017-07-04\t77\t1
    too\tfew

    """

  @Test(arguments: [true, false])
  func `a map file is read with and without its header`(_ hasHeader: Bool) throws {
    let read = try ReadCorpus((hasHeader ? mapHeader : "") + mapRows)
    #expect(read.layout == .structureRows)
    #expect(read.counts.rows == 6 && read.counts.taken == 3 && read.isAccounted)
    #expect(
      read.refused.map(\.reason.code) == ["missing-value", "unreadable", "wrong-field-count"])
    #expect(read.refused.map(\.line) == (hasHeader ? [4, 5, 7] : [3, 4, 6]))
    #expect(read.fields == [.claims, .description, nil])
    #expect(read.marks == [.impossibleDate: 1, .unknownField: 1])
    #expect(read.facts.map { $0.published?.description } == ["2017-07-04", nil, "2017-07-04"])
  }

  @Test func `SureChEMBL's three tables are told apart`() throws {
    let compounds = try ReadCorpus("id,smiles,inchi,inchi_key,mol_weight\n7,CCO,,,46\n,CC,,,1\n")
    #expect(compounds.layout == .compounds && compounds.isAccounted)
    guard case .compound(let compound) = compounds.items[0] else {
      Issue.record("no compound")
      return
    }
    #expect(compound.id == "SCHEMBL7" && compound.key == "compound:7")
    let patents = try ReadCorpus(
      "id\tpatent_number\tcountry\tpublication_date\tfamily_id\tcpc\tassignee\n"
        + "11\tUS-123-A1\tUS\t2020-01-01\t99\t['A61K31/00', 'nonsense']\t['Example Pharma']\n"
        + "12\tUS-124-A1\tUS\t2020-01-01\t-1\t\t\n13\t?\tUS\t\t\t\t\n")
    #expect(patents.layout == .patents && patents.isAccounted)
    #expect(patents.facts[0].family == "99" && patents.facts[0].assignee == "Example Pharma")
    #expect(patents.facts[0].classes == ["A61K31/00"] && patents.marks == [.unknownClass: 1])
    #expect(patents.facts[1].family == nil)
    let links = try ReadCorpus("patent_id,compound_id,field_id\n11,7,2\n11,,2\n")
    #expect(links.layout == .links && links.isAccounted)
    #expect(
      links.items == [
        .link(
          compound: "compound:7", document: .local(table: .sureChEMBL, id: "11"), field: .claims)
      ])
  }

  @Test func `a table of structures with named columns is read`() throws {
    let read = try ReadCorpus(
      "mol,where,when,who\nCCO,US9693992,\"Jul 4, 2017\",Example\n",
      columns: StructureColumns(smiles: "mol", patent: "where", date: "when", assignee: "who"))
    #expect(read.layout == .structureRows)
    #expect(read.facts.first?.published?.description == "2017-07-04")
    #expect(read.facts.first?.assignee == "Example")
  }

  @Test func `a publication after the corpus' last day, or before its priority, cannot be`() throws
  {
    let text =
      "smiles,patent,date,priority_date\nCCO,US1,2020-01-01,2019-01-01\n"
      + "CCO,US2,2010-01-01,2012-01-01\n"
    let read = try ReadCorpus(text, upTo: "2019-12-31")
    #expect(read.marks == [.afterCorpus: 1, .priorityAfterPublication: 1])
    #expect(read.facts.map { $0.published?.description } == [nil, "2010-01-01"])
    #expect(read.facts.map { $0.priority?.description } == ["2019-01-01", nil])
  }

  @Test func `PATSTAT's and PatentsView's tables are told apart`() throws {
    let tables: [(String, PatentLayout)] = [
      (
        "pat_publn_id,publn_auth,publn_nr,publn_kind,appln_id,publn_date\n1,EP,123456,A1,5,2001-02-03\n",
        .publications
      ),
      (
        "appln_id,appln_auth,earliest_filing_date,docdb_family_id\n5,EP,1999-01-02,777\n",
        .applications
      ),
      ("appln_id,cpc_class_symbol\n5,A61K  31/00\n", .applicationClasses),
      (
        "patent_id\tcpc_sequence\tcpc_group\tcpc_type\n9693992\t0\tA61K31/00\tinventional\n",
        .documents
      ),
      ("patent_id\tpatent_type\tpatent_date\n9693992\tutility\t2017-07-04\n", .documents),
      ("patent_id\tdisambig_assignee_organization\n9693992\tExample\n", .documents),
      (
        "publication,family,earliest_filing_date,cpc\nUS9693992B2,42,2013-01-01,A61K31/00\n",
        .documents
      ),
    ]
    for (text, layout) in tables {
      let read = try ReadCorpus(text)
      #expect(read.layout == layout && read.isAccounted && read.counts.taken == 1, "\(text)")
    }
  }

  @Test func `other tables, Parquet and an empty file are refused with a reason`() {
    #expect(throws: PatentError.self) { try ReadCorpus("name,age\nx,1\n") }
    #expect(throws: PatentError.self) { try ReadCorpus("smiles,name\nCCO,x\n") }
    #expect {
      try ReadCorpus(bytes: Array("PAR1".utf8) + [0, 1, 2, 3])
    } throws: { "\($0)".contains("Parquet is not read") }
    #expect(throws: RecordError.self) { try ReadCorpus("") }
  }

  @Test func `bytes that are no table never crash a reader`() throws {
    var state: UInt64 = 88
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let headers = [
      mapHeader, "patent_id,compound_id,field_id\n", "Appl_Type~Appl_No~Product_No~Patent_No\n",
      "smiles,patent,date\n",
    ]
    for round in 0..<200 {
      var bytes = Array(headers[round % headers.count].utf8)
      let alphabet = Array("\t,~\n\r\"0129abcUS-\u{0}é".utf8)
      for _ in 0..<random(400) {
        bytes.append(alphabet[random(alphabet.count)])
      }
      if let read = try? ReadCorpus(bytes: bytes) { #expect(read.isAccounted) }
    }
  }
}
