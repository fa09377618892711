internal import LinearAlgebra

/// Level 0: what a block of neighbouring variants says of the trait, under five shrinkages.
///
/// Each person's value is predicted by a ridge regression that did not see the person's fold, so that the
/// next level can weigh the blocks honestly (Mbatchou et al., Nature Genetics 2021).
struct BlockRidge: Sendable {
  /// The predictions: people × shrinkages, each of mean 0 and deviation 1.
  let predictions: Matrix<Double>

  /// Fits; nil where no variant of the block varies beside the covariates.
  ///
  /// - Parameters:
  ///   - trait: residual of the covariates, of variance 1.
  ///   - variants: in the whole genome, which the penalties are scaled by.
  init?(
    _ genotypes: PackedGenotypes, trait: [Double], basis: CovariateBasis, folds: Folds,
    variants: Int
  ) throws(BiobankError) {
    guard let block = Self.standardised(genotypes, basis) else { return nil }
    let (people, size) = (block.columns, block.rows)
    let penalties = Shrinkage.penalties(predictors: variants)
    var (gram, cross) = (
      Matrix<Double>(rows: size, columns: size), [Double](repeating: 0, count: size)
    )
    var parts: [(fold: Matrix<Double>, gram: Matrix<Double>, cross: [Double])] = []
    for range in folds.ranges {
      let fold = Self.columns(block, range)
      let own = fold.times(.plain, fold, .transposed)
      let ownCross = fold.applied(to: Array(trait[range]))
      gram = Self.combined(gram, own, 1)
      for place in 0..<size { cross[place] += ownCross[place] }
      parts.append((fold, own, ownCross))
    }
    var found = Matrix<Double>(rows: people, columns: penalties.count)
    for (range, part) in zip(folds.ranges, parts) {
      let others = Self.combined(gram, part.gram, -1)
      let right = zip(cross, part.cross).map(-)
      for (number, penalty) in penalties.enumerated() {
        let weights = try Ridge.solve(others, right, penalty: penalty)
        let predicted = part.fold.transposed().applied(to: weights)
        for (place, row) in range.enumerated() { found[row, number] = predicted[place] }
      }
    }
    predictions = Self.scaled(found)
  }

  /// The block's copies less what the covariates say, of variance 1: variants × people.
  private static func standardised(
    _ genotypes: PackedGenotypes, _ basis: CovariateBasis
  ) -> Matrix<Double>? {
    let counts = genotypes.counts()
    let degrees = Double(genotypes.people - basis.columns.count)
    var rows: [[Double]] = []
    for variant in 0..<genotypes.variants {
      let count = counts[variant]
      guard count.observed > 0 else { continue }
      let mean = 2 * Double(count.alleles) / Double(count.observed)
      let dosages = genotypes.dosages(variant, missing: mean)
      let residual = basis.residual(of: dosages)
      let squares = CovariateBasis.product(residual, residual)
      guard squares > 1e-9 * CovariateBasis.product(dosages, dosages) else { continue }
      let scale = (degrees / squares).squareRoot()
      rows.append(residual.map { $0 * scale })
    }
    return rows.isEmpty ? nil : Matrix(rows)
  }

  private static func columns(_ matrix: Matrix<Double>, _ range: Range<Int>) -> Matrix<Double> {
    var elements: [Double] = []
    elements.reserveCapacity(matrix.rows * range.count)
    for row in 0..<matrix.rows {
      let start = row * matrix.columns
      elements += matrix.elements[start + range.lowerBound..<start + range.upperBound]
    }
    return Matrix(rows: matrix.rows, columns: range.count, elements: elements)
  }

  private static func combined(
    _ one: Matrix<Double>, _ other: Matrix<Double>, _ sign: Double
  ) -> Matrix<Double> {
    Matrix(
      rows: one.rows, columns: one.columns,
      elements: zip(one.elements, other.elements).map { $0 + sign * $1 })
  }

  private static func scaled(_ matrix: Matrix<Double>) -> Matrix<Double> {
    var result = matrix
    for column in 0..<matrix.columns {
      var (sum, squares) = (0.0, 0.0)
      for row in 0..<matrix.rows { sum += matrix[row, column] }
      let mean = sum / Double(matrix.rows)
      for row in 0..<matrix.rows {
        squares += (matrix[row, column] - mean) * (matrix[row, column] - mean)
      }
      let deviation = (squares / Double(matrix.rows - 1)).squareRoot()
      for row in 0..<matrix.rows {
        result[row, column] = deviation > 0 ? (matrix[row, column] - mean) / deviation : 0
      }
    }
    return result
  }
}

/// Ridge regression from sums of products.
enum Ridge {
  /// (A + λI)⁻¹ b.
  static func solve(
    _ gram: Matrix<Double>, _ right: [Double], penalty: Double
  ) throws(BiobankError) -> [Double] {
    var penalised = gram
    for place in 0..<gram.rows { penalised[place, place] += penalty }
    do { return try CholeskyFactor(of: penalised).solve(right) } catch {
      throw .noEstimate("the ridge regression has no solution: \(error)")
    }
  }
}
