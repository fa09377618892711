/// How well a person was measured.
public struct PersonQuality: Hashable, Sendable {
  /// Homozygous genotypes against those that the frequencies let expect.
  public struct Homozygosity: Hashable, Sendable {
    /// Genotypes that are known, and the homozygous ones among them.
    public var known = 0, observed = 0
    /// Homozygous ones under random mating.
    public var expected = 0.0

    /// The inbreeding coefficient F = (observed − expected) / (known − expected).
    ///
    /// The estimate by moments of PLINK's `--het`; nil where nothing varies.
    public var coefficient: Double? {
      let left = Double(known) - expected
      return left > 1e-9 ? (Double(observed) - expected) / left : nil
    }
  }

  /// What X says of a person's sex, held against what was told.
  public enum Sex: String, CaseIterable, Hashable, Sendable {
    /// X says what was told.
    case agrees
    /// X says the other one.
    case differs
    /// X is between a man's and a woman's.
    case unclear
    /// None was told, or no X was measured.
    case unknown
  }

  /// Why a person is left out.
  public enum Objection: String, CaseIterable, Hashable, Sendable {
    /// Too few genotypes are known.
    case callRate = "call rate"
    /// Too many or too few homozygous genotypes: a bad or a mixed sample.
    case heterozygosity
    /// The sex told is not the genes': a mixed-up sample.
    case sex
    /// A relative is kept.
    case related
  }

  /// Variants that the person should have, and those that are known.
  public internal(set) var offered = 0, called = 0
  /// Homozygosity on the autosomes and on X.
  public internal(set) var autosomes = Homozygosity(), x = Homozygosity()
  /// What stands against the person.
  public internal(set) var objections: [Objection] = []

  /// The share of kept variants whose genotype is known.
  public var callRate: Double { offered == 0 ? 0 : Double(called) / Double(offered) }

  /// Whether the person passes.
  public var isKept: Bool { objections.isEmpty }

  /// What X says of a sex that was told (1 a man, 2 a woman).
  public func sex(told: Int, _ thresholds: QualityThresholds) -> Sex {
    guard let coefficient = x.coefficient, told == 1 || told == 2 else { return .unknown }
    if coefficient > thresholds.manAbove { return told == 1 ? .agrees : .differs }
    if coefficient < thresholds.womanBelow { return told == 2 ? .agrees : .differs }
    return .unclear
  }

  /// Sets down what stands against the person alone, relatives apart.
  mutating func judge(told: Int, _ thresholds: QualityThresholds) {
    if called == 0 || callRate < thresholds.personCallRate { objections.append(.callRate) }
    if let coefficient = autosomes.coefficient, abs(coefficient) > thresholds.inbreeding {
      objections.append(.heterozygosity)
    }
    if sex(told: told, thresholds) == .differs { objections.append(.sex) }
  }
}
