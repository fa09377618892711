public import Entities

/// What the cases of a disease say about a gene: how many unrelated ones, and by which mode.
public struct RareDiseaseGene: Hashable, Sendable {
  /// How changes bring the disease.
  public enum Mode: String, Codable, Sendable {
    /// At least half of the families have a change that certainly shortens the product.
    case truncating
    /// Both copies are changed in at least half of the families: a recessive disease, in which the
    /// function is missing (Gerasimavicius et al., Nat. Commun. 2022).
    case biallelic
    /// One copy with altered residues: gain, loss or a poisoned complex; the names cannot tell.
    case altered
    /// Neither prevails.
    case mixed

    /// What the mode by itself says of the product.
    public var direction: DirectionOnTarget {
      self == .truncating || self == .biallelic ? .lossOfFunction : .unknown
    }
  }

  /// The gene.
  public let gene: String
  /// The disease's identifier and name.
  public let disease: String, diseaseName: String
  /// People.
  public let cases: Int
  /// Families: people of one publication with the same changes count as one, since they may be kin.
  public let families: Int
  /// Families by the class of their most damaging change.
  public let classes: [VariantClass: Int]
  /// Families whose copies are both changed.
  public let biallelicFamilies: Int
  /// Changes seen in more than one publication.
  public let recurrent: [String]
  /// The changes with the number of families, most frequent first.
  public let changes: [(name: String, families: Int)]
  /// The publications.
  public let publications: [String]
  /// How alike the signs of unrelated cases are; nil without signs.
  public let coherence: PhenotypeCoherence?

  /// The mode by which changes bring the disease.
  public var mode: Mode {
    if biallelicFamilies * 2 >= families { return .biallelic }
    let truncating = classes.filter(\.key.isTruncating).values.reduce(0, +)
    if truncating * 2 >= families { return .truncating }
    let residues = (classes[.substitution] ?? 0) + (classes[.inFrame] ?? 0)
    return residues * 10 >= families * 8 ? .altered : .mixed
  }

  /// Points in the manner of ClinGen's framework for genetic evidence, at most 12.
  ///
  /// 1.5 for a family
  /// with a certainly truncating change; for others 0.5 where the same change came back in another
  /// publication or a function was shown, else 0.1 (Strande et al., Am. J. Hum. Genet. 2017, and the
  /// framework's version 9).
  public func points(hasFunction: Bool) -> Double {
    let truncating = classes.filter(\.key.isTruncating).values.reduce(0, +)
    let again = Set(recurrent)
    let repeated = changes.filter { again.contains($0.name) }.reduce(0) { $0 + $1.families }
    let others = max(0, families - truncating)
    let supported = hasFunction ? others : min(others, repeated)
    let sum = 1.5 * Double(truncating) + 0.5 * Double(supported) + 0.1 * Double(others - supported)
    return min(12, sum)
  }

  /// Two findings are equal when they are of the same gene and disease and count the same.
  public static func == (one: RareDiseaseGene, other: RareDiseaseGene) -> Bool {
    one.gene == other.gene && one.disease == other.disease && one.families == other.families
      && one.classes == other.classes
  }

  /// Feeds what equality looks at.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(gene)
    hasher.combine(disease)
    hasher.combine(families)
  }
}
