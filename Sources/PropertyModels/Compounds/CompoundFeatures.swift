public import Featurization
import GradientBoosting
import Molecules
import Parallelism

/// What a model sees of a compound: fingerprints' columns, and dense ones beside them.
public struct CompoundFeatures: Codable, Hashable, Sendable {
  /// The fingerprints.
  public var fingerprints: FeatureRecipe
  /// What stands beside them.
  public var dense: [DenseFeature]

  /// Creates a choice of features.
  public init(fingerprints: FeatureRecipe, dense: [DenseFeature] = []) {
    self.fingerprints = fingerprints
    self.dense = dense
  }

  /// MapLight's features as far as this toolkit has them (Notwell & Wood 2023): counts of Morgan's
  /// environments, of atom pairs in Avalon's place, the reduced graph, and properties in the place of
  /// 200 descriptors.
  public static let mapLight = CompoundFeatures(
    fingerprints: FeatureRecipe(blocks: [
      FeatureBlock(.morgan(radius: 2, bits: 1_024), .logCount),
      FeatureBlock(.atomPair(bits: 1_024), .logCount),
    ]), dense: [.reducedGraph, .properties])

  /// The number of columns.
  public var columns: Int { dense.reduce(fingerprints.columns) { $0 + $1.columns } }

  /// The features of compounds, for trees.
  func matrix(
    of compounds: CompoundTable, using pool: WorkerPool
  ) throws(FittingError) -> FeatureMatrix {
    let rows = try compounds.rows(of: fingerprints, using: pool)
    var blocks: [[[Float]]] = []
    for feature in dense { blocks.append(try compounds.rows(of: feature, using: pool)) }
    var matrix = FeatureMatrix(columns: columns)
    for (number, row) in rows.enumerated() {
      var entries: [(column: Int, value: Float)] = []
      entries.reserveCapacity(row.columns.count)
      for (column, value) in zip(row.columns, row.values) { entries.append((Int(column), value)) }
      var start = fingerprints.columns
      for (feature, block) in zip(dense, blocks) {
        for (column, value) in block[number].enumerated()
        where value.isFinite && !(feature.zerosAreAbsent && value == 0) {
          entries.append((start + column, value))
        }
        start += feature.columns
      }
      matrix.append(entries)
    }
    return matrix
  }

  /// What is wrong with features that were read from a file; nil for nothing.
  var flaw: String? {
    if let flaw = fingerprints.flaw { return flaw }
    return Set(dense).count == dense.count ? nil : "the same dense numbers twice"
  }
}
