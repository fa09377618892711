/// Why a patent index cannot be built or opened.
public enum PatentError: Error, Hashable, Sendable {
  /// There is no index at the path.
  case notFound(path: String)
  /// A file of an index is damaged.
  case damaged(file: String, reason: String)
  /// A newer version of the program wrote the index.
  case newerFormat(found: Int, known: Int)
  /// The columns of a table say nothing that is understood.
  case unknownLayout(source: String, columns: [String])
  /// A file is in a format that is not read.
  case unsupported(source: String, format: String)
  /// No input holds a structure that stands in a document.
  case noLinks
  /// The inputs have a table of one kind without the one it needs.
  case missingTable(has: String, needs: String)
}

extension PatentError: CustomStringConvertible {
  /// One line for a reader, with what to do.
  public var description: String {
    switch self {
    case .notFound(let path): "no patent index at \(path): build one with `osong patents build`"
    case .damaged(let file, let reason):
      "\(file) is damaged: \(reason); build the patent index again"
    case .newerFormat(let found, let known):
      "the index has format \(found), this program reads up to \(known): use a newer osong"
    case .unknownLayout(let source, let columns):
      "\(source): no known table of patents has the columns "
        + columns.prefix(8).map { String($0.prefix(40)) }.joined(separator: ", ")
        + "; name the columns by option"
    case .unsupported(let source, let format):
      "\(source): \(format) is not read; write it as CSV or TSV first"
    case .noLinks: "no structure stands in a document in these inputs; refused.csv says why"
    case .missingTable(let has, let needs): "the inputs hold \(has) and no \(needs)"
    }
  }
}
