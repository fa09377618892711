/// One person with a rare disease and the changes held to have caused it.
public struct RareCase: Hashable, Sendable {
  /// A change in a gene.
  public struct Change: Hashable, Sendable {
    /// The gene by HGNC.
    public let gene: String
    /// The change by HGVS, or its place in the genome.
    public let name: String
    /// What it does; nil where the name cannot be read.
    public let variantClass: VariantClass?
    /// Whether it is on both chromosomes.
    public let isHomozygous: Bool
  }

  /// The person.
  public let id: String
  /// The disease's identifier and name.
  public let disease: String, diseaseName: String
  /// The publication.
  public let publication: String
  /// The changes.
  public var changes: [Change] = []
  /// The signs that were seen, as terms of the Human Phenotype Ontology.
  public var signs: Set<String> = []
}
