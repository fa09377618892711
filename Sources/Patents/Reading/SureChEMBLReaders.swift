import Entities

/// Reads SureChEMBL's `compounds`: id, smiles, inchi, inchi_key, mol_weight.
struct CompoundRowReader: RowReader {
  private let id: Int?
  private let smiles: Int?

  init(_ header: TableColumns) {
    id = header.index("id")
    smiles = header.index(anyOf: StructureColumns.smilesNames)
  }

  func read(_ row: RowFields, _ output: RowOutput) throws {
    let id = row[self.id]
    guard !id.isEmpty else { throw RowRefusal(id: "", reason: .missingValue(column: "id")) }
    let smiles = row[self.smiles]
    guard !smiles.isEmpty else {
      throw RowRefusal(id: id, reason: .missingValue(column: "smiles"))
    }
    try output.take(
      .compound(
        CorpusCompound(
          key: "compound:\(id)", id: Self.name(id), smiles: smiles, line: row.line)))
  }

  /// The identifier as the map files and the web pages write it.
  private static func name(_ id: String) -> String {
    id.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "SCHEMBL\(id)" : id
  }
}

/// Reads SureChEMBL's `patents`: id, patent_number, publication_date, family_id, cpc, ipcr, ipc,
/// assignee.
struct PatentRowReader: RowReader {
  private let id: Int?
  private let number: Int?
  private let date: Int?
  private let family: Int?
  private let assignee: Int?
  private let classes: [Int]

  init(_ header: TableColumns) {
    id = header.index("id")
    number = header.index("patentnumber")
    date = header.index("publicationdate")
    family = header.index("familyid")
    assignee = header.index(anyOf: ["assignee", "asignee"])
    classes = ["cpc", "ipcr", "ipc"].compactMap { header.index($0) }
  }

  func read(_ row: RowFields, _ output: RowOutput) throws {
    let id = row[self.id]
    guard !id.isEmpty else { throw RowRefusal(id: "", reason: .missingValue(column: "id")) }
    guard let number = PatentNumber(row[self.number]) else {
      throw RowRefusal(
        id: id, reason: .unreadable("\(row[self.number].prefix(40)) is no number of a patent"))
    }
    try output.take(.alias(.local(table: .sureChEMBL, id: id), number))
    try output.take(
      .facts(
        .number(number),
        DocumentFacts(
          number: number, published: row.date(date, output), family: row.family(family),
          assignee: row.name(assignee), classes: row.classes(classes, output))))
  }
}

/// Reads SureChEMBL's `patent_compound_map`: patent_id, compound_id, field_id.
struct LinkRowReader: RowReader {
  private let patent: Int?
  private let compound: Int?
  private let field: Int?

  init(_ header: TableColumns) {
    patent = header.index("patentid")
    compound = header.index("compoundid")
    field = header.index(anyOf: ["fieldid", "field"])
  }

  func read(_ row: RowFields, _ output: RowOutput) throws {
    let patent = row[self.patent]
    let compound = row[self.compound]
    guard !patent.isEmpty else {
      throw RowRefusal(id: compound, reason: .missingValue(column: "patent_id"))
    }
    guard !compound.isEmpty else {
      throw RowRefusal(id: "", reason: .missingValue(column: "compound_id"))
    }
    let text = row[field]
    let part = PatentField(text: text)
    if part == nil, !text.isEmpty { output.mark(.unknownField) }
    try output.take(
      .link(
        compound: "compound:\(compound)", document: .local(table: .sureChEMBL, id: patent),
        field: part))
  }
}
