import Foundation
internal import LinearAlgebra
public import Parallelism
internal import Statistics

/// The trait as the whole genome predicts it, leaving out one chromosome at a time.
///
/// REGENIE's first step (Mbatchou et al., Nature Genetics 2021): a variant that is tested beside the
/// prediction from all other chromosomes is not misled by relatives and ancestry, and sees less noise. Two
/// levels of ridge regression, both by cross-validation over consecutive folds of people.
public struct WholeGenomeRegression: Sendable {
  /// How well a shrinkage predicts people it did not see.
  public struct Quality: Sendable {
    /// The share of the variance that the predictors may explain.
    public let share: Double
    /// The squared correlation of prediction and trait; a little too good in small cohorts.
    ///
    /// The second level never saw the fold, but learned from predictions of first levels that did: the
    /// method's own, and of no harm to a scan.
    public let rSquared: Double
    /// What is to be least: the mean squared error, or −log likelihood a person for cases.
    public let loss: Double
  }

  /// The qualities of the shares that were tried, and the number of the best one.
  public let qualities: [Quality], best: Int
  /// The predictions.
  public let predictions: ChromosomePredictions
  /// Variants that were used, and blocks of them.
  public let variants: Int, blocks: Int

  /// Fits the trait of these people.
  ///
  /// - Parameters:
  ///   - isBinary: whether the trait is cases and controls.
  ///   - stream: the variants; common, well-typed ones serve best.
  ///   - blockSize: variants of a block.
  /// - Complexity: O(people × variants × blockSize) time, O(people × (blockSize × threads +
  ///   5 × blocks)) memory.
  public init(
    _ stream: consuming GenotypeStream, people: StudyPeople, isBinary: Bool,
    blockSize: Int = 1000, folds count: Int = 5, pool: WorkerPool
  ) throws {
    let (total, variants) = (stream.people.count, stream.variants)
    let named = stream.chromosomes.stretches.map(\.name)
    let folds = Folds(count, of: people.rows.count)
    let basis = try CovariateBasis(
      people.covariates, names: people.names, people: people.rows.count)
    let residual = basis.residual(of: people.trait)
    let degrees = Double(people.rows.count - basis.columns.count)
    let deviation = (CovariateBasis.product(residual, residual) / degrees).squareRoot()
    guard deviation > 0 else { throw BiobankError.noEstimate("the trait does not vary") }
    let trait = residual.map { $0 / deviation }
    guard variants > 0 else { throw BiobankError.noEstimate("no variant is used") }
    var (chromosomes, columns): ([String], [[Double]]) = ([], [])
    try pool.stream(
      window: 1, next: { try stream.next(blockSize) },
      transform: { block in
        Result { () throws -> (String, Matrix<Double>?) in
          let packed = PackedGenotypes(block, rows: people.rows, of: total)
          let ridge = try BlockRidge(
            packed, trait: trait, basis: basis, folds: folds, variants: variants)
          return (block.variants[0].chromosome, ridge?.predictions)
        }
      },
      consume: { result in
        let (chromosome, predictions) = try result.get()
        guard let predictions else { return }
        for column in 0..<predictions.columns {
          chromosomes.append(chromosome)
          columns.append((0..<predictions.rows).map { predictions[$0, column] })
        }
      })
    guard !columns.isEmpty else { throw BiobankError.noEstimate("no variant varies") }
    let predictors = Matrix(columns: columns)
    let stacked: StackedRidge
    if isBinary {
      let one = [Double](repeating: 1, count: people.rows.count)
      let design = Design([one] + people.covariates)
      guard let fit = LogisticRegression(people.trait, design), !fit.isSeparated else {
        throw BiobankError.noEstimate("the covariates tell cases from controls")
      }
      stacked = try StackedRidge(
        predictors, cases: people.trait, offset: design.predictor(fit.coefficients), folds: folds)
    } else {
      stacked = try StackedRidge(predictors, trait: trait, folds: folds)
    }
    qualities = stacked.qualities.map {
      Quality(share: $0.share, rSquared: $0.rSquared, loss: $0.loss)
    }
    best = stacked.best
    self.variants = variants
    blocks = columns.count / Shrinkage.shares.count
    predictions = Self.leftOut(
      people, folds, named, chromosomes, columns, stacked.weights,
      scale: isBinary ? 1 : deviation)
  }

  /// For each chromosome, the sum of all other chromosomes' predictions.
  ///
  /// - Parameters:
  ///   - names: of all chromosomes, those among them where nothing varies.
  ///   - chromosomes: of the columns.
  private static func leftOut(
    _ people: StudyPeople, _ folds: Folds, _ names: [String], _ chromosomes: [String],
    _ columns: [[Double]], _ weights: [[Double]], scale: Double
  ) -> ChromosomePredictions {
    var parts = names.map { _ in [Double](repeating: 0, count: people.rows.count) }
    for (range, weights) in zip(folds.ranges, weights) {
      for (place, column) in columns.enumerated() {
        guard let chromosome = names.firstIndex(of: chromosomes[place]) else { continue }
        for row in range { parts[chromosome][row] += scale * weights[place] * column[row] }
      }
    }
    var values: [String: [Double]] = [:]
    for (place, name) in names.enumerated() {
      var others = [Double](repeating: 0, count: people.rows.count)
      for (number, part) in parts.enumerated() where number != place {
        for row in others.indices { others[row] += part[row] }
      }
      values[name] = others
    }
    return ChromosomePredictions(people: people.people, chromosomes: names, values: values)
  }
}
