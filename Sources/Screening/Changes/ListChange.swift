/// A compound that entered, left or moved in the list of hits, with what made it so.
public struct ListChange: Hashable, Codable, Sendable {
  /// What happened to it.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case entered, left, moved
  }

  /// What happened.
  public let kind: Kind
  /// The identifier in the library.
  public let id: String
  /// The structure as it is stored now, or was where it is gone.
  public let smiles: String
  /// The places among the compounds that pass, from 1; nil where a list was not followed so far down.
  public let placeBefore, placeAfter: Int?
  /// The predicted values, in the endpoint's unit; nil where the compound was not in the library.
  public let valueBefore, valueAfter: Double?
  /// How many places each factor moved it up (positive) or down; together the whole change.
  public let parts: [String: Double]
  /// The factor that did most in the direction of the change.
  public let cause: ChangeFactor
  /// The cause in words.
  public let why: String

  /// How many places it moved up, counted as in ``parts``.
  public var gain: Double { ChangeFactor.allCases.reduce(0) { $0 + (parts[$1.rawValue] ?? 0) } }
}

/// A compound as it was and as it is; nil where the library did not or does not have it.
public struct CompoundFacts: Hashable, Sendable {
  /// Its structure and predicted value then.
  public let before: RankedList.Entry?
  /// Its structure and predicted value now.
  public let after: RankedList.Entry?

  /// Creates the facts.
  public init(before: RankedList.Entry?, after: RankedList.Entry?) {
    self.before = before
    self.after = after
  }
}
