import BioactivityStore
import Testing

@Suite("Formats") struct FormatTests {
  let fixture: StoreFixture
  static let columns =
    "Molecule ChEMBL ID;Smiles;Standard Type;Standard Relation;Standard Value;Standard Units;"
    + "pChEMBL Value;Target ChEMBL ID;Assay Type;Data Validity Comment;Potential Duplicate;"
    + "Action Type;Document DOI"

  init() throws { fixture = try StoreFixture() }

  private static func line(
    _ smiles: String, type: String = "IC50", relation: String = "'='", value: String = "10",
    units: String = "nM", p: String = "", target: String = "CHEMBL402", assay: String = "B",
    comment: String = "", duplicate: String = "0", action: String = ""
  ) -> String {
    "\"CHEMBL1\";\"\(smiles)\";\"\(type)\";\"\(relation)\";\"\(value)\";\"\(units)\";\"\(p)\";"
      + "\"\(target)\";\"\(assay)\";\"\(comment)\";\"\(duplicate)\";\"\(action)\";\"10.1/x\""
  }

  private func chembl(_ lines: [String], target: String? = "P04035") throws -> ImportReport {
    let text = ([Self.columns] + lines).joined(separator: "\n") + "\n"
    return try #require(try fixture.table(text, .chembl(target: target)))
  }

  @Test func `an export of ChEMBL's page is read, doubts and repeats are refused`() throws {
    let report = try chembl([
      Self.line("CCO"), Self.line("CCN", relation: "'>'", value: "10", units: "uM"),
      Self.line("CCC", comment: "Outside typical range"),
      Self.line("CCC", comment: "Manually validated"), Self.line("CCCC", duplicate: "1"),
      Self.line("CCCC", type: "Inhibition", units: "%"), Self.line("CCCC", units: "ug.mL-1"),
      Self.line("CCCCO", value: "", units: "", p: "7.5"), Self.line("CCCC", value: ""),
      Self.line("CCCCC", target: "CHEMBL999"),
    ])
    #expect(report.taken == 4)
    #expect(
      report.refused == [
        .doubted: 1, .repeated: 1, .otherType: 1, .unknownUnit: 1, .noValue: 1, .otherTarget: 1,
      ])
    let set = try fixture.store.curated(target: "P04035", endpoint: .one(.ic50))
    let labels = Dictionary(uniqueKeysWithValues: set.rows.map { ($0.smiles, $0.label) })
    #expect(labels == ["CCO": "8.000", "CCN": "<5.000", "CCC": "8.000", "CCCCO": "7.500"])
    #expect(set.rows.allSatisfy { $0.sources == ["10.1/x"] })
  }

  @Test func `without accessions one must be given`() throws {
    #expect {
      try chembl([Self.line("CCO")], target: nil)
    } throws: {
      "\($0)".contains("UniProt Accession")
    }
  }

  @Test func `half effect has a direction only where the action is told`() throws {
    _ = try chembl([Self.line("CCO", type: "EC50")])
    #expect(
      try fixture.store.curated(target: "P04035", endpoint: .one(.ec50)).direction == .unknown)
    _ = try chembl([
      Self.line("CCN", type: "EC50", action: "AGONIST")
    ])
    #expect(
      try fixture.store.curated(target: "P04035", endpoint: .one(.ec50)).direction == .unknown)
    let other = try StoreFixture()
    let text =
      Self.columns + "\n" + Self.line("CCN", type: "EC50", action: "PARTIAL AGONIST") + "\n"
    _ = try other.table(text, .chembl(target: "P04035"))
    #expect(
      try other.store.curated(target: "P04035", endpoint: .one(.ec50)).direction == .activation)
  }

  @Test(arguments: [
    ("ANTAGONIST", AssayDirection.inhibition), ("INVERSE AGONIST", .inhibition),
    ("NEGATIVE ALLOSTERIC MODULATOR", .inhibition), ("POSITIVE ALLOSTERIC MODULATOR", .activation),
    ("AGONIST", .activation), ("BINDING AGENT", .binding), ("SUBSTRATE", .inhibition),
  ])
  func `an action is a direction`(action: String, direction: AssayDirection) throws {
    // What is no direction leaves that of the endpoint.
    _ = try chembl([Self.line("CCN", action: action)])
    let set = try fixture.store.curated(target: "P04035", endpoint: .one(.ic50))
    #expect(set.direction == direction)
  }

  @Test func `assays of uptake and toxicity do not count among the target's activities`() throws {
    _ = try chembl([Self.line("CCO"), Self.line("CCN", assay: "T"), Self.line("CCC", assay: "F")])
    let set = try fixture.store.curated(target: "P04035", endpoint: .one(.ic50))
    #expect(Set(set.rows.map(\.smiles)) == ["CCO", "CCC"])
  }

  @Test func `a table of the user's own is read by the columns that are named`() throws {
    try fixture.genes()
    let text = """
      structure,kind,sign,number,unit,gene,paper
      CCO,Ki,,5,uM,HMGCR,10.1/a
      CCN,pKi,>,6,,hmgcr,10.1/b
      CCC,Ki,=,5,nM,NOGENE,
      CCCC,AC50,=,5,nM,HMGCR,

      """
    let columns = ActivityTableColumns(
      smiles: "structure", value: "number", unit: .column("unit"), relation: "sign",
      type: .column("kind"), target: .column("gene"), reference: "paper")
    let report = try #require(try fixture.table(text, .table(columns)))
    #expect(report.refused == [.noTarget: 1, .otherType: 1])
    let set = try fixture.store.curated(target: "HMGCR", endpoint: .one(.ki))
    #expect(Set(set.rows.map(\.label)) == ["5.301", ">6.000"])
  }
}
