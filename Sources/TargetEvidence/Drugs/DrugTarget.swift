public import Entities

/// A protein on which a drug acts, and how.
public struct DrugTarget: Hashable, Sendable {
  /// The drug's name in capital letters, as reports are normalised.
  public let drug: String
  /// The target's gene by HGNC's symbol.
  public let symbol: String
  /// The protein by UniProt; nil where the source names none.
  public let uniprot: String?
  /// What the source says the drug does, such as `inhibitor`.
  public let action: String
  /// Publications, as `PMID:…`.
  public let citations: [String]

  /// Describes an action.
  public init(
    drug: String, symbol: String, uniprot: String? = nil, action: String, citations: [String] = []
  ) {
    self.drug = drug.uppercased()
    self.symbol = symbol
    self.uniprot = uniprot
    self.action = action
    self.citations = citations
  }

  // The words of ChEMBL, DrugCentral and DrugBank that say in which direction. A partial agonist
  // lowers what a full one would do and raises what none does: it has no direction of its own.
  private static let lowering: Set<String> = [
    "inhibitor", "antagonist", "blocker", "negative allosteric modulator", "negative modulator",
    "allosteric antagonist", "inverse agonist", "inhibitor, competitive", "suppressor",
    "neutralizer", "inhibitory allosteric modulator", "antisense inhibitor", "degrader",
  ]
  private static let raising: Set<String> = [
    "agonist", "positive allosteric modulator", "positive modulator", "opener", "activator",
    "potentiator", "stimulator", "inducer",
  ]

  /// Which way the drug moves the target; unknown where the words name no direction, or both.
  public var modulation: Modulation {
    let words = action.split(separator: "|").map { $0.lowercased() }
    let (lowers, raises) = (
      words.contains { Self.lowering.contains($0) }, words.contains { Self.raising.contains($0) }
    )
    if lowers == raises { return .unknown }
    return lowers ? .inhibit : .activate
  }

  /// The direction as of a change of the gene that would do the same.
  var direction: DirectionOnTarget {
    switch modulation {
    case .inhibit: .lossOfFunction
    case .activate: .gainOfFunction
    case .unknown: .unknown
    }
  }
}
