import Entities

/// Reads tables with a structure and a patent on each row: SureChEMBL's map files, BindingDB's rows.
struct StructureRowReader: RowReader {
  private let smiles: Int?
  private let id: Int?
  private let patent: Int?
  private let date: Int?
  private let priority: Int?
  private let family: Int?
  private let assignee: Int?
  private let field: Int?
  private let patentColumn: String

  init(_ header: TableColumns, _ chosen: StructureColumns) {
    typealias Names = StructureColumns
    func column(_ name: String?, _ usual: [String]) -> Int? {
      name == nil ? header.index(anyOf: usual) : header.index(name)
    }
    smiles = column(chosen.smiles, Names.smilesNames)
    id = column(chosen.id, Names.idNames)
    patent = column(chosen.patent, Names.patentNames)
    date = column(chosen.date, Names.dateNames)
    priority = column(chosen.priority, Names.priorityNames)
    family = column(chosen.family, Names.familyNames)
    assignee = column(chosen.assignee, Names.assigneeNames)
    field = column(chosen.field, Names.fieldNames)
    patentColumn = patent.map { header.names[$0] } ?? "patent"
  }

  func read(_ row: RowFields, _ output: RowOutput) throws {
    let structure = row[smiles]
    let id = row[self.id]
    guard !structure.isEmpty else {
      throw RowRefusal(id: id, reason: .missingValue(column: "smiles"))
    }
    let numbers = row.names(patent)
    guard !numbers.isEmpty else {
      throw RowRefusal(id: id, reason: .missingValue(column: patentColumn))
    }
    // Most tables are of one office and name it; a bare number is one of the United States.
    let documents = numbers.compactMap { PatentNumber($0) ?? PatentNumber($0, office: "US") }
    guard documents.count == numbers.count else {
      throw RowRefusal(
        id: id, reason: .unreadable("\(numbers[0].prefix(40)) is no number of a patent"))
    }
    let text = row[field]
    let part = PatentField(text: text)
    if part == nil, !text.isEmpty { output.mark(.unknownField) }
    var facts = DocumentFacts(
      published: row.date(date, output), priority: row.date(priority, output),
      family: row.family(family), assignee: row.name(assignee))
    facts.dropLatePriority(output)
    // One identifier may stand for several structures in a careless table: both are the key.
    let key = "\(id)\u{0}\(structure)"
    try output.take(
      .compound(
        CorpusCompound(
          key: key, id: id.isEmpty ? nil : id, smiles: structure, line: row.line)))
    for document in documents {
      facts.number = document
      try output.take(.facts(.number(document), facts))
      try output.take(.link(compound: key, document: .number(document), field: part))
    }
  }
}

extension DocumentFacts {
  /// Leaves out a priority that comes after the publication, which cannot be.
  mutating func dropLatePriority(_ output: RowOutput) {
    guard let priority, let published, priority > published else { return }
    self.priority = nil
    output.mark(.priorityAfterPublication)
  }
}
