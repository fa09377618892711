import Entities
public import Records

/// Documents, or families of them, with their classes and their year.
public struct ClassCorpus: Sendable {
  /// How much of a symbol is kept.
  public enum Depth: String, CaseIterable, Hashable, Sendable {
    /// `C12N`.
    case subclass
    /// `C12N15`.
    case mainGroup = "main-group"
    /// `C12N15/113`.
    case group
  }

  /// One unit that is counted once.
  public struct Document: Hashable, Sendable {
    /// Its identifier, its earliest year, and the places of its classes in ascending order.
    public let id: String, year: Int?, classes: [Int]
  }

  /// The classes in ascending order.
  public let classes: [String]
  /// The documents, in the order of their identifiers.
  public let documents: [Document]
  /// What became of the rows.
  public let rows: OutlookRows

  /// Columns by name; nil for the usual names.
  public struct Columns: Hashable, Sendable {
    /// The unit (a family where there is one), its class or classes, and its year or date.
    public var id: String?, symbol: String?, year: String?

    /// Names columns.
    public init(id: String? = nil, symbol: String? = nil, year: String? = nil) {
      self.id = id
      self.symbol = symbol
      self.year = year
    }
  }

  /// Reads a table with a document's class, or several separated by `;` or `|`, on each row.
  ///
  /// Rows of one document add up, and its earliest year counts. Memory is documents and their classes.
  public init(
    _ source: RecordSource, columns: Columns = Columns(), depth: Depth = .subclass
  ) throws {
    let table = try OutlookTable(
      source,
      [
        .init(
          columns.id,
          or: ["family", "family_id", "docdb_family_id", "id", "patent", "patent_id", "lens.id"]),
        .init(columns.symbol, or: ["cpc", "ipc", "class", "classes", "cpc_group", "symbol"]),
        .init(
          columns.year,
          or: ["year", "priority_year", "priority_date", "earliest_filing_date", "date"],
          isNeeded: false),
      ])
    var found: [String: (year: Int?, symbols: Set<String>)] = [:]
    var rows = OutlookRows()
    try table.read(into: &rows) { fields in
      if fields[0].isEmpty { return .missingValue(column: "id") }
      var symbols: Set<String> = []
      for part in fields[1].split(whereSeparator: { $0 == ";" || $0 == "|" }) {
        if let symbol = ClassificationSymbol(String(part)) { symbols.insert(symbol.text(depth)) }
      }
      if symbols.isEmpty { return .missingValue(column: "class") }
      let year = OutlookTable.year(fields[2])
      if year == nil, !fields[2].isEmpty {
        return .notANumber(column: "year", text: String(fields[2].prefix(40)))
      }
      var known = found[fields[0]] ?? (nil, [])
      known.symbols.formUnion(symbols)
      known.year = [known.year, year].compactMap { $0 }.min()
      found[fields[0]] = known
      return nil
    }
    guard !found.isEmpty else {
      throw OutlookError("\(source.name) has no row with a document and a class")
    }
    self.init(found.map { ($0.key, $0.value.year, $0.value.symbols) }, rows: rows)
  }

  /// Takes documents, in any order.
  public init(
    _ documents: [(id: String, year: Int?, classes: Set<String>)],
    rows: OutlookRows = OutlookRows()
  ) {
    classes = Set(documents.flatMap(\.classes)).sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    self.documents = documents.map { one in
      Document(id: one.id, year: one.year, classes: one.classes.compactMap { places[$0] }.sorted())
    }.sorted { $0.id < $1.id }
    self.rows = rows
  }
}

extension ClassificationSymbol {
  /// The symbol to a depth.
  func text(_ depth: ClassCorpus.Depth) -> String {
    switch depth {
    case .subclass: subclass
    case .mainGroup: mainGroup.map { "\(subclass)\($0)" } ?? subclass
    case .group: description
    }
  }
}
