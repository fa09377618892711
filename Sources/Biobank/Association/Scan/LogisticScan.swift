import Foundation
internal import LinearAlgebra
internal import Statistics

/// Cases and controls: Rao's score test of each variant beside the covariates.
///
/// The model without the variant is fitted once. With W = μ(1 − μ) and the covariates orthonormal in
/// it, a variant's score U = g′(y − μ) has the variance g′Wg − Σ(qₖ′√W g)². A missing
/// genotype counts as the mean, as in regenie and SAIGE. Where the score's p is below a limit, the tail
/// is found anew by a saddle point or by Firth's likelihood, for χ² is wrong where cases are few.
struct LogisticScan: ScanModel {
  let columns: Matrix<Double>
  let squares: Matrix<Double>?
  private let basis: [[Double]]
  private let roots: [Double]
  private let residual: [Double]
  private let shares: [Double]
  private let people: StudyPeople
  private let offset: [Double]?
  private let correction: GenomeScan.Correction
  private let limit: Double
  private var width: Int { basis.count }

  /// - Parameters:
  ///   - offset: log odds that are known of each person beforehand.
  ///   - limit: the score's p below which the correction is made.
  init(
    _ people: StudyPeople, offset: [Double]? = nil, correction: GenomeScan.Correction,
    below limit: Double
  ) throws(BiobankError) {
    let one = [Double](repeating: 1, count: people.rows.count)
    let design = Design([one] + people.covariates, offset: offset)
    guard let fit = LogisticRegression(people.trait, design), !fit.isSeparated
    else {
      // Dependent covariates have a message of their own.
      _ = try CovariateBasis(people.covariates, names: people.names, people: people.rows.count)
      throw .noEstimate(
        "the covariates tell cases from controls, or all people are one or the other")
    }
    let odds = design.predictor(fit.coefficients)
    shares = odds.map { 1 / (1 + exp(-$0)) }
    let roots = shares.map { ($0 * (1 - $0)).squareRoot() }
    residual = zip(people.trait, shares).map(-)
    basis = try CovariateBasis(
      people.covariates, names: people.names, people: people.rows.count, weights: roots
    ).columns
    let weighted = basis.map { zip($0, roots).map(*) }
    let weights = roots.map { $0 * $0 }
    columns = Matrix(columns: weighted + [residual, weights])
    squares = Matrix(columns: [weights])
    self.roots = roots
    self.people = people
    self.offset = offset
    self.correction = correction
    self.limit = -log10(limit)
  }

  func estimate(
    _ genotypes: PackedGenotypes, _ variant: Int, counts: PlinkFiles.Counts,
    products: ArraySlice<Double>, square: Double
  ) -> VariantFinding.Estimate? {
    var sums = Array(products)
    var own = square
    let mean = 2 * Double(counts.alleles) / Double(counts.observed)
    if counts.missing > 0 {
      for person in genotypes.missing(variant) {
        let root = roots[person]
        for (place, column) in basis.enumerated() { sums[place] += mean * root * column[person] }
        sums[width] += mean * residual[person]
        own += mean * mean * root * root
      }
    }
    let score = sums[width]
    let explained = sums.prefix(width).reduce(0) { $0 + $1 * $1 }
    let variance = own - explained
    guard variance > 1e-9 * own else { return nil }
    let z = score / variance.squareRoot()
    let estimate = VariantFinding.Estimate(
      beta: score / variance, standardError: 1 / variance.squareRoot(), statistic: z * z,
      minusLog10P: VariantFinding.Estimate.minusLog10(
        Normal.logShare(below: -abs(z)) + log(2.0)), test: .score)
    guard correction != .none, estimate.minusLog10P > limit else { return estimate }
    let dosages = genotypes.dosages(variant, missing: mean)
    return corrected(estimate, dosages, score: score, explained: Array(sums.prefix(width)))
  }

  private func corrected(
    _ plain: VariantFinding.Estimate, _ dosages: [Double], score: Double, explained: [Double]
  ) -> VariantFinding.Estimate {
    var estimate = plain
    switch correction {
    case .none: break
    case .saddlePoint:
      var adjusted = dosages
      for person in adjusted.indices {
        var fitted = 0.0
        for (place, column) in basis.enumerated() { fitted += explained[place] * column[person] }
        adjusted[person] -= fitted / roots[person]
      }
      guard
        let logP = SaddlePoint(genotypes: adjusted, shares: shares).logPValue(score: score)
      else { return plain }
      estimate.minusLog10P = VariantFinding.Estimate.minusLog10(logP)
      estimate.test = .saddlePoint
    case .firth:
      let one = [Double](repeating: 1, count: dosages.count)
      guard
        let found = FirthRegression.likelihoodRatio(
          of: 0, people.trait, Design([dosages, one] + people.covariates, offset: offset)),
        found.full.isConverged
      else { return plain }
      estimate = VariantFinding.Estimate(
        beta: found.full.coefficients[0], standardError: found.full.standardErrors[0],
        statistic: found.chiSquared,
        minusLog10P: VariantFinding.Estimate.minusLog10(
          Normal.logShare(below: -found.chiSquared.squareRoot()) + log(2.0)), test: .firth)
    }
    return estimate
  }
}
