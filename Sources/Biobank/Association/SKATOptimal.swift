import Foundation
internal import LinearAlgebra
internal import Statistics

/// SKAT-O as the R package SKAT defines it (`optimal.adj`).
struct SKATOptimal {
  let pValue: Double
  let mixtures: [(share: Double, pValue: Double)]
  /// The p-value of regenie's further mixture, .16, which its ACAT-O looks at too.
  let further: Double

  /// - Parameter covariance: of the scores, before the factor ½.
  init(
    _ scores: [Double], _ covariance: Matrix<Double>, dispersion: Double
  ) throws(BiobankError) {
    let count = scores.count
    // With a share of exactly 1 the last step would divide by 0.
    let shares = RareVariantTest.mixtureShares.map { min($0, 0.999) }
    let half = Matrix(
      rows: count, columns: count, elements: covariance.elements.map { $0 / 2 })
    let squares = scores.reduce(0) { $0 + $1 * $1 }
    let sum = scores.reduce(0, +)
    let statistics = shares.map { ((1 - $0) * squares + $0 * sum * sum) / 2 / dispersion }
    var forms: [[Double]] = []
    for share in shares { forms.append(try Self.weights(half, share)) }
    let pValues = zip(forms, statistics).map {
      MomentApproximation.tail(of: QuadraticForm($0), above: $1)
    }
    mixtures = zip(RareVariantTest.mixtureShares, pValues).map { ($0, $1) }
    let sixteen = try Self.weights(half, 0.16)
    further = MomentApproximation.tail(
      of: QuadraticForm(sixteen),
      above: (0.84 * squares + 0.16 * sum * sum) / 2 / dispersion)
    let least = pValues.min() ?? 1
    // Where each mixture would be as unlikely as the best one.
    let points = forms.map { weights in
      let moments = MomentApproximation(QuadraticForm(weights).weights, matchesKurtosis: true)
      let point = ChiSquared.point(above: least, degrees: moments.degrees)
      return (point - moments.degrees) / (2 * moments.degrees).squareRoot() * moments.deviation
        + moments.mean
    }
    let parts = try CommonPart(half)
    // One variant, or several that the same people carry: every mixture is the same test.
    if parts.isAll {
      pValue = least
      return
    }
    let value = parts.share(beyond: points, shares: shares)
    // Trying seven costs at most seven times the best, and in practice no more than three.
    var found = min(value, least * Double(shares.count))
    if found <= 0 { found = least * 3 }
    pValue = min(1, found)
  }

  /// The eigenvalues of R^½ K R^½ for R = (1 − ρ) I + ρ 11'.
  private static func weights(
    _ kernel: Matrix<Double>, _ share: Double
  ) throws(BiobankError) -> [Double] {
    let count = kernel.rows
    // R^½ = a I + b 11' has the same eigenvectors as R.
    let a = (1 - share).squareRoot()
    let b = ((1 - share + Double(count) * share).squareRoot() - a) / Double(count)
    let rowSums = (0..<count).map { kernel.row($0).reduce(0, +) }
    let total = rowSums.reduce(0, +)
    var mixed = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count {
      for j in 0..<count {
        mixed[i, j] =
          a * a * kernel[i, j] + a * b * (rowSums[i] + rowSums[j]) + b * b * total
      }
    }
    do { return try SymmetricEigenvalues(of: mixed).values } catch {
      throw .noEstimate("a mixture of the variants has no eigenvalues: \(error)")
    }
  }
}

/// What all mixtures share: the mean of the variants, and what is left of them without it.
private struct CommonPart {
  private let form: QuadraticForm
  private let mean: Double
  private let variance: Double
  private let remainder: Double
  private let perShare: (Double) -> Double
  /// Whether nothing is left of the variants without their mean.
  let isAll: Bool

  init(_ kernel: Matrix<Double>) throws(BiobankError) {
    let count = kernel.rows
    let p = Double(count)
    // z̄ = Z1/p: z̄'z̄ = 1'K1/p², and z̄'Z = 1'K/p.
    let rowSums = (0..<count).map { kernel.row($0).reduce(0, +) }
    let square = rowSums.reduce(0, +) / (p * p)
    let slopes = rowSums.map { $0 / p / square }
    var rest = Matrix<Double>(rows: count, columns: count)
    var crossed = 0.0
    for i in 0..<count {
      for j in 0..<count {
        let along = slopes[i] * slopes[j] * square
        rest[i, j] = kernel[i, j] - along
        crossed += along * rest[i, j]
      }
    }
    let values: [Double]
    do { values = try SymmetricEigenvalues(of: rest).values } catch {
      throw .noEstimate("what is left of the variants has no eigenvalues: \(error)")
    }
    form = QuadraticForm(values)
    let whole = (0..<count).reduce(0) { $0 + kernel[$1, $1] }
    isAll = values.reduce(0) { $0 + abs($1) } < 1e-9 * whole
    remainder = 4 * crossed
    mean = form.weights.reduce(0, +)
    variance = 2 * form.weights.reduce(0) { $0 + $1 * $1 } + remainder
    let squares = slopes.reduce(0) { $0 + $1 * $1 }
    perShare = { share in (p * p * share + squares * (1 - share)) * square }
  }

  /// 1 − ∫ P(rest < min over mixtures) over the common χ²₁, with x = t² so that nothing is singular.
  func share(beyond points: [Double], shares: [Double]) -> Double {
    let factors = shares.map(perShare)
    let shrink = ((variance - remainder) / variance).squareRoot()
    let end = 40.0.squareRoot()
    let pieces = 48
    var sum = 0.0
    for piece in 0..<pieces {
      let width = end / Double(pieces)
      for (node, weight) in GaussLegendre.sixteen {
        let t = width * (Double(piece) + (node + 1) / 2)
        let least =
          zip(zip(points, factors), shares).map { pair, share in
            (pair.0 - pair.1 * t * t) / (1 - share)
          }.min() ?? 0
        let above: Double
        if least > mean * 1e4 {
          above = 0
        } else {
          above = form.share(above: (least - mean) * shrink + mean)
        }
        let density = 2 * exp(-t * t / 2) / (2 * Double.pi).squareRoot()
        sum += weight * width / 2 * (1 - min(1, above)) * density
      }
    }
    return 1 - sum
  }
}
