public import Parallelism

extension FingerprintTable {
  /// The number of bits of every row.
  public var bitCount: Int { rows.bitCount }
  /// The number of rows.
  public var count: Int { rows.count }

  /// For each query its neighbours, found by reading the rows.
  ///
  /// - Complexity: O(queries × rows × words), less the rows whose popcount rules them out.
  public func search(_ request: SimilarityRequest, using pool: WorkerPool) -> [[Neighbour]] {
    TableScan(rows: rows, request: request).search(using: pool)
  }
}
