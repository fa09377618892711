public import Provenance

/// Why a compound library cannot be read or written.
public enum LibraryError: Error, Hashable, Sendable {
  /// There is no library at the path.
  case notFound(path: String)
  /// The path holds something that is not a library, and will not be overwritten.
  case notALibrary(path: String)
  /// A newer version of the program wrote the library.
  case newerFormat(found: Int, known: Int)
  /// An older version of the program wrote the library, in a format that is no longer read.
  case olderFormat(found: Int, known: Int)
  /// The library's build was interrupted; running the same build again goes on.
  case unfinished(path: String)
  /// A file is damaged.
  case damaged(file: String, reason: String)
  /// A finished library is there, and was built from other inputs, with other options, or edited.
  case differs(path: String)
  /// Another process is writing the library; nil when it left no note of itself.
  case locked(path: String, by: LockHolder?)
  /// Nothing in the inputs could be used.
  case noCompounds

  /// A file whose bytes are not those that were written.
  static func changed(_ file: String) -> LibraryError {
    .damaged(file: file, reason: "its digest is not the one noted at its writing")
  }

  static func checkFormat(_ found: Int, known: Int) throws(LibraryError) {
    if found > known { throw .newerFormat(found: found, known: known) }
    if found < known { throw .olderFormat(found: found, known: known) }
  }
}

extension LibraryError: CustomStringConvertible {
  /// One line for a reader, with what to do.
  public var description: String {
    switch self {
    case .notFound(let path): "no library at \(path)"
    case .notALibrary(let path): "\(path) exists and is not a compound library; it is left alone"
    case .newerFormat(let found, let known):
      "the library has format \(found), this program reads up to \(known): use a newer osong"
    case .olderFormat(let found, let known):
      "the library has format \(found), this program reads \(known): build the library again"
    case .unfinished(let path):
      "\(path) is unfinished: run the same `osong library build` again, it goes on"
    case .damaged(let file, let reason): "\(file) is damaged: \(reason); build the library again"
    case .differs(let path):
      "\(path) was built from other inputs or options, or edited since;"
        + " remove it or choose another name"
    case .locked(let path, let holder):
      "\(path) is being written by \(holder.map { "\($0)" } ?? "another process")"
    case .noCompounds: "no compound could be used; refused.csv in the library says why"
    }
  }
}
