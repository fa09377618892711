import Foundation
internal import LinearAlgebra
internal import Statistics

/// Whether the rare variants of a gene, together, go with a trait.
///
/// The null model is fitted once; the tests look at the scores of the variants:
/// - **burden**: all change the trait alike; the square of their weighted sum;
/// - **SKAT**: each by itself, in either direction; the sum of their weighted squares (Wu et al.,
///   AJHG 2011);
/// - **SKAT-O**: the best mixture of the two, with what searching for it costs (Lee et al.,
///   Biostatistics 2012). This is the definition of the R package SKAT: seven mixtures, the last
///   of them 0.999 in place of 1; regenie's differs by some hundredths in −log₁₀ p;
/// - **ACAT-V**: single tests combined, for a few strong ones among many (Liu et al., AJHG 2019);
/// - **ACAT-O**: ACAT-V with all mixtures, for whatever of these holds. This is regenie's definition.
///
/// Weights are the density of a beta distribution at the rarer allele's frequency. No correction for
/// small samples of cases.
public struct RareVariantTest: Sendable {
  /// The results of a gene.
  public struct Result: Hashable, Sendable {
    /// Variants that vary.
    public let variants: Int
    /// SKAT's statistic, with its factor ½.
    public let statistic: Double
    /// The p-values.
    public let skat: Double, burden: Double, optimal: Double
    /// ACAT-V: the single variants' score tests by Cauchy's combination; nil where none has a p.
    public let single: Double?
    /// ACAT-O: ACAT-V and all mixtures by Cauchy's combination, as regenie's; nil where none has a p.
    public let omnibus: Double?
    /// SKAT's by the moments of Liu, Tang & Zhang 2009: less exact, never failing.
    public let skatByMoments: Double
    /// The p-values of the mixtures, and the shares of burden in them.
    public let mixtures: [(share: Double, pValue: Double)]

    /// Results are equal when their p-values are.
    public static func == (one: Result, other: Result) -> Bool {
      one.skat == other.skat && one.burden == other.burden && one.optimal == other.optimal
    }

