/// What a variant and a person must reach to be kept.
///
/// The shares, the exact test and the inbreeding coefficient are those of the Psychiatric Genomics
/// Consortium (Ripke et al., Nature 2014, 511, 421), the sexes PLINK 1.9's, the kinship the lower
/// bound of the second degree (Manichaikul et al., Bioinformatics 2010, 26, 2867).
public struct QualityThresholds: Hashable, Sendable {
  /// The least share of people whose genotype of a variant is known.
  public var variantCallRate = 0.95
  /// The least p of Hardy and Weinberg's proportions.
  public var hardyWeinberg = 1e-6
  /// The least share of kept variants whose genotype is known in a person.
  public var personCallRate = 0.95
  /// The largest inbreeding coefficient F on the autosomes, of either sign.
  ///
  /// Fixed rather than so many standard deviations: one person's result then depends on the others
  /// through the frequencies alone, and a cohort of several peoples has no one spread.
  public var inbreeding = 0.2
  /// F on X below which a person is called a woman, and above which a man.
  public var womanBelow = 0.2, manAbove = 0.8
  /// People more alike than this are relatives, of whom some are left out.
  public var kinship = 0.0884
  /// The least frequency of a variant that components are made of.
  public var componentFrequency = 0.01
  /// How many components are made.
  public var components = 10
  /// With more people than this the components are approximate.
  public var exactPeople = 5_000

  /// The usual thresholds.
  public init() {}
}
