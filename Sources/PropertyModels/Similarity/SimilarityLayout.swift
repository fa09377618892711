import Featurization
import Parallelism

/// What similarity is measured on: blocks of sparse columns, then stretches of dense ones.
struct SimilarityLayout: Hashable, Sendable {
  /// The columns of each sparse block.
  let widths: [Int]
  /// The dense columns of each stretch.
  let stretches: [Range<Int>]

  /// The blocks of a recipe, nothing dense.
  init(_ recipe: FeatureRecipe) { self.init(CompoundFeatures(fingerprints: recipe)) }

  /// The blocks of the fingerprints; then what is like a fingerprint; then the rest, dense.
  init(_ features: CompoundFeatures) {
    widths =
      features.fingerprints.blocks.map(\.columns)
      + features.dense.filter(\.zerosAreAbsent).map(\.columns)
    var stretches: [Range<Int>] = []
    var start = 0
    for feature in features.dense where !feature.zerosAreAbsent {
      stretches.append(start..<start + feature.columns)
      start += feature.columns
    }
    self.stretches = stretches
  }

  /// How many similarities there are of two compounds.
  var parts: Int { widths.count + stretches.count }
  /// The sparse columns.
  var sparseColumns: Int { widths.reduce(0, +) }
  /// The dense columns.
  var denseColumns: Int { stretches.last?.upperBound ?? 0 }
}

/// A compound as similarity sees it.
struct SimilarityRow: Hashable, Sendable {
  /// The entries of all sparse blocks, columns ascending.
  var sparse: FeatureRow
  /// The dense numbers, scaled.
  var dense: [Float] = []
}

extension CompoundFeatures {
  /// What is read densely, because its zeros mean something.
  var trulyDense: [DenseFeature] { dense.filter { !$0.zerosAreAbsent } }

  /// The rows of compounds.
  func similarityRows(
    of compounds: CompoundTable, scaling: DenseScaling, using pool: WorkerPool
  ) throws(FittingError) -> [SimilarityRow] {
    var rows = try compounds.rows(of: fingerprints, using: pool).map { SimilarityRow(sparse: $0) }
    var start = fingerprints.columns
    for feature in dense where feature.zerosAreAbsent {
      for (row, numbers) in try compounds.rows(of: feature, using: pool).enumerated() {
        for (column, number) in numbers.enumerated() where number > 0 && number.isFinite {
          rows[row].sparse.columns.append(Int32(start + column))
          rows[row].sparse.values.append(number)
        }
      }
      start += feature.columns
    }
    if !scaling.features.isEmpty {
      for (row, numbers) in try scaling.rows(of: compounds, using: pool).enumerated() {
        rows[row].dense = numbers
      }
    }
    return rows
  }
}
