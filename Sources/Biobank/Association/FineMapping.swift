/// Which variants of a region move a measured trait: SuSiE on the people of a study.
///
/// Covariates are taken out of trait and genotypes first; a missing genotype counts as the mean.
public struct FineMapping: Sendable {
  /// A variant and its probability to be one of those that act.
  public struct Row: Sendable {
    /// The variant, and the share of the counted allele.
    public let variant: PlinkFiles.Variant, frequency: Double
    /// The posterior inclusion probability.
    public let inclusion: Double
    /// The number of its credible set, from 1; nil for none.
    public let credibleSet: Int?
  }

  /// The variants, in the order of the file.
  public let rows: [Row]
  /// The credible sets' coverage and least correlation.
  public let sets: [(coverage: Double, purity: Double)]
  /// Whether it came to rest.
  public let isConverged: Bool
  /// Variants that fewer than ``GenomeScan``'s minimum carry, or that do not vary; they are left out.
  public let leftOut: Int

  /// More variants than this take a matrix of correlations beyond reason.
  public static let mostVariants = 5_000

  /// More genotypes than this, a gigabyte as numbers, are kept nowhere at once.
  public static let mostGenotypes = 125_000_000

  /// Maps a region.
  ///
  /// - Parameter stream: the region's variants alone.
  /// - Complexity: O(people × variants²)
  public init(
    _ stream: consuming GenotypeStream, people: StudyPeople, minimum: Int = 5,
    settings: SuSiE.Settings = SuSiE.Settings(), atMost limit: Int = Self.mostGenotypes
  ) throws(BiobankError) {
    let most = min(Self.mostVariants, limit / people.rows.count)
    guard stream.variants <= most else {
      throw .noEstimate(
        "the region has \(stream.variants) variants; \(most) are the most for "
          + "\(people.rows.count) people, so name a smaller one")
    }
    let basis = try CovariateBasis(
      people.covariates, names: people.names, people: people.rows.count)
    let total = stream.people.count
    var columns: [[Double]] = []
    var kept: [(variant: PlinkFiles.Variant, frequency: Double)] = []
    var leftOut = 0
    while let block = try stream.next(64) {
      let genotypes = PackedGenotypes(block, rows: people.rows, of: total)
      for (place, count) in genotypes.counts().enumerated() {
        let known = count.observed / 2
        let carriers = known - (count.alleles * 2 <= count.observed ? count.none : count.two)
        guard carriers >= minimum else {
          leftOut += 1
          continue
        }
        let share = Double(count.alleles) / Double(count.observed)
        columns.append(basis.residual(of: genotypes.dosages(place, missing: 2 * share)))
        kept.append((block.variants[place], share))
      }
    }
    guard columns.count > 1 else {
      throw .noEstimate("the region has \(columns.count) variants that enough people carry")
    }
    let found = try SuSiE.fit(columns, trait: basis.residual(of: people.trait), settings: settings)
    var membership: [Int: Int] = [:]
    for (number, set) in found.credibleSets.enumerated() {
      for variant in set.variants where membership[variant] == nil {
        membership[variant] = number + 1
      }
    }
    rows = kept.enumerated().map { place, variant in
      Row(
        variant: variant.variant, frequency: variant.frequency,
        inclusion: found.inclusion[place], credibleSet: membership[place])
    }
    sets = found.credibleSets.map { ($0.coverage, $0.purity) }
    isConverged = found.isConverged
    self.leftOut = leftOut
  }
}
