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
