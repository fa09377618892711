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
    var codes = [UInt8](repeating: 0, count: rows.count)
    for mask in sets.masks {
      var variants: [Carriers] = []
      for place in mask.variants.compactMap({ places[$0] }) {
        genotypes.read(place, of: rows, into: &codes)
        guard let found = Carriers(codes: codes) else { continue }
        let share = found.frequency
        if share > 0, share <= frequency { variants.append(found) }
      }
      let name = "\(mask.set) \(mask.mask)"
      guard !variants.isEmpty else {
        let isUnknown = mask.variants.allSatisfy { places[$0] == nil }
        refused.append(
          (name, isUnknown ? "no variant is among the genotypes" : "no variant is rare and varies"))
        continue
      }
      let carriers = Set(variants.flatMap(\.carriers)).count
      guard carriers >= minimum else {
        refused.append((name, "fewer than \(minimum) carriers"))
        continue
      }
      guard let result = try model.test(variants) else {
        refused.append((name, "no variant varies"))
        continue
      }
      findings.append(
        Finding(
          mask: mask, variants: variants.count, carriers: carriers, result: result,
          effect: isBinary ? nil : model.slope(of: Carriers.sum(variants))))
    }
    people = rows.count
    cases = isBinary ? Int(y.reduce(0, +)) : nil
    self.findings = findings
    self.refused = refused
  }
}
