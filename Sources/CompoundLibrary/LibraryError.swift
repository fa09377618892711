/// Why a compound library cannot be read or written.
public enum LibraryError: Error, Hashable, Sendable {
  /// There is no library at the path.
  case notFound(path: String)
  /// The path holds something that is not a library, and will not be overwritten.
  case notALibrary(path: String)
  /// A newer version of the program wrote the library.
  case newerFormat(found: Int, known: Int)
  /// The library's build was interrupted; running the same build again goes on.
  case unfinished(path: String)
  /// A file is damaged.
  case damaged(file: String, reason: String)
  /// A finished library is there, and was built from other inputs or with other options.
  case differs(path: String)
  /// Another process is writing the library.
  case locked(path: String)
  /// Nothing in the inputs could be used.
  case noCompounds
}

extension LibraryError: CustomStringConvertible {
  /// One line for a reader, with what to do.
  public var description: String {
    switch self {
    case .notFound(let path): "no library at \(path)"
    case .notALibrary(let path): "\(path) exists and is not a compound library; it is left alone"
    case .newerFormat(let found, let known):
      "the library has format \(found), this program reads up to \(known): use a newer osong"
    case .unfinished(let path):
      "\(path) is unfinished: run the same `osong library build` again, it goes on"
    case .damaged(let file, let reason): "\(file) is damaged: \(reason); build the library again"
    case .differs(let path):
      "\(path) was built from other inputs or options; remove it or choose another name"
    case .locked(let path): "another process is writing \(path)"
    case .noCompounds: "no compound could be used; refused.csv in the library says why"
    }
  }
}
