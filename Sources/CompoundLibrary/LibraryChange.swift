public import Entities

/// What an edit did to a library.
public struct LibraryChange: Hashable, Sendable {
  /// Records read from the inputs.
  public var read = 0
  /// New compounds that count now, those that replaced another included.
  public var added = 0
  /// Compounds that a new one replaced.
  public var replaced = 0
  /// Records of an upsert that the library held already, name and structure.
  public var unchanged = 0
  /// Compounds that were removed.
  public var removed = 0
  /// Refused records by the refusal's code; each stands in `refused.csv`.
  public var refused: [String: Int] = [:]
  /// Identifiers that could not be removed, and why.
  public var notRemoved: [RefusedRecord] = []
  /// Compounds in the library now.
  public var kept = 0

  init(kept: Int) { self.kept = kept }

  init(_ counts: LibraryCounts, added: Int, kept: Int) {
    read = counts.read
    self.added = added
    replaced = counts.replaced
    refused = counts.refused
    self.kept = kept
  }
}
