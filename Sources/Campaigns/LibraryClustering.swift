public import CompoundLibrary
public import Fingerprints
public import Parallelism

/// Groups the compounds of a library, and picks few that stand for many.
///
/// The same library gives the same groups and picks, with any number of threads. Removed compounds
/// take no part.
public struct LibraryClustering: Sendable {
  private let library: Library
  private let rows: ClusteringRows
  private let pool: WorkerPool

  /// Prepares the work.
  public init(of library: Library, pool: WorkerPool) {
    self.library = library
    self.pool = pool
    rows = ClusteringRows(
      bitCount: library.columns.bitCount, joining: library.segments.map(\.fingerprints))
  }

  /// The groups, the largest first.
  public func clusters(
    by method: ClusteringMethod, shouldStop: () -> Bool = { false },
    progress: (ClusteringProgress) -> Void = { _ in }
  ) throws(ClusteringStopped) -> Clustering {
    try method.clustering(
      of: rows, searching: library.columns, where: isIncluded, using: pool, shouldStop: shouldStop,
      progress: progress)
  }

  /// The groups in a few numbers.
  public func summary(of clustering: Clustering) -> ClusteringSummary {
    ClusteringSummary(of: clustering, rows: rows, using: pool)
  }

  /// The Tanimoto similarity of two rows.
  public func similarity(of row: Int, to other: Int) -> Double {
    rows[row].similarity(to: rows[other])
  }

  /// Compounds far from each other, and from those that are at hand already.
  ///
  /// - Parameters:
  ///   - known: fingerprints of compounds that the picks must differ from; without any the first
  ///     pick is drawn by the seed.
  public func picks(
    _ count: Int, differentFrom known: [Fingerprint], seed: UInt64,
    shouldStop: () -> Bool = { false }, progress: (ClusteringProgress) -> Void = { _ in }
  ) throws(ClusteringStopped) -> [MaxMinPicker.Pick] {
    try MaxMinPicker(start: known.isEmpty ? .seed(seed) : .different(from: known)).picks(
      from: rows, count: count, where: isIncluded, shouldStop: shouldStop, progress: progress)
  }

  private var isIncluded: @Sendable (Int) -> Bool {
    { [library] in !library.isDeleted($0) }
  }
}
