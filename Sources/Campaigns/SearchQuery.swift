public import Entities
public import Fingerprints

/// What a search looks for: a fingerprint, with the structure it was made from where there was one.
public struct SearchQuery: Hashable, Sendable {
  /// Its identifier.
  public let id: String
  /// The standardised canonical SMILES; empty for a bare fingerprint.
  public let smiles: String
  /// The fingerprint, of the library's kind.
  public let fingerprint: Fingerprint
}

/// A query at its place in the input, or why it cannot be used.
public enum ReadQuery: Hashable, Sendable {
  /// A query.
  case query(SearchQuery)
  /// A record that is none.
  case refused(RefusedRecord)
}

extension ReadQuery {
  /// The query, nil for a refused record.
  public var query: SearchQuery? {
    if case .query(let query) = self { query } else { nil }
  }
}
