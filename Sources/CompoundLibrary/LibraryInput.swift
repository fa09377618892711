import Entities
import Molecules
public import Provenance
import Records

/// One input file of a library: its name without folders, and its digest.
public struct LibraryInput: Codable, Hashable, Sendable {
  /// The file's name.
  public let name: String
  /// The digest of its bytes as they lie on disk; nil for standard input.
  public let digest: Digest?
}

/// How many records went where, since the library was begun.
public struct LibraryCounts: Codable, Hashable, Sendable {
  /// Records read from the inputs.
  public var read = 0
  /// Compounds that can be searched and screened.
  public var kept = 0
  /// Compounds that an upsert replaced.
  public var replaced = 0
  /// Compounds that were removed.
  public var removed = 0
  /// Refused records by the refusal's code.
  public var refused: [String: Int] = [:]

  mutating func count(_ refusal: Refusal) { refused[refusal.code, default: 0] += 1 }

  mutating func add(_ other: LibraryCounts) {
    read += other.read
    replaced += other.replaced
    removed += other.removed
    refused.merge(other.refused, uniquingKeysWith: +)
  }
}

/// What a library was built from; the same build again finds it there.
struct LibraryBuild: Codable, Hashable, Sendable {
  let inputs: [LibraryInput]
  /// The columns that were asked for; nil where they were found by their usual names.
  let columns: LibraryColumns?
}

/// Compounds on their way into a library: what they come from, and how much of them is safe on disk.
struct Intake: Codable, Hashable, Sendable {
  enum Verb: String, Codable, Sendable { case build, add, upsert }

  let verb: Verb
  let source: LibraryBuild
  /// The most records to read; nil for all.
  let limit: Int?
  /// The version that began it: another one may read the records otherwise.
  let madeBy: String
  /// The input being read, by its place in the list.
  var input = 0
  /// How many of its records are done.
  var records = 0
  /// How many bytes of the log of refusals belong to them.
  var refusalBytes = 0
  /// The segments that are whole.
  var segments: [LibraryManifest.SegmentEntry] = []
  var counts = LibraryCounts()

  /// Whether both are the same work, so that one can go on where the other ended.
  func isSameWork(as other: Intake) -> Bool {
    verb == other.verb && source == other.source && limit == other.limit && madeBy == other.madeBy
      // A pipe cannot be read again.
      && source.inputs.allSatisfy { $0.digest != nil }
  }
}

/// The columns a run was told to read.
struct LibraryColumns: Codable, Hashable, Sendable {
  let structure: String?
  let id: String?
  let hasHeader: Bool?

  /// Nil for columns found by their usual names.
  init?(_ columns: ColumnSelection) {
    if columns == .automatic { return nil }
    structure = columns.structure.map(Self.text)
    id = columns.id.map(Self.text)
    hasHeader = columns.hasHeader
  }

  private static func text(_ column: ColumnSelection.Column) -> String {
    switch column {
    case .named(let name): "named \(name)"
    case .position(let position): "position \(position)"
    }
  }
}
