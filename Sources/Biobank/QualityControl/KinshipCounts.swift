/// What two people's genotypes have in common, and the kinship that follows from it.
public struct KinshipCounts: Hashable, Sendable {
  /// Variants where both are heterozygous, and where both are homozygous in different alleles.
  public var bothHeterozygous = 0, opposite = 0
  /// Variants where the first is heterozygous and the second homozygous, and the other way round.
  public var firstHeterozygous = 0, secondHeterozygous = 0
  /// Variants where both are homozygous.
  public var bothHomozygous = 0

  /// Variants that are known in both.
  public var known: Int {
    bothHeterozygous + firstHeterozygous + secondHeterozygous + bothHomozygous
  }

  /// KING's robust estimate between families.
  ///
  /// Manichaikul et al., Bioinformatics 2010, 26, 2867, equation 11: ½ − (4 · opposite +
  /// heterozygous in one alone) / (4 · heterozygous in the person who has fewer), all over variants
  /// known in both, as plink2's `--make-king-table`; nil where one person is nowhere heterozygous.
  public var kinship: Double? {
    let fewer = bothHeterozygous + min(firstHeterozygous, secondHeterozygous)
    guard fewer > 0 else { return nil }
    let differences = 4 * opposite + firstHeterozygous + secondHeterozygous
    return 0.5 - Double(differences) / Double(4 * fewer)
  }

  mutating func add(_ other: KinshipCounts) {
    bothHeterozygous += other.bothHeterozygous
    opposite += other.opposite
    firstHeterozygous += other.firstHeterozygous
    secondHeterozygous += other.secondHeterozygous
    bothHomozygous += other.bothHomozygous
  }
}

/// How near two people are, by the powers of ½ between the degrees.
public enum Relationship: String, CaseIterable, Hashable, Sendable {
  /// The same person twice, or twins of one egg: above 2⁻¹·⁵.
  case same
  /// Parent and child, or full siblings: above 2⁻²·⁵.
  case firstDegree = "first degree"
  /// Above 2⁻³·⁵.
  case secondDegree = "second degree"
  /// Above 2⁻⁴·⁵.
  case thirdDegree = "third degree"

  /// The least kinship of a relationship that is told.
  public static let least = 0.0442

  /// The relationship of a kinship; nil for people who are no relatives.
  public init?(kinship: Double) {
    switch kinship {
    case _ where kinship > 0.354: self = .same
    case _ where kinship > 0.177: self = .firstDegree
    case _ where kinship > 0.0884: self = .secondDegree
    case _ where kinship > Self.least: self = .thirdDegree
    default: return nil
    }
  }
}

/// Two people and how near they are.
public struct KinshipPair: Hashable, Sendable {
  /// Rows of the people in the file; the first stands before the second.
  public let first: Int, second: Int
  /// What was counted.
  public let counts: KinshipCounts
  /// The kinship.
  public let kinship: Double
}
