import Entities

/// The columns of a table of documents, by the names that published tables use.
struct DocumentColumns {
  let number: Int?
  let office: Int?
  let published: Int?
  let priority: Int?
  let family: Int?
  let assignee: Int?
  let classes: [Int]
  let expiry: Int?

  /// PatentsView's and PATSTAT's names, then those of tables put together by hand.
  static let numberNames = [
    "publicationnumber", "publication", "patentnumber", "patentid", "patent", "publnnr",
  ]

  init(_ header: TableColumns) {
    number = header.index(anyOf: Self.numberNames)
    office = header.index(anyOf: ["publnauth", "country", "office"])
    published = header.index(anyOf: ["publicationdate", "publndate", "patentdate", "date"])
    priority = header.index(
      anyOf: ["earliestfilingdate", "prioritydate", "earliestprioritydate", "filingdate"])
    family = header.index(anyOf: ["docdbfamilyid", "familyid", "family"])
    // Organisations only: inventors and individual owners are people.
    assignee = header.index(anyOf: ["disambigassigneeorganization", "assignee", "applicant"])
    classes = ["cpcgroup", "cpcclasssymbol", "cpc", "ipcr", "ipcclasssymbol", "ipc"]
      .compactMap { header.index($0) }
    expiry = header.index(anyOf: ["expirydate", "expiry"])
  }

  var saysAnything: Bool {
    [published, priority, family, assignee, expiry].contains { $0 != nil } || !classes.isEmpty
  }
}

/// Reads tables of documents: PatentsView's, joined PATSTAT tables, and tables of families.
struct DocumentRowReader: RowReader {
  private let columns: DocumentColumns

  init(_ header: TableColumns) { columns = DocumentColumns(header) }

  func read(_ row: RowFields, _ output: RowOutput) throws {
    let text = row[columns.number]
    let office = row[columns.office]
    // PatentsView gives the number alone, of US patents; PATSTAT the office in a column of its own.
    guard
      let number = office.isEmpty
        ? PatentNumber(text) ?? PatentNumber(text, office: "US")
        : PatentNumber(text, office: office) ?? PatentNumber(text)
    else {
      let what = text.isEmpty ? "an empty text" : String(text.prefix(40))
      throw RowRefusal(id: "", reason: .unreadable("\(what) is no number of a patent"))
    }
    var facts = DocumentFacts(
      number: number, published: row.date(columns.published, output),
      priority: row.date(columns.priority, output), family: row.family(columns.family),
      assignee: row.name(columns.assignee), expiry: row.date(columns.expiry, output),
      classes: row.classes(columns.classes, output))
    facts.dropLatePriority(output)
    try output.take(.facts(.number(number), facts))
  }
}

/// Reads PATSTAT's tables of applications and of publications, which share the application's number.
struct ApplicationRowReader: RowReader {
  private let application: Int?
  private let columns: DocumentColumns
  private let publication: Int?

  init(_ header: TableColumns) {
    application = header.index("applnid")
    columns = DocumentColumns(header)
    publication = header.index("publnnr")
  }

  func read(_ row: RowFields, _ output: RowOutput) throws {
    let id = row[application]
    guard !id.isEmpty else {
      throw RowRefusal(id: "", reason: .missingValue(column: "appln_id"))
    }
    let local = DocumentReference.local(table: .patstat, id: id)
    if publication != nil {
      let text = row[publication]
      guard let number = PatentNumber(text, office: row[columns.office]) else {
        throw RowRefusal(
          id: id, reason: .unreadable("\(text.prefix(40)) is no number of a patent"))
      }
      try output.take(.alias(local, number))
      try output.take(
        .facts(
          .number(number),
          DocumentFacts(number: number, published: row.date(columns.published, output))))
      return
    }
    try output.take(
      .facts(
        local,
        DocumentFacts(
          priority: row.date(columns.priority, output), family: row.family(columns.family),
          classes: row.classes(columns.classes, output))))
  }
}
