public import Parallelism

extension Clustering {
  /// The same clusters with their medoids as representatives.
  ///
  /// The medoid is the member without which the others are the least alike on average (the least
  /// complementary instant similarity), which takes time linear in the members; the first of
  /// equals, and of two rows the first.
  public func representedByMedoids(
    of rows: ClusteringRows, using pool: WorkerPool = WorkerPool(threads: 1),
    kernel: KernelKind = .best
  ) -> Clustering {
    let kernel = ClusteringKernel(kind: kernel, lines: rows.lines)
    return represented(
      by: mapClusters(using: pool) { cluster in medoid(of: cluster, in: rows, by: kernel) })
  }

  /// By cluster the mean similarity of its pairs of rows; nil for a cluster of one row.
  public func similarities(
    in rows: ClusteringRows, using pool: WorkerPool = WorkerPool(threads: 1),
    kernel: KernelKind = .best
  ) -> [Double?] {
    let kernel = ClusteringKernel(kind: kernel, lines: rows.lines)
    return mapClusters(using: pool) { cluster in
      self.rows(of: cluster).count < 2
        ? nil : counted(cluster, in: rows, by: kernel).similarity.tanimoto
    }
  }

  private func medoid(
    of cluster: Int, in rows: ClusteringRows, by kernel: ClusteringKernel
  ) -> Int {
    let members = self.rows(of: cluster)
    let first = Int(members[members.startIndex])
    if members.count < 3 { return first }
    let (counters, similarity) = counted(cluster, in: rows, by: kernel)
    var row = [CacheLine](repeating: .zero, count: kernel.lines)
    var (medoid, least) = (first, Double.infinity)
    for member in members {
      rows.copy(Int(member), to: &row)
      let rest = similarity.removing(
        popcount: kernel.popcount(row), shared: kernel.sum(counters.planes, at: row))
      if let value = rest.tanimoto, value < least { (medoid, least) = (Int(member), value) }
    }
    return medoid
  }

  private func counted(
    _ cluster: Int, in rows: ClusteringRows, by kernel: ClusteringKernel
  ) -> (counters: ClusteringCounters, similarity: InstantSimilarity) {
    var counters = ClusteringCounters()
    var similarity = InstantSimilarity()
    var row = [CacheLine](repeating: .zero, count: kernel.lines)
    var majority = row
    for member in self.rows(of: cluster) {
      rows.copy(Int(member), to: &row)
      similarity = similarity.adding(
        popcount: kernel.popcount(row), shared: kernel.sum(counters.planes, at: row))
      _ = counters.add(row, by: kernel, majority: &majority, at: 0)
    }
    return (counters, similarity)
  }

  /// The results of `transform` for all clusters, in pieces of about as many rows.
  private func mapClusters<Result: Sendable>(
    using pool: WorkerPool, _ transform: @Sendable (_ cluster: Int) -> Result
  ) -> [Result] {
    let pieces = pieces(rows: 8192)
    return pool.map(pieces.count) { pieces[$0].map(transform) }.flatMap(\.self)
  }

  private func pieces(rows: Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var (start, size) = (0, 0)
    for cluster in 0..<count {
      size += self.rows(of: cluster).count
      if size >= rows || cluster == count - 1 {
        pieces.append(start..<cluster + 1)
        (start, size) = (cluster + 1, 0)
      }
    }
    return pieces
  }
}
