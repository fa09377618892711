/// What the store holds of one protein.
public struct TargetSummary: Codable, Hashable, Sendable {
  /// Its accession in UniProt.
  public let uniprot: String
  /// The approved symbol of its human gene; nil where it is not human, or no genes were imported.
  public let gene: String?
  /// Its name, as HGNC or else the source gives it.
  public let name: String
  /// How many measurements there are of each endpoint.
  public let counts: [ActivityEndpoint: Int]
  /// How many different compounds were measured, by the key of their InChI.
  public let compounds: Int

  /// How many measurements there are.
  public var measurements: Int { counts.values.reduce(0, +) }
}

/// Which targets are asked for.
public struct TargetQuery: Hashable, Sendable {
  /// A gene's symbol: the approved one, else an earlier one, else an alias, in any case.
  public var gene: String?
  /// An accession.
  public var uniprot: String?
  /// The fewest compounds that must have been measured.
  public var atLeast: Int

  /// Asks for targets; without a name for all.
  public init(gene: String? = nil, uniprot: String? = nil, atLeast: Int = 1) {
    self.gene = gene
    self.uniprot = uniprot
    self.atLeast = atLeast
  }
}
