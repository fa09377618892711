/// How well a variant was measured in the people who may be read.
public struct VariantQuality: Hashable, Sendable {
  /// Its place among the variants.
  public let variant: Int
  /// Where it lies.
  public let chromosome: ChromosomeKind
  /// People who should have a genotype (all; on Y the men), and those whose genotype is known.
  public let people: Int, called: Int
  /// Copies of the counted allele, and alleles seen in all.
  ///
  /// A man has one copy of X and Y; where he seems to have two different ones, he is not counted.
  public let alleles: Int, observed: Int
  /// The exact p of Hardy and Weinberg's proportions; on X that of the women; nil on Y and others.
  public let hardyWeinberg: Double?

  /// The share of people whose genotype is known; 0 where nobody should have one.
  public var callRate: Double { people == 0 ? 0 : Double(called) / Double(people) }

  /// The counted allele's frequency; nil where no allele was seen.
  public var frequency: Double? { observed == 0 ? nil : Double(alleles) / Double(observed) }

  /// The share of homozygous people under random mating: 1 − 2p(1 − p), without a small-sample factor.
  var expectedHomozygosity: Double { frequency.map { 1 - 2 * $0 * (1 - $0) } ?? 1 }

  /// Why a variant is left out.
  public enum Objection: String, CaseIterable, Hashable, Sendable {
    /// Too few people have a known genotype.
    case callRate = "call rate"
    /// The genotypes do not follow from the alleles.
    case hardyWeinberg = "Hardy-Weinberg"
  }

  /// What stands against the variant.
  public func objections(_ thresholds: QualityThresholds) -> [Objection] {
    var found: [Objection] = []
    if called == 0 || callRate < thresholds.variantCallRate { found.append(.callRate) }
    if let hardyWeinberg, hardyWeinberg < thresholds.hardyWeinberg {
      found.append(.hardyWeinberg)
    }
    return found
  }

  /// Counts a variant.
  ///
  /// - Parameter counts: by sex (unknown, man, woman) and by the file's two bits, 4 · sex + bits.
  init(variant: Int, chromosome: ChromosomeKind, counts: [Int]) {
    func sum(_ code: Int, _ sexes: [Int]) -> Int { sexes.reduce(0) { $0 + counts[4 * $1 + code] } }
    let two = 0, missing = 1, one = 2, none = 3
    let everyone = [0, 1, 2]
    let measured = chromosome == .y ? [1] : everyone
    let haploid = chromosome == .x || chromosome == .y ? [1] : []
    let diploid = chromosome == .y ? [] : everyone.filter { !haploid.contains($0) }
    self.variant = variant
    self.chromosome = chromosome
    called = sum(two, measured) + sum(one, measured) + sum(none, measured)
    people = called + sum(missing, measured)
    alleles = 2 * sum(two, diploid) + sum(one, diploid) + sum(two, haploid)
    observed =
      2 * (sum(two, diploid) + sum(one, diploid) + sum(none, diploid)) + sum(two, haploid)
      + sum(none, haploid)
    let tested: [Int]? =
      switch chromosome {
      case .autosome: everyone
      case .x: [2]
      case .y, .other: nil
      }
    hardyWeinberg = tested.map {
      HardyWeinberg.pValue(
        homozygous: sum(two, $0), heterozygous: sum(one, $0), otherHomozygous: sum(none, $0))
    }
  }
}
