/// The published layouts of tables about patents.
public enum PatentLayout: String, CaseIterable, Codable, Hashable, Sendable {
  /// SureChEMBL's map files and any table with a structure and a patent on each row.
  case structureRows = "structures with patents"
  /// SureChEMBL's `compounds`.
  case compounds
  /// SureChEMBL's `patents`.
  case patents
  /// SureChEMBL's `patent_compound_map`.
  case links = "patent_compound_map"
  /// The Orange Book's `patent.txt`.
  case orangeBookPatents = "Orange Book patents"
  /// The Orange Book's `products.txt`.
  case orangeBookProducts = "Orange Book products"
  /// The Orange Book's `exclusivity.txt`.
  case orangeBookExclusivity = "Orange Book exclusivity"
  /// PATSTAT's `tls211_pat_publn`.
  case publications = "PATSTAT publications"
  /// PATSTAT's `tls201_appln`.
  case applications = "PATSTAT applications"
  /// PATSTAT's `tls209_appln_ipc` and `tls224_appln_cpc`.
  case applicationClasses = "PATSTAT classes"
  /// A table of documents with family, dates or classes; PatentsView's tables among them.
  case documents

  /// The layout that a header shows; nil for none of them.
  ///
  /// - Parameter chosen: columns named by the caller, which make it structures with patents.
  public init?(_ header: TableColumns, chosen: StructureColumns = StructureColumns()) {
    let has = header.has
    let isChosen = header.index(chosen.smiles) != nil && header.index(chosen.patent) != nil
    if has("applno"), has("patentno") {
      self = .orangeBookPatents
    } else if has("applno"), has("exclusivitycode") {
      self = .orangeBookExclusivity
    } else if has("applno"), has("ingredient") {
      self = .orangeBookProducts
    } else if has("patentid"), has("compoundid"), !has("smiles") {
      self = .links
    } else if isChosen || header.index(anyOf: StructureColumns.smilesNames) != nil {
      let isLinked = isChosen || header.index(anyOf: StructureColumns.patentNames) != nil
      guard isLinked || has("id") else { return nil }
      self = isLinked ? .structureRows : .compounds
    } else if has("id"), has("patentnumber") {
      self = .patents
    } else if has("applnid"), has("publnnr"), !has("docdbfamilyid") {
      self = .publications
    } else if has("applnid"), has("cpcclasssymbol") || has("ipcclasssymbol") {
      self = .applicationClasses
    } else if has("applnid"), has("docdbfamilyid") || has("earliestfilingdate"), !has("publnnr") {
      self = .applications
    } else if header.index(anyOf: DocumentColumns.numberNames) != nil || has("publnnr"),
      DocumentColumns(header).saysAnything
    {
      self = .documents
    } else {
      return nil
    }
  }
}

/// The columns of a table by their names, spelled with any case, spaces and underscores.
public struct TableColumns: Hashable, Sendable {
  /// The names as they stand in the table.
  public let names: [String]
  private let places: [String: Int]

  /// Looks at a header; of two columns of one name the first counts.
  public init(_ names: [String]) {
    self.names = names
    places = Dictionary(
      names.enumerated().map { (Self.plain($0.element), $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  static func plain(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  func has(_ name: String) -> Bool { places[name] != nil }

  func index(_ name: String?) -> Int? { name.flatMap { places[Self.plain($0)] } }

  func index(anyOf names: [String]) -> Int? { names.lazy.compactMap { places[$0] }.first }
}

/// Names of the columns of a table with a structure and a patent on each row, where they are not the
/// usual ones.
public struct StructureColumns: Codable, Hashable, Sendable {
  /// The SMILES.
  public var smiles: String?
  /// The document's number.
  public var patent: String?
  /// The publication date.
  public var date: String?
  /// The earliest filing or priority date.
  public var priority: String?
  /// The family.
  public var family: String?
  /// Who holds the patent.
  public var assignee: String?
  /// The part of the document.
  public var field: String?
  /// The compound's identifier.
  public var id: String?

  /// Creates a choice; nil finds a column by its usual names.
  public init(
    smiles: String? = nil, patent: String? = nil, date: String? = nil, priority: String? = nil,
    family: String? = nil, assignee: String? = nil, field: String? = nil, id: String? = nil
  ) {
    self.smiles = smiles
    self.patent = patent
    self.date = date
    self.priority = priority
    self.family = family
    self.assignee = assignee
    self.field = field
    self.id = id
  }

  static let smilesNames = ["smiles", "canonicalsmiles"]
  static let patentNames = [
    "patentid", "patentnumber", "publicationnumber", "patent", "document", "documentid",
  ]
  static let dateNames = ["publicationdate", "date", "pubdate"]
  static let priorityNames = ["earliestfilingdate", "prioritydate", "earliestprioritydate"]
  static let familyNames = ["familyid", "family", "docdbfamilyid"]
  static let assigneeNames = ["assignee", "applicant"]
  static let fieldNames = ["field", "fieldid"]
  static let idNames = ["schemblid", "compoundid", "id", "inchikey"]
}
