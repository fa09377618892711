import Molecules
public import Parallelism

/// Standardised structures in order, with every feature that was asked of them.
///
/// A part taken with ``selecting(_:)`` shares the features of the whole.
public struct CompoundTable: Sendable {
  private let cache: FeatureCache
  /// The rows of the cache that this table shows.
  private let rows: [Int]

  /// Wraps structures given as standardised SMILES.
  public init(smiles: [String]) {
    cache = FeatureCache(smiles: smiles)
    rows = Array(smiles.indices)
  }

  private init(cache: FeatureCache, rows: [Int]) {
    self.cache = cache
    self.rows = rows
  }

  /// How many compounds.
  public var count: Int { rows.count }

  /// The structure of a row.
  public func smiles(_ row: Int) -> String { cache.smiles[rows[row]] }

  /// The compounds with these numbers, in this order.
  public func selecting(_ chosen: some Collection<Int>) -> CompoundTable {
    CompoundTable(cache: cache, rows: chosen.map { rows[$0] })
  }

  /// Tells the rows of a feature that are known already, such as stored fingerprints.
  ///
  /// They must be what the feature would compute; a table that was taken from another cannot be told.
  public func know<Feature: CompoundFeature>(_ rows: [Feature.Row], of feature: Feature) {
    precondition(rows.count == cache.smiles.count, "a row for each compound")
    cache.know(rows, of: feature)
  }

  /// A feature of every compound, in order.
  ///
  /// Computed for the whole table that this one was taken from, at the first time it is asked for.
  public func rows<Feature: CompoundFeature>(
    of feature: Feature, using pool: WorkerPool
  ) throws(FittingError) -> [Feature.Row] {
    let all = try cache.rows(of: feature, using: pool)
    return rows.map { all[$0] }
  }
}
