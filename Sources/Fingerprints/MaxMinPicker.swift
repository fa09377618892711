/// Picks rows that are far from each other.
///
/// Each pick is the row whose most similar earlier pick is the least similar (MaxMin; Ashton et al.
/// 2002, Quant. Struct.-Act. Relat. 21, 598). Of rows equally far, the lower is picked. Exact:
/// every row is compared with every pick.
public struct MaxMinPicker: Hashable, Sendable {
  /// How the picking starts.
  public enum Start: Hashable, Sendable {
    /// With these rows, which are the first picks.
    case rows([Int])
    /// With one row drawn by a seed.
    case seed(UInt64)
  }

  /// How the picking starts.
  public let start: Start
  /// The similarity that is kept low.
  public let metric: SimilarityMetric

  /// Creates a picker.
  public init(start: Start, by metric: SimilarityMetric = .tanimoto) {
    self.start = start
    self.metric = metric
  }

  /// The rows picked, in order; all rows if the table has fewer than `count`.
  ///
  /// - Parameter threshold: picking ends when every row left is at least this similar to a pick.
  /// - Complexity: O(rows × picks × words)
  public func picks(
    from table: some FingerprintTable, count: Int, until threshold: Double = .infinity,
    kernel: KernelKind = .best
  ) -> [Int] {
    let rows = table.rows
    precondition(metric.isValid, "the weights of \(metric) must be finite and not negative")
    precondition(kernel.isAvailable, "this processor has no \(kernel)")
    let wanted = min(count, rows.count)
    if wanted <= 0 { return [] }
    var distances = PickDistances(rows: rows, metric: metric, kernel: Kernel(kind: kernel))
    var picks: [Int] = []
    for row in first(of: rows.count).prefix(wanted) {
      precondition((0..<rows.count).contains(row), "row \(row) of \(rows.count)")
      precondition(!picks.contains(row), "row \(row) starts twice")
      picks.append(row)
      distances.pick(row)
    }
    while picks.count < wanted, let next = distances.farthest, next.similarity < threshold {
      picks.append(next.row)
      distances.pick(next.row)
    }
    return picks
  }

  private func first(of count: Int) -> [Int] {
    switch start {
    case .rows(let rows) where !rows.isEmpty: return rows
    case .rows: return [0]
    case .seed(let seed):
      // The finaliser of MurmurHash3 spreads the seed; the high word of a product scales it.
      var mixed = seed
      mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
      mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
      mixed ^= mixed >> 33
      return [Int(mixed.multipliedFullWidth(by: UInt64(count)).high)]
    }
  }
}

/// For each row its similarity to the nearest pick.
private struct PickDistances {
  let rows: FingerprintRows
  let metric: SimilarityMetric
  let kernel: Kernel
  private var nearest: [Double]
  /// The row least similar to its nearest pick; nil when all are picked.
  private(set) var farthest: Neighbour?

  init(rows: FingerprintRows, metric: SimilarityMetric, kernel: Kernel) {
    self.rows = rows
    self.metric = metric
    self.kernel = kernel
    nearest = Array(repeating: -1, count: rows.count)
  }

  mutating func pick(_ pick: Int) {
    let query = rows[pick]
    let popcount = query.popcount
    nearest[pick] = .infinity
    farthest = nil
    for start in stride(from: 0, to: rows.count, by: 4096) {
      let block = start..<min(start + 4096, rows.count)
      let common = kernel.intersections(of: query.words, with: rows.storage, rows: block)
      let popcounts = rows.storage.popcounts(in: block)
      for row in block {
        let similarity = metric.similarity(
          common: Int(common[row - start]), query: popcount, row: Int(popcounts[row - start]))
        nearest[row] = max(nearest[row], similarity)
        if nearest[row] < farthest?.similarity ?? .infinity {
          farthest = Neighbour(row: row, similarity: nearest[row])
        }
      }
    }
  }
}
