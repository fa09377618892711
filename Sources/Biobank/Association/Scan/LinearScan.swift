internal import LinearAlgebra
internal import Statistics

/// A measured trait: least squares of the trait on a variant and the covariates.
///
/// With the covariates projected out once (Frisch–Waugh–Lovell), a variant costs one product with the trait's
/// residual and one with each covariate's orthonormal column. A person whose genotype is
/// missing is left out of that variant's regression, as R's `lm` and plink2 do: the sums lose the person's
/// share, which is exact.
struct LinearScan: ScanModel {
  let columns: Matrix<Double>
  let squares: Matrix<Double>? = nil
  private let basis: [[Double]]
  private let residual: [Double]
  private let residualSquares: Double
  private let test: VariantFinding.Test
  private var width: Int { basis.count }

  /// - Parameters:
  ///   - offset: what is known of each person beforehand, such as a prediction from other chromosomes.
  ///   - test: `.t`, or `.score`, whose residual variance is that of the model without the variant.
  init(
    _ people: StudyPeople, offset: [Double]? = nil, test: VariantFinding.Test = .t
  ) throws(BiobankError) {
    let found = try CovariateBasis(
      people.covariates, names: people.names, people: people.rows.count)
    let trait = offset.map { zip(people.trait, $0).map(-) } ?? people.trait
    basis = found.columns
    residual = found.residual(of: trait)
    residualSquares = CovariateBasis.product(residual, residual)
    let size = CovariateBasis.product(trait, trait)
    guard residualSquares > 1e-18 * size, residualSquares > 0 else {
      throw .noEstimate("the trait is constant, or the covariates say all of it")
    }
    self.test = test
    columns = Matrix(columns: basis + [residual])
  }

  func estimate(
    _ genotypes: PackedGenotypes, _ variant: Int, counts: PlinkFiles.Counts,
    products: ArraySlice<Double>, square: Double
  ) -> VariantFinding.Estimate? {
    let explained = Array(products.prefix(width))
    let first = products.startIndex
    let own = Double(counts.one + 4 * counts.two)
    var sums = (
      genotype: own - CovariateBasis.product(explained, explained),
      cross: products[first + width], trait: residualSquares
    )
    if counts.missing > 0 {
      guard let left = without(genotypes.missing(variant), explained, own, sums.cross) else {
        return nil
      }
      sums = left
    }
    let degrees = genotypes.people - counts.missing - width - 1
    guard degrees > 0, sums.genotype > 1e-9 * own else { return nil }
    let beta = sums.cross / sums.genotype
    let unexplained = max(0, sums.trait - beta * sums.cross)
    let variance =
      test == .score ? sums.trait / Double(degrees + 1) : unexplained / Double(degrees)
    let error = (variance / sums.genotype).squareRoot()
    let t = beta / error
    let logP =
      test == .score
      ? Normal.logShare(below: -abs(t)) + Self.logTwo
      : StudentT.logShare(beyond: t, degrees: Double(degrees))
    return VariantFinding.Estimate(
      beta: beta, standardError: error, statistic: test == .score ? t * t : t,
      minusLog10P: VariantFinding.Estimate.minusLog10(logP), test: test)
  }

  private static let logTwo = 0.693_147_180_559_945_3

  /// The sums over all but the missing people, whose covariates are no longer orthonormal.
  private func without(
    _ missing: [Int], _ explained: [Double], _ own: Double, _ cross: Double
  ) -> (genotype: Double, cross: Double, trait: Double)? {
    var gram = Matrix<Double>.identity(width)
    var trait = [Double](repeating: 0, count: width)
    var squares = residualSquares
    for person in missing {
      let value = residual[person]
      squares -= value * value
      for i in 0..<width {
        trait[i] -= basis[i][person] * value
        for j in 0..<width { gram[i, j] -= basis[i][person] * basis[j][person] }
      }
    }
    guard let factor = try? CholeskyFactor(of: gram) else { return nil }
    let (forGenotype, forTrait) = (factor.solve(explained), factor.solve(trait))
    return (
      own - CovariateBasis.product(explained, forGenotype),
      cross - CovariateBasis.product(trait, forGenotype),
      squares - CovariateBasis.product(trait, forTrait)
    )
  }
}
