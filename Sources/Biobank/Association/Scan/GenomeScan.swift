internal import LinearAlgebra
public import Parallelism

/// Each variant of a genome against a trait, in the people who may be read.
///
/// Variants stream past in blocks: memory grows with the people and the threads, never with the variants,
/// and results come in the order of the file, the same for any number of threads.
public struct GenomeScan: Sendable {
  /// How the p of cases and controls is found anew where the score test says little chance is left.
  public enum Correction: String, CaseIterable, Sendable {
    /// Not at all.
    case none
    /// By a saddle point: fast, for the p-value alone.
    case saddlePoint = "saddle-point"
    /// By Firth's penalised likelihood ratio, which corrects the effect too; slow.
    case firth
  }

  /// The people of the scan.
  public let people: StudyPeople
  /// Fewer carriers of the rarer allele than this are neither tested nor told.
  public let minimum: Int
  private let models: Models

  /// Variants of a block: enough for BLAS, few enough for the cache.
  private static let blockSize = 32

  /// A scan of a measured trait by linear regression.
  ///
  /// - Parameters:
  ///   - test: `.t`, equal to R's `lm` and plink2, or `.score`, equal to regenie.
  ///   - predictions: what the other chromosomes say of the trait; nil for nothing.
  public init(
    measured people: StudyPeople, test: VariantFinding.Test = .t,
    predictions: ChromosomePredictions? = nil, minimum: Int = 5
  ) throws(BiobankError) {
    self.people = people
    self.minimum = minimum
    models = try Models(people, predictions) { (offset) throws(BiobankError) in
      try LinearScan(people, offset: offset, test: test)
    }
  }

  /// A scan of cases and controls by the score test of logistic regression.
  ///
  /// - Parameters:
  ///   - correction: how the p is found anew where the score's is below `limit`.
  ///   - predictions: what the other chromosomes say, as log odds; nil for nothing.
  public init(
    cases people: StudyPeople, correction: Correction = .saddlePoint, below limit: Double = 0.05,
    predictions: ChromosomePredictions? = nil, minimum: Int = 5
  ) throws(BiobankError) {
    self.people = people
    self.minimum = minimum
    models = try Models(people, predictions) { (offset) throws(BiobankError) in
      try LogisticScan(people, offset: offset, correction: correction, below: limit)
    }
  }

  /// Reads the genotypes to their end and hands over each variant's finding.
  ///
  /// - Returns: how many variants were seen.
  @discardableResult
  public func run(
    _ stream: consuming GenotypeStream, pool: WorkerPool,
    each: (VariantFinding) throws -> Void
  ) throws -> Int {
    try models.check(stream.chromosomes)
    let total = stream.people.count
    var seen = 0
    try pool.stream(
      next: { try stream.next(Self.blockSize) },
      transform: { findings(PackedGenotypes($0, rows: people.rows, of: total), $0.variants) },
      consume: { findings in
        seen += findings.count
        for finding in findings { try each(finding) }
      })
    return seen
  }

  private func findings(
    _ genotypes: PackedGenotypes, _ variants: [PlinkFiles.Variant]
  ) -> [VariantFinding] {
    guard let model = models[variants[0].chromosome] else { return [] }
    let counts = genotypes.counts()
    let width = model.columns.columns
    let products = genotypes.products(model.columns)
    let squares = model.squares.map { genotypes.products($0, of: .squares) }
    return variants.enumerated().map { place, variant in
      let count = counts[place]
      let known = genotypes.people - count.missing
      // Carriers of the rarer allele.
      let carriers = count.alleles * 2 <= count.observed ? known - count.none : known - count.two
      let isTold = carriers == 0 || carriers >= minimum
      let estimate =
        carriers > 0 && isTold
        ? model.estimate(
          genotypes, place, counts: count,
          products: products[place * width..<(place + 1) * width], square: squares?[place] ?? 0)
        : nil
      return VariantFinding(
        variant: variant, people: known,
        frequency: isTold && known > 0 ? Double(count.alleles) / Double(count.observed) : nil,
        estimate: estimate,
        note: estimate != nil
          ? ""
          : known == 0
            ? "no genotype is known"
            : carriers == 0
              ? "does not vary"
              : isTold ? "follows from the covariates" : "fewer than \(minimum) carriers")
    }
  }

  /// The models without a variant: one for all chromosomes, or one for each.
  private struct Models: Sendable {
    let common: (any ScanModel)?
    let byChromosome: [String: any ScanModel]

    init(
      _ people: StudyPeople, _ predictions: ChromosomePredictions?,
      _ fit: ([Double]?) throws(BiobankError) -> any ScanModel
    ) throws(BiobankError) {
      guard let predictions else {
        (common, byChromosome) = (try fit(nil), [:])
        return
      }
      var found: [String: any ScanModel] = [:]
      for chromosome in predictions.chromosomes {
        found[chromosome] = try fit(
          try predictions.offset(without: chromosome, people.people))
      }
      (common, byChromosome) = (nil, found)
    }

    subscript(chromosome: String) -> (any ScanModel)? { common ?? byChromosome[chromosome] }

    /// Sees that there is a model for every chromosome, before any variant is read.
    func check(_ chromosomes: Chromosomes) throws(BiobankError) {
      for stretch in chromosomes.stretches where self[stretch.name] == nil {
        throw .noEstimate(
          "the predictions have no chromosome \(stretch.name); they have "
            + byChromosome.keys.sorted().joined(separator: ", "))
      }
    }
  }
}
