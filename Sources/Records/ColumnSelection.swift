/// Which columns hold the structure and the identifier.
public struct ColumnSelection: Hashable, Sendable {
  /// One column, by its name or by its place.
  public enum Column: Hashable, Sendable {
    /// By the name in the header: the exact name, else the only one that differs in case alone.
    case named(String)
    /// By its place, counted from 1.
    case position(Int)
  }

  /// The SMILES column; nil looks for `smiles`, `canonical_smiles`, `Drug`.
  ///
  /// `smiles` and `canonical_smiles` are found in any case, `Drug` only as written, because `drug`
  /// is a column of names in many tables.
  public var structure: Column?

  /// The identifier's column; nil looks for `id`, `name`, `Drug_ID`, `molecule_chembl_id`.
  ///
  /// The names are tried in that order, each exactly and then in any case. In an SDF it names a
  /// property; without it the title line is the identifier.
  public var id: Column?

  /// Whether the first row names the columns; nil decides by the format.
  ///
  /// A table has a header unless told otherwise; a SMILES file has one when its first line begins
  /// with a column name such as `smiles`.
  public var hasHeader: Bool?

  /// Creates a selection.
  public init(structure: Column? = nil, id: Column? = nil, hasHeader: Bool? = nil) {
    self.structure = structure
    self.id = id
    self.hasHeader = hasHeader
  }

  /// Columns found by their usual names.
  public static let automatic = ColumnSelection()
}

extension ColumnSelection {
  private static let structureNames = ["smiles", "canonical_smiles", "Drug"]
  private static let structureNamesInAnyCase = ["smiles", "canonical_smiles"]
  private static let idNames = ["id", "name", "Drug_ID", "molecule_chembl_id"]

  /// The index of the structure's column in `header`.
  func structureIndex(in header: [String], of source: String) throws(RecordError) -> Int {
    if let structure {
      return try Self.index(of: structure, in: header, option: .structure, source)
    }
    if let found = Self.index(ofAny: Self.structureNames, in: header)
      ?? Self.index(ofAny: Self.structureNamesInAnyCase, inAnyCase: header)
    {
      return found
    }
    throw .noStructureColumn(source: source, found: header)
  }

  /// The index of the identifier's column in `header`, nil when none was asked for and none found.
  public func idIndex(in header: [String], of source: String) throws(RecordError) -> Int? {
    if let id { return try Self.index(of: id, in: header, option: .id, source) }
    return Self.index(ofAny: Self.idNames, in: header)
      ?? Self.index(ofAny: Self.idNames, inAnyCase: header)
  }

  /// Whether `name` is a usual name of a structure column.
  static func isStructureName(_ name: String) -> Bool {
    structureNames.contains(name) || structureNamesInAnyCase.contains(name.lowercased())
  }

  private static func index(
    of column: Column, in header: [String], option: RecordError.ColumnRole, _ source: String
  ) throws(RecordError) -> Int {
    switch column {
    case .position(let place):
      guard header.indices.contains(place - 1) else {
        throw .noSuchColumn(source: source, role: option, wanted: "\(place)", found: header)
      }
      return place - 1
    case .named(let name):
      let exact = header.indices.filter { header[$0].trimmed == name }
      let matches =
        exact.isEmpty
        ? header.indices.filter { header[$0].trimmed.lowercased() == name.lowercased() } : exact
      guard let only = matches.first, matches.count == 1 else {
        throw matches.isEmpty
          ? .noSuchColumn(source: source, role: option, wanted: name, found: header)
          : .ambiguousColumn(source: source, wanted: name)
      }
      return only
    }
  }

  private static func index(ofAny names: [String], in header: [String]) -> Int? {
    names.lazy.compactMap { name in header.firstIndex { $0.trimmed == name } }.first
  }

  private static func index(ofAny names: [String], inAnyCase header: [String]) -> Int? {
    let lowered = header.map { $0.trimmed.lowercased() }
    return names.lazy.compactMap { lowered.firstIndex(of: $0.lowercased()) }.first
  }
}
