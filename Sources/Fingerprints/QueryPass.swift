internal import Parallelism

/// Gathers the neighbours of one query while rows go by.
protocol NeighbourCollector: SendableMetatype {
  /// No row below this similarity is wanted from now on; never falls.
  var bound: Double { get }
  /// Takes a row that is not below the bound of the start of its block.
  mutating func take(_ neighbour: Neighbour)
  /// Called between two blocks.
  mutating func finishBlock()
  /// What was gathered.
  var result: [Neighbour] { get }
}

/// One way of leading queries past all rows.
protocol QueryPass: Sendable {
  var request: SimilarityRequest { get }
  /// The number of rows.
  var rowCount: Int { get }

  /// For each query the results of its collectors, one for each part of the rows.
  func run<Collector: NeighbourCollector>(
    using pool: WorkerPool, collector: @Sendable (_ query: Int) -> Collector
  ) -> [[[Neighbour]]]
}

extension QueryPass {
  /// The answers to the request.
  func search(using pool: WorkerPool) -> [[Neighbour]] {
    switch request.goal {
    case .nearest(let count): nearest(count: min(count, rowCount), using: pool)
    case .atLeast(let threshold):
      run(using: pool) { _ in ThresholdCollector(threshold: threshold) }
        .map { parts in parts.flatMap { $0 }.sorted { $0.precedes($1) } }
    }
  }

  private func nearest(count: Int, using pool: WorkerPool) -> [[Neighbour]] {
    if count == 0 { return request.queries.map { _ in [] } }
    let bounds = SharedBounds(count: request.queries.count)
    return run(using: pool) { NearestCollector(query: $0, count: count, shared: bounds) }
      .map { parts in
        if parts.count == 1 { return parts[0] }
        var best = BestNeighbours(capacity: count)
        for part in parts { for neighbour in part { best.insert(neighbour) } }
        return best.sorted
      }
  }
}
