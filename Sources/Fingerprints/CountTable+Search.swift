public import Parallelism

extension CountTable {
  /// For each query its neighbours, found by reading the rows; exact.
  ///
  /// - Complexity: O(queries × features of all rows), less the rows whose total rules them out.
  public func search(
    _ request: CountRequest, using pool: WorkerPool = WorkerPool(threads: 1)
  ) -> [[Neighbour]] {
    let rowsInSpan = 1 << 16
    let spans = stride(from: 0, to: count, by: rowsInSpan).map {
      $0..<min($0 + rowsInSpan, count)
    }
    if spans.isEmpty { return request.queries.map { _ in [] } }
    let pieces = pool.map(request.queries.count * spans.count) { piece in
      request.best(
        of: neighbours(
          of: request.queries[piece / spans.count], rows: spans[piece % spans.count], request))
    }
    return request.queries.indices.map { query in
      request.best(of: Array(pieces[query * spans.count..<(query + 1) * spans.count].joined()))
    }
  }

  /// The similarities of some rows, without those that cannot be in the answer.
  func neighbours(
    of query: CountFingerprint, rows: some Sequence<Int>, _ request: CountRequest
  ) -> [Neighbour] {
    var found: [Neighbour] = []
    var best: BestNeighbours?
    var bound = -Double.infinity
    switch request.goal {
    case .atLeast(let threshold): bound = threshold
    case .nearest(let count): best = count > 0 ? BestNeighbours(capacity: count) : nil
    }
    if case .nearest(0) = request.goal { return [] }
    for row in rows {
      if let isIncluded = request.isIncluded, !isIncluded(row) { continue }
      // What the row would have if all of the lesser sum were common.
      let (mine, theirs) = (query.total, totals[row])
      let most = request.metric.similarity(common: min(mine, theirs), query: mine, row: theirs)
      if most < bound { continue }
      let similarity = request.metric.similarity(
        common: intersection(of: query.entries, withRow: row), query: mine, row: theirs)
      if similarity < bound { continue }
      let neighbour = Neighbour(row: row, similarity: similarity)
      if best == nil {
        found.append(neighbour)
      } else {
        best?.insert(neighbour)
        bound = best?.bound ?? bound
      }
    }
    return best?.sorted ?? found
  }
}
