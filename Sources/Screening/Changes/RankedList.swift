/// What a screen would name, and further down than it names: the ground of a comparison.
public struct RankedList: Hashable, Sendable {
  /// A compound that passes the filters.
  public struct Entry: Hashable, Codable, Sendable {
    /// The identifier in the library.
    public let id: String
    /// The standardised structure, canonical SMILES.
    public let smiles: String
    /// The predicted value, in the endpoint's unit.
    public let value: Double

    /// Creates an entry.
    public init(id: String, smiles: String, value: Double) {
      self.id = id
      self.smiles = smiles
      self.value = value
    }
  }

  /// The compounds, best first.
  public let entries: [Entry]
  /// Why compounds that stood as high were left out, by identifier.
  public private(set) var refused: [String: String]
  private let places: [String: Int]

  /// Creates a list.
  public init(entries: [Entry], refused: [String: String]) {
    self.entries = entries
    self.refused = refused
    places = Dictionary(
      entries.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })
  }

  /// Gives a reason for those of some compounds that stand nowhere in the list and have none.
  public mutating func refuse(_ ids: some Sequence<String>, _ reason: String) {
    for id in ids where places[id] == nil && refused[id] == nil { refused[id] = reason }
  }

  /// The place of a compound, from 1; nil where the list does not reach it.
  public func place(of id: String) -> Int? { places[id] }
}
