/// The exact test of Hardy and Weinberg's proportions.
///
/// The probability of a number of heterozygotes at most as likely as the one seen, given the alleles
/// (Wigginton, Cutler & Abecasis, AJHG 2005): two-sided, without mid-p.
public enum HardyWeinberg {
  /// The p-value; 1 for no genotypes.
  ///
  /// - Complexity: O(copies of the rarer allele)
  public static func pValue(homozygous: Int, heterozygous: Int, otherHomozygous: Int) -> Double {
    let people = homozygous + heterozygous + otherHomozygous
    guard people > 0 else { return 1 }
    let rare = 2 * min(homozygous, otherHomozygous) + heterozygous
    // The likeliest number of heterozygotes, of the parity of the rare alleles.
    var middle = Int(Double(rare) * Double(2 * people - rare) / Double(2 * people))
    if middle % 2 != rare % 2 { middle += 1 }
    var weights = [Double](repeating: 0, count: rare + 1)
    weights[middle] = 1
    var sum = 1.0
    var (hets, rareHomozygous) = (middle, (rare - middle) / 2)
    var commonHomozygous = people - hets - rareHomozygous
    while hets > 1 {
      weights[hets - 2] =
        weights[hets] * Double(hets) * Double(hets - 1)
        / (4 * Double(rareHomozygous + 1) * Double(commonHomozygous + 1))
      sum += weights[hets - 2]
      hets -= 2
      rareHomozygous += 1
      commonHomozygous += 1
    }
    (hets, rareHomozygous) = (middle, (rare - middle) / 2)
    commonHomozygous = people - hets - rareHomozygous
    while hets <= rare - 2 {
      weights[hets + 2] =
        weights[hets] * 4 * Double(rareHomozygous) * Double(commonHomozygous)
        / (Double(hets + 2) * Double(hets + 1))
      sum += weights[hets + 2]
      hets += 2
      rareHomozygous -= 1
      commonHomozygous -= 1
    }
    // Numbers as likely as the one seen count, though rounding put them a hair above it.
    let limit = weights[heterozygous] * (1 + 1e-7)
    return min(1, weights.reduce(0) { $1 <= limit ? $0 + $1 : $0 } / sum)
  }
}
