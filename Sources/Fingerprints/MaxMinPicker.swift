public import Parallelism

/// Picks rows that are far from each other.
///
/// Each pick is the row whose most similar earlier pick is the least similar (MaxMin; Ashton et al.
/// 2002, Quant. Struct.-Act. Relat. 21, 598). Of rows equally far, the lower is picked. The picks
/// are those of comparing every row with every pick, but a row is compared only while it is still
/// the farthest as far as is known: for many rows one near pick settles the matter for good (Sayle
/// 2016; RDKit walks all rows for each pick, here a heap names the next).
///
/// Memory: 16 bytes a row, twice that at times, and the fingerprints of the picks.
public struct MaxMinPicker: Hashable, Sendable {
  /// How the picking starts.
  public enum Start: Hashable, Sendable {
    /// With these rows, which are the first picks; without any, with the first row that counts.
    case rows([Int])
    /// With one row drawn by a seed.
    case seed(UInt64)
    /// With the row farthest from these fingerprints, which every pick is kept away from as from
    /// earlier picks; without any, with the first row that counts.
    case different(from: [Fingerprint])
  }

  /// A row that was picked.
  public struct Pick: Hashable, Sendable {
    /// The row.
    public let row: Int
    /// Its similarity to the most similar earlier pick; nil when nothing came before it.
    public let similarity: Double?
  }

  /// How the picking starts.
  public let start: Start
  /// The similarity that is kept low.
  public let metric: SimilarityMetric

  /// Creates a picker.
  ///
  /// - Precondition: the metric's weights are finite and not negative.
  public init(start: Start, by metric: SimilarityMetric = .tanimoto) {
    precondition(metric.isValid, "the weights of \(metric) must be finite and not negative")
    self.start = start
    self.metric = metric
  }

  /// The rows picked, in order; all rows if the table has fewer than `count`.
  ///
  /// - Parameter threshold: picking ends when every row left is at least this similar to a pick.
  public func picks(
    from table: some FingerprintTable, count: Int, until threshold: Double = .infinity,
    kernel: KernelKind = .best
  ) -> [Int] {
    let picks = try? picks(
      from: ClusteringRows(table), count: count, until: threshold, kernel: kernel)
    return picks?.map(\.row) ?? []
  }

  /// The rows picked, in order; all rows that count if they are fewer than `count`.
  ///
  /// - Parameters:
  ///   - threshold: picking ends when every row left is at least this similar to a pick.
  ///   - isIncluded: which rows may be picked, say those that were not deleted; nil for all.
  ///   - pool: the threads; the picks do not depend on their number.
  ///   - shouldStop: asked every few thousand steps.
  ///   - progress: told after each pick.
  /// - Precondition: rows that start are rows of the table, that count, and differ.
  /// - Complexity: O(rows × picks × words) at most; in practice most rows are compared with few
  ///   picks.
  public func picks(
    from rows: ClusteringRows, count: Int, until threshold: Double = .infinity,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best,
    shouldStop: () -> Bool = { false }, progress: (ClusteringProgress) -> Void = { _ in }
  ) throws(ClusteringStopped) -> [Pick] {
    precondition(kernel.isAvailable, "this processor has no \(kernel)")
    let candidates = (0..<rows.count).filter { isIncluded?($0) ?? true }
    let wanted = min(count, candidates.count)
    if wanted <= 0 { return [] }
    let starts = starts(among: candidates)
    var known = MaxMinPicks(among: rows, metric: metric, kernel: kernel)
    if case .different(let fingerprints) = start { fingerprints.forEach { known.add($0) } }
    var picks: [Pick] = []
    for row in starts.prefix(wanted) {
      picks.append(Pick(row: row, similarity: nil))
      known.add(rows[row])
    }
    var search = MaxMinSearch(
      rest(of: candidates, without: starts), awayFrom: known, using: pool)
    while picks.count < wanted, let next = try search.farthest(shouldStop: shouldStop),
      next.similarity < threshold
    {
      picks.append(Pick(row: next.row, similarity: next.similarity))
      search.pickFarthest()
      progress(ClusteringProgress(done: picks.count, total: wanted, found: picks.count))
    }
    return picks
  }

  private func rest(of candidates: [Int], without starts: [Int]) -> [Int] {
    let taken = Set(starts)
    let rest = candidates.filter { !taken.contains($0) }
    precondition(
      taken.count == starts.count && rest.count + starts.count == candidates.count,
      "the rows \(starts) are not different rows that count")
    return rest
  }

  private func starts(among candidates: [Int]) -> [Int] {
    switch start {
    case .rows(let rows) where !rows.isEmpty: return rows
    case .different(let known) where !known.isEmpty: return []
    case .rows, .different: return [candidates[0]]
    case .seed(let seed):
      // The finaliser of MurmurHash3 spreads the seed; the high word of a product scales it.
      var mixed = seed
      mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
      mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
      mixed ^= mixed >> 33
      let place = mixed.multipliedFullWidth(by: UInt64(candidates.count)).high
      return [candidates[Int(place)]]
    }
  }
}