    /// Feeds what equality looks at.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(skat)
      hasher.combine(burden)
      hasher.combine(optimal)
    }
  }

  /// The mixtures that are tried.
  public static let mixtureShares = [0, 0.01, 0.04, 0.09, 0.25, 0.5, 1]

  /// Of each person: the trait less what the covariates say, and its variance under the null.
  private let residuals: [Double]
  private let variances: [Double]
  private let columns: [[Double]]
  private let equations: CholeskyFactor<Double>
  /// The residual variance of a measured trait; 1 for cases and controls.
  private let dispersion: Double

  /// The null model of a measured trait; nil where the covariates depend on one another.
  ///
  /// - Parameter covariates: the columns, without the intercept.
  public init?(trait: [Double], covariates: [[Double]]) {
    let columns = [[Double](repeating: 1, count: trait.count)] + covariates
    guard let fit = LinearRegression(trait, Design(columns)) else { return nil }
    let fitted = Self.fitted(columns, fit.coefficients)
    self.init(
      residuals: zip(trait, fitted).map(-), variances: columns[0], columns: columns,
      dispersion: fit.residualDeviation * fit.residualDeviation)
  }

  /// The null model of cases (1) and controls (0); nil where it does not exist.
  public init?(cases: [Double], covariates: [[Double]]) {
    let columns = [[Double](repeating: 1, count: cases.count)] + covariates
    guard let fit = LogisticRegression(cases, Design(columns)), !fit.isSeparated else { return nil }
    let shares = Self.fitted(columns, fit.coefficients).map { 1 / (1 + exp(-$0)) }
    self.init(
      residuals: zip(cases, shares).map(-), variances: shares.map { $0 * (1 - $0) },
      columns: columns, dispersion: 1)
  }

  private init?(
    residuals: [Double], variances: [Double], columns: [[Double]], dispersion: Double
  ) {
    var cross = Matrix<Double>(rows: columns.count, columns: columns.count)
    for i in columns.indices {
      for j in columns.indices {
        cross[i, j] = residuals.indices.reduce(0) { sum, row in
          sum + columns[i][row] * variances[row] * columns[j][row]
        }
      }
    }
    guard let equations = try? CholeskyFactor(of: cross), dispersion > 0 else { return nil }
    self.residuals = residuals
    self.variances = variances
    self.columns = columns
    self.equations = equations
    self.dispersion = dispersion
  }

  private static func fitted(_ columns: [[Double]], _ coefficients: [Double]) -> [Double] {
    (0..<columns[0].count).map { row in
      zip(columns, coefficients).reduce(0) { $0 + $1.0[row] * $1.1 }
    }
  }

  /// Tests the variants of a gene; nil where none varies.
  ///
  /// - Parameters:
  ///   - dosages: of each variant, the copies of one allele for each person; turned to the rarer.
  ///   - shape: the beta distribution's second parameter, 25 by default; 1 weighs all alike.
  public func test(_ dosages: [[Double]], shape: Double = 25) throws(BiobankError) -> Result? {
    try test(dosages.map { Carriers($0) }, shape: shape)
  }

  /// The same, knowing the carriers alone.
  ///
  /// - Complexity: O(carriers × variants), and what the mixtures cost
  func test(_ variants: [Carriers], shape: Double = 25) throws(BiobankError) -> Result? {
    var weighted: [Carriers] = []
    var singleWeights: [Double] = []
    for variant in variants {
      var frequency = variant.frequency
      let isTurned = frequency > 0.5
      if isTurned { frequency = 1 - frequency }
      guard frequency > 0 else { continue }
      // The density of beta(1, b) at the frequency.
      let weight = shape * pow(1 - frequency, shape - 1)
      weighted.append((isTurned ? variant.turned : variant).weighted(weight))
      singleWeights.append(weight * weight * frequency * (1 - frequency))
    }
    guard !weighted.isEmpty else { return nil }
    let scores = weighted.map { $0.product(residuals) }
    let covariance = covariance(weighted)
    let squares = scores.reduce(0) { $0 + $1 * $1 }
    let statistic = squares / dispersion / 2
    let form = QuadraticForm(try eigenvalues(covariance).map { $0 / 2 })
    let sum = scores.reduce(0, +)
    let spread = (0..<covariance.rows).reduce(0.0) { total, row in
      total + covariance.row(row).reduce(0, +)
    }
    let singles = scores.indices.compactMap { place -> (p: Double, weight: Double)? in
      let variance = covariance[place, place] * dispersion
      guard variance > 0 else { return nil }
      let chiSquared = scores[place] * scores[place] / variance
      // A score of exactly 0 has p = 1, which would outweigh all others; the authors' program wants it
      // below 1 by one over the number of variants.
      let p = ChiSquared.share(above: chiSquared, degrees: 1)
      return (p < 1 || scores.count < 2 ? p : 1 - 1 / Double(scores.count), singleWeights[place])
    }
    let optimal = try SKATOptimal(scores, covariance, dispersion: dispersion)
    let single = CauchyCombination.pValue(singles.map(\.p), weights: singles.map(\.weight))
    let burden =
      spread > 0 ? ChiSquared.share(above: sum * sum / dispersion / spread, degrees: 1) : 1
    let together =
      [single, burden, optimal.further].compactMap { $0 }
      + optimal.mixtures.filter { $0.share < 1 }.map(\.pValue)
    return Result(
      variants: weighted.count, statistic: statistic,
      skat: MomentApproximation.tail(of: form, above: statistic),
      burden: burden, optimal: optimal.pValue, single: single,
      omnibus: CauchyCombination.pValue(together),
      skatByMoments: MomentApproximation(form.weights).share(above: statistic),
      mixtures: optimal.mixtures)
  }

  /// Z'VZ less what the covariates explain of it.
  private func covariance(_ weighted: [Carriers]) -> Matrix<Double> {
    let count = weighted.count
    let cross = cross(weighted)
    let explained = equations.solve(cross)
    var result = Matrix<Double>(rows: count, columns: count)
    for j in 0..<count {
      for k in 0...j {
        var sum = weighted[j].product(weighted[k], weights: variances)
        for i in columns.indices { sum -= cross[i, j] * explained[i, k] }
        result[j, k] = sum
        result[k, j] = sum
      }
    }
    return result
  }

  private func cross(_ variants: [Carriers]) -> Matrix<Double> {
    var cross = Matrix<Double>(rows: columns.count, columns: variants.count)
    for (j, variant) in variants.enumerated() {
      for (i, covariate) in columns.enumerated() {
        cross[i, j] = variant.product(covariate, weights: variances)
      }
    }
    return cross
  }

  private func eigenvalues(_ matrix: Matrix<Double>) throws(BiobankError) -> [Double] {
    do { return try SymmetricEigenvalues(of: matrix).values } catch {
      throw .noEstimate("the variants' covariance has no eigenvalues: \(error)")
    }
  }
}

extension RareVariantTest {
  /// The least-squares effect of one more copy beside the covariates, and its standard error.
  ///
  /// For a measured trait; nil where the covariates explain the copies.
  func slope(of copies: Carriers) -> (beta: Double, standardError: Double)? {
    let square = copies.product(copies, weights: variances)
    let cross = cross([copies])
    let explained = equations.solve(cross)
    let left = columns.indices.reduce(square) { $0 - cross[$1, 0] * explained[$1, 0] }
    let degrees = residuals.count - columns.count - 1
    guard left > 1e-13 * square, degrees > 0 else { return nil }
    // Frisch & Waugh: the trait and the copies, both less what the covariates say of them.
    let beta = copies.product(residuals) / left
    let squares = dispersion * Double(degrees + 1) - beta * beta * left
    return (beta, (max(0, squares) / Double(degrees) / left).squareRoot())
  }
}
