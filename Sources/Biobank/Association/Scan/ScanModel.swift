internal import LinearAlgebra

/// A model without a variant, against which each variant is held.
protocol ScanModel: Sendable {
  /// Columns whose products with each variant's copies the estimate needs.
  var columns: Matrix<Double> { get }
  /// A column whose product with the squares of the copies is needed; nil for none.
  var squares: Matrix<Double>? { get }

  /// The estimate of a variant that varies; nil where the covariates say all of it.
  ///
  /// - Parameters:
  ///   - products: of the variant with the columns, missing genotypes counting 0.
  ///   - square: the product with the squares' column.
  func estimate(
    _ genotypes: PackedGenotypes, _ variant: Int, counts: PlinkFiles.Counts,
    products: ArraySlice<Double>, square: Double
  ) -> VariantFinding.Estimate?
}

extension Matrix<Double> {
  /// A matrix of these columns.
  init(columns: [[Double]]) {
    let rows = columns[0].count
    var elements = [Double](repeating: 0, count: rows * columns.count)
    for (place, column) in columns.enumerated() {
      for (row, value) in column.enumerated() { elements[row * columns.count + place] = value }
    }
    self.init(rows: rows, columns: columns.count, elements: elements)
  }
}
