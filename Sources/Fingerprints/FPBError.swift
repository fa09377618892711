/// What is wrong with an FPB file, or with what was to be written to one.
public enum FPBError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first eight bytes are not those of version 1.
  case notFPB
  /// A chunk says it is longer than what is left of the file, or the file ends before `FEND`.
  case truncated(at: Int)
  /// A chunk that must be there is not.
  case missing(chunk: String)
  /// A chunk that may be there once is there twice.
  case repeated(chunk: String)
  /// The contents of a chunk contradict themselves or another chunk.
  case damaged(chunk: String, why: String)
  /// A row whose fingerprint has a bit past the width, or whose id cannot be read.
  case row(Int, why: String)
  /// The file could not be mapped.
  case unreadable(MappingError)

  /// The fault in one sentence.
  public var description: String {
    switch self {
    case .notFPB: "an FPB file of version 1 starts with FPB1"
    case .truncated(let place): "the file ends inside the chunk at byte \(place): it was cut"
    case .missing(let chunk): "the chunk \(chunk) is missing"
    case .repeated(let chunk): "the chunk \(chunk) is there twice"
    case .damaged(let chunk, let why): "the chunk \(chunk) is damaged: \(why)"
    case .row(let row, let why): "row \(row): \(why)"
    case .unreadable(let error): error.description
    }
  }
}
