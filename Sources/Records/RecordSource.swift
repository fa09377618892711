/// Where records come from.
public enum RecordSource: Hashable, Sendable {
  /// A file, plain or gzip, by its path.
  case file(String)
  /// The process's standard input, plain or gzip.
  case standardInput
  /// Bytes already in memory, plain or gzip.
  case bytes([UInt8])
  /// Bytes that somebody else hands out, such as a database.
  case pieces(RecordPieces)

  /// The source a command-line argument names: `-` is standard input, anything else a file.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(argument)
  }

  /// The source's name in messages.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    case .bytes: "the given bytes"
    case .pieces(let pieces): pieces.name
    }
  }

  /// The file's name without its folder; for other sources the name in messages.
  public var fileName: String {
    guard case .file(let path) = self else { return name }
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The file's name without its endings: the best name for records that have none.
  public var stem: String {
    fileName.split(separator: ".").first.map(String.init) ?? fileName
  }
}
