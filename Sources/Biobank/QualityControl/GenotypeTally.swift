/// What is missing and what is heterozygous in each person, over some variants.
///
/// Both are the rarer genotypes: what the other variants would have added follows from the totals.
struct GenotypeTally: Sendable {
  /// Of a person on the variants of one kind of chromosome.
  struct Part: Sendable {
    /// Genotypes that are missing, and heterozygous ones.
    var missing = 0, heterozygous = 0
    /// The expected homozygosity of the missing ones.
    var expected = 0.0
  }

  /// By person and kind of chromosome, person · kinds + kind.
  private(set) var parts: [Part]
  /// Variants, and their expected homozygosity, by kind of chromosome.
  private(set) var variants: [Int], expected: [Double]

  private static let kinds = ChromosomeKind.allCases.count

  /// Begins without variants.
  init(people: Int) {
    parts = [Part](repeating: Part(), count: people * Self.kinds)
    variants = [Int](repeating: 0, count: Self.kinds)
    expected = [Double](repeating: 0, count: Self.kinds)
  }

  /// Adds a variant, given the two bits of each person.
  mutating func add(_ quality: VariantQuality, _ codes: [UInt8]) {
    let kind = quality.chromosome.rawValue
    let homozygosity = quality.expectedHomozygosity
    variants[kind] += 1
    expected[kind] += homozygosity
    var person = 0
    while person < codes.count {
      let code = codes[person]
      if code == 1 {
        parts[person * Self.kinds + kind].missing += 1
        parts[person * Self.kinds + kind].expected += homozygosity
      } else if code == 2 {
        parts[person * Self.kinds + kind].heterozygous += 1
      }
      person += 1
    }
  }

  /// Adds the variants of another part of the genotypes.
  mutating func add(_ other: GenotypeTally) {
    for kind in variants.indices {
      variants[kind] += other.variants[kind]
      expected[kind] += other.expected[kind]
    }
    for place in parts.indices {
      parts[place].missing += other.parts[place].missing
      parts[place].heterozygous += other.parts[place].heterozygous
      parts[place].expected += other.parts[place].expected
    }
  }

  /// What it says of a person of a sex (1 a man, 2 a woman); Y counts for men alone.
  func person(_ person: Int, sex: Int) -> PersonQuality {
    func part(_ kind: ChromosomeKind) -> Part { parts[person * Self.kinds + kind.rawValue] }
    func homozygosity(_ kind: ChromosomeKind) -> PersonQuality.Homozygosity {
      let known = variants[kind.rawValue] - part(kind).missing
      return PersonQuality.Homozygosity(
        known: known, observed: known - part(kind).heterozygous,
        expected: expected[kind.rawValue] - part(kind).expected)
    }
    var quality = PersonQuality()
    for kind in ChromosomeKind.allCases where kind != .y || sex == 1 {
      quality.offered += variants[kind.rawValue]
      quality.called += variants[kind.rawValue] - part(kind).missing
    }
    quality.autosomes = homozygosity(.autosome)
    quality.x = homozygosity(.x)
    return quality
  }
}
