public import Parallelism

/// Quality control of a cohort's genotypes, in the people who may be read.
///
/// Variants are judged in all people, people on the variants that pass; of relatives among the people
/// who pass some are left out; components are made of the people who are left.
public struct CohortQuality: Sendable {
  /// The thresholds.
  public let thresholds: QualityThresholds
  /// The people who were read, by row of the file.
  public let rows: [Int]
  /// How each of them was measured.
  public let people: [PersonQuality]
  /// How each variant was measured, in the order of the file.
  public let variants: [VariantQuality]
  /// Pairs of relatives to the third degree among people who pass by themselves.
  public let relatives: [KinshipPair]
  /// The components of the people who are kept; nil where there are none.
  public let components: PrincipalComponents?
  /// Why there are no components.
  public let withoutComponents: String?

  /// The rows of people who are kept.
  public var kept: [Int] { zip(rows, people).compactMap { $1.isKept ? $0 : nil } }

  /// Variants that pass.
  public var passing: [VariantQuality] {
    variants.filter { $0.objections(thresholds).isEmpty }
  }

  /// Controls the quality.
  ///
  /// - Parameters:
  ///   - allowed: who may be read; nil for all.
  ///   - seed: of the components of large cohorts.
  public init(
    _ files: PlinkFiles, allowed: Set<String>?, thresholds: QualityThresholds = .init(),
    seed: UInt64 = 1, pool: WorkerPool
  ) throws(BiobankError) {
    // Consents and tables know the person's number alone.
    var seen = Set<String>()
    if let twice = files.people.first(where: { !seen.insert($0.id).inserted }) {
      throw .genotypes(".fam", "the person \(twice.id) stands twice, in two families")
    }
    let rows = files.people.indices.filter { allowed?.contains(files.people[$0].id) ?? true }
    guard !rows.isEmpty else { throw .noEstimate("nobody has genotypes and may be read") }
    let pass = QualityPass(files, rows: rows, thresholds, pool)
    var people = pass.people
    let autosomes = pass.variants.filter {
      $0.chromosome == .autosome && $0.objections(thresholds).isEmpty
    }.map(\.variant)
    let good = zip(rows, people).compactMap { $1.isKept ? $0 : nil }
    relatives = KinshipSearch(files, variants: autosomes, rows: good)
      .pairs(above: min(Relationship.least, thresholds.kinship), pool)
    let names = files.people.indices.sorted { files.people[$0].precedes(files.people[$1]) }
    let leftOut = UnrelatedChoice.leftOut(
      relatives.filter { $0.kinship > thresholds.kinship }.map { ($0.first, $0.second) },
      order: Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) }))
    for (place, row) in rows.enumerated() where leftOut.contains(row) {
      people[place].objections.append(.related)
    }
    let kept = zip(rows, people).compactMap { $1.isKept ? $0 : nil }
    do throws(BiobankError) {
      components = try PrincipalComponents(
        files, variants: autosomes, rows: kept, frequency: thresholds.componentFrequency,
        count: thresholds.components, isExact: kept.count <= thresholds.exactPeople, seed: seed,
        pool: pool)
      withoutComponents = nil
    } catch {
      components = nil
      withoutComponents = "\(error)"
    }
    self.thresholds = thresholds
    self.rows = rows
    self.people = people
    variants = pass.variants
  }
}
