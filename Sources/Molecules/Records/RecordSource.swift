/// Where records come from.
public enum RecordSource: Hashable, Sendable {
  /// A file, plain or gzip, by its path.
  case file(String)
  /// The process's standard input, plain or gzip.
  case standardInput
  /// Bytes already in memory, plain or gzip.
  case bytes([UInt8])

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
    }
  }
}
