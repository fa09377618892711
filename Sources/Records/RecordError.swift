/// Why a file cannot be used as a whole, or cannot be read any further.
public enum RecordError: Error, Hashable, Sendable {
  /// What a column is for.
  public enum ColumnRole: String, Hashable, Sendable {
    /// The SMILES.
    case structure
    /// The identifier.
    case id
    /// The chain of a protein.
    case sequence
  }

  /// There is no such file.
  case notFound(source: String)
  /// The system refuses to open or read it; the text is the system's reason.
  case unreadable(source: String, reason: String)
  /// It holds nothing but white space.
  case empty(source: String)
  /// It holds a header and no record.
  case onlyHeader(source: String)
  /// The first row cannot be a header.
  case unreadableHeader(source: String, reason: String)
  /// No column has one of the usual names of a SMILES column.
  case noStructureColumn(source: String, found: [String])
  /// No column has the name or place asked for.
  case noSuchColumn(source: String, role: ColumnRole, wanted: String, found: [String])
  /// Several columns have the name asked for.
  case ambiguousColumn(source: String, wanted: String)
  /// Its name ends in `.gz` and it is not gzip.
  case notGzip(source: String)
  /// Its gzip data end too early; `bytes` were unpacked before that.
  case truncatedGzip(source: String, bytes: Int)
  /// Its gzip data are damaged; `bytes` were unpacked before that.
  case corruptGzip(source: String, bytes: Int, reason: String)
  /// Its text is UTF-16, or it is no text at all.
  case notUTF8(source: String, looksLike: String)
  /// A table was asked for, and the format has no columns.
  case notATable(source: String)
}

extension RecordError: CustomStringConvertible {
  /// The reason in one line, with what to do where that is known.
  public var description: String {
    switch self {
    case .notFound(let source): "\(source): no such file"
    case .unreadable(let source, let reason): "\(source): cannot be read: \(reason)"
    case .empty(let source): "\(source): the file is empty"
    case .onlyHeader(let source): "\(source): the file has a header and no record"
    case .unreadableHeader(let source, let reason):
      "\(source): the first row is no header: \(reason)"
    case .noStructureColumn(let source, let found):
      "\(source): no column smiles, SMILES, Smiles, canonical_smiles or Drug among"
        + " \(Self.list(found)); name the SMILES column by option"
    case .noSuchColumn(let source, let role, let wanted, let found):
      "\(source): no column \(wanted.onOneLine) for the \(role.rawValue) among"
        + " \(Self.list(found)); name another by option"
    case .ambiguousColumn(let source, let wanted):
      "\(source): several columns are named \(wanted.onOneLine); give the column's place by option"
    case .notGzip(let source): "\(source): the name ends in .gz, the content is not gzip"
    case .truncatedGzip(let source, let bytes):
      "\(source): the gzip data end too early, after \(bytes) unpacked bytes"
    case .corruptGzip(let source, let bytes, let reason):
      "\(source): the gzip data are damaged after \(bytes) unpacked bytes: \(reason)"
    case .notUTF8(let source, let looksLike):
      "\(source): looks like \(looksLike), not like UTF-8 text"
    case .notATable(let source): "\(source): the format has no columns; give a csv or tsv file"
    }
  }

  /// Column names for a message: at most 12, each shortened, on one line.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { name in
      name.trimmed.isEmpty ? "(unnamed)" : String(name.trimmed.onOneLine.prefix(40))
    }
    let rest = names.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
