/// The rare variants of each gene against a trait, in the people who may be read.
public struct BurdenStudy: Sendable {
  /// What was found for a gene under a mask.
  public struct Finding: Sendable {
    /// The gene and the mask.
    public let mask: VariantSets.Mask
    /// Variants that vary among the people and are rare enough.
    public let variants: Int
    /// People who carry one.
    public let carriers: Int
    /// The tests.
    public let result: RareVariantTest.Result
    /// The burden's effect of one more copy, with its standard error, on the trait's scale; nil for
    /// cases and controls.
    public let effect: (beta: Double, standardError: Double)?
  }

  /// The people who were read.
  public let people: Int
  /// Cases among them; nil for a measured trait.
  public let cases: Int?
  /// The findings, in the order of the sets.
  public let findings: [Finding]
  /// Variants that the sets name and the genotypes do not have: another build, or other names.
  public let unknownVariants: Int
  /// Sets that could not be tested, and why.
  public let refused: [(set: String, reason: String)]

  /// Tests all sets.
  ///
  /// - Parameters:
  ///   - trait: by person; 1 and 0 for cases and controls where `isBinary`.
  ///   - covariates: by person; a person who lacks one is left out.
  ///   - allowed: who may be read; nil for all.
  ///   - frequency: the highest frequency of a rare variant.
  ///   - minimum: sets with fewer carriers are not told (1 to this less one).
  public init(
    _ genotypes: PlinkFiles, trait: [String: Double], isBinary: Bool,
    covariates: [String: [Double?]], sets: VariantSets, allowed: Set<String>?,
    frequency: Double = 0.01, minimum: Int = 5
  ) throws(BiobankError) {
    let chosen = try StudyPeople(
      among: genotypes.people, trait: trait, covariates: covariates, allowed: allowed)
    let (rows, y, columns) = (chosen.rows, chosen.trait, chosen.covariates)
    let model =
      isBinary
      ? RareVariantTest(cases: y, covariates: columns)
      : RareVariantTest(trait: y, covariates: columns)
    guard let model else {
      throw .noEstimate("the covariates depend on one another, or tell cases from controls")
    }
    let places = Dictionary(
      genotypes.variants.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { one, _ in one })
    var findings: [Finding] = []
    var refused: [(set: String, reason: String)] = []
    let named = Set(sets.masks.flatMap(\.variants))
    unknownVariants = named.count { places[$0] == nil }
    for mask in sets.masks {
      var dosages: [[Double]] = []
      for name in mask.variants {
        guard let place = places[name] else { continue }
        let all = genotypes.dosages(place)
        let known = rows.compactMap { all[$0] }
        guard !known.isEmpty else { continue }
        // A missing genotype counts as the mean.
        let mean = known.reduce(0, +) / Double(known.count)
        let share = min(mean, 2 - mean) / 2
        guard share > 0, share <= frequency else { continue }
        dosages.append(rows.map { all[$0] ?? mean }.map { mean > 1 ? 2 - $0 : $0 })
      }
      let name = "\(mask.set) \(mask.mask)"
      guard !dosages.isEmpty else {
        let isUnknown = mask.variants.allSatisfy { places[$0] == nil }
        refused.append(
          (name, isUnknown ? "no variant is among the genotypes" : "no variant is rare and varies"))
        continue
      }
      let carriers = rows.indices.filter { row in dosages.contains { $0[row] > 0.5 } }.count
      guard carriers >= minimum else {
        refused.append((name, "fewer than \(minimum) carriers"))
        continue
      }
      guard let result = try model.test(dosages) else {
        refused.append((name, "no variant varies"))
        continue
      }
      findings.append(
        Finding(
          mask: mask, variants: dosages.count, carriers: carriers, result: result,
          effect: isBinary ? nil : Self.effect(y, dosages, columns)))
    }
    people = rows.count
    cases = isBinary ? Int(y.reduce(0, +)) : nil
    self.findings = findings
    self.refused = refused
  }

  private static func effect(
    _ trait: [Double], _ dosages: [[Double]], _ covariates: [[Double]]
  ) -> (beta: Double, standardError: Double)? {
    let count = trait.count
    let copies = (0..<count).map { row in dosages.reduce(0) { $0 + $1[row] } }
    return RareVariantTest.slope(of: copies, trait: trait, covariates: covariates)
  }
}
