import Foundation
import GRDB
public import Provenance
public import Records

/// Why the store cannot be used, or a question to it has no answer.
public enum BioactivityError: Error, Hashable, Sendable {
  /// There is no such store.
  case missing(path: String)
  /// The file is no store, or its pages are damaged.
  case damaged(path: String, detail: String)
  /// A newer version has written it.
  case newer(path: String)
  /// The database refused: disk full, read-only, locked.
  case unavailable(String)
  /// A table lacks a column that the format needs.
  case noColumn(String, source: String, found: [String])
  /// A source cannot be opened, or cannot be read any further.
  case unreadable(Records.RecordError)
  /// The file system refuses a source.
  case file(FileError)
  /// A source was imported before, in another way.
  case otherFormat(source: String)
  /// Two imports of one source run at once.
  case twice(source: String)
  /// A pipe has no digest by which its rows would be known again.
  case noFile(source: String)
  /// What should be an accession or a symbol is none that the store knows.
  case unknownTarget(String)
  /// A symbol is that of several proteins with activities.
  case ambiguousTarget(String, accessions: [String])
}

extension BioactivityError: CustomStringConvertible {
  /// A sentence for the user.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such store; `osong activities import` makes one"
    case .damaged(let path, let detail): "\(path) is no store of activities, or damaged (\(detail))"
    case .newer(let path): "\(path) was written by a newer version; use that version"
    case .unavailable(let detail): "the store cannot be used: \(detail)"
    case .noColumn(let name, let source, let found):
      "\(source): no column \(name) among \(found.prefix(20).joined(separator: ", "))"
    case .unreadable(let error): error.description
    case .file(let error): error.description
    case .otherFormat(let source):
      "\(source) was imported before with another format or other columns; its rows stay as they are"
    case .twice(let source): "another import of \(source) is running; let it end"
    case .noFile(let source):
      "\(source) cannot be imported: only a file has a digest that keeps rows from counting twice"
    case .unknownTarget(let name):
      "no activities of a target \(name); `osong activities targets` lists what is there"
    case .ambiguousTarget(let name, let accessions):
      "\(name) names several proteins: \(accessions.joined(separator: ", ")); give one of them"
    }
  }

  init(_ error: any Error, path: String) {
    switch error {
    case let error as BioactivityError: self = error
    case let error as Records.RecordError: self = .unreadable(error)
    case let error as FileError: self = .file(error)
    case let error as DatabaseError:
      let detail = error.message ?? "\(error.resultCode)"
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, detail: detail)
      default: self = .unavailable("\(path): \(detail)")
      }
    default: self = .unavailable("\(path): \(error)")
    }
  }
}
