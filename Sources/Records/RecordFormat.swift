/// How records are written in a file.
public enum RecordFormat: String, CaseIterable, Codable, Hashable, Sendable {
  /// One SMILES a line, then white space and an identifier.
  case smiles = "smi"
  /// Comma-separated values, RFC 4180.
  case csv
  /// Tab-separated values, with the quoting of RFC 4180.
  case tsv
  /// MDL structure-data file, records closed by `$$$$`.
  case sdf

  /// The format that the ending of `path` names, or nil; an ending `.gz` is looked through.
  public init?(path: String) {
    var parts = path.split(separator: "/").last?.split(separator: ".").map { $0.lowercased() } ?? []
    if parts.last == "gz" { parts.removeLast() }
    guard parts.count > 1, let ending = parts.last else { return nil }
    switch ending {
    case "smi", "smiles", "ism", "can": self = .smiles
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "sdf", "sd", "mol", "mdl": self = .sdf
    default: return nil
    }
  }

  /// The byte between two fields, nil where fields are not delimited.
  var delimiter: UInt8? {
    switch self {
    case .csv: ASCII.comma
    case .tsv: ASCII.tab
    case .smiles, .sdf: nil
    }
  }
}
