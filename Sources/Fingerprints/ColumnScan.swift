internal import Parallelism

/// One pass of several queries over an index of columns.
///
/// A query goes to the pages whose popcounts promise most first, so that the bound is high before
/// the others are read; pages that cannot reach the bound are not read at all.
struct ColumnScan: QueryPass {
  let index: ColumnIndex
  let request: SimilarityRequest
  /// By page: the popcounts at its ends.
  ///
  /// Read for each search, so that opening an index touches none of its pages.
  private let popcounts: [ClosedRange<UInt16>]

  /// Queries that go over a page while it is in the cache.
  private static let queriesInGroup = 16
  /// Parts into which the pages are dealt when there are too few groups for the threads.
  private static let parts = 8

  init(index: ColumnIndex, request: SimilarityRequest) {
    request.check(bitCount: index.bitCount)
    self.index = index
    self.request = request
    popcounts = index.pages.map { index.segments[$0.segment].storage.popcounts(of: $0) }
  }

  var rowCount: Int { index.count }

  func run<Collector: NeighbourCollector>(
    using pool: WorkerPool, collector: @Sendable (_ query: Int) -> Collector
  ) -> [[[Neighbour]]] {
    let popcounts = request.queries.map(\.popcount)
    let order = popcounts.indices.sorted { (popcounts[$0], $0) < (popcounts[$1], $1) }
    let groups = stride(from: 0, to: order.count, by: Self.queriesInGroup).map {
      Array(order[$0..<min($0 + Self.queriesInGroup, order.count)])
    }
    // The answers do not depend on the parts, so these may depend on the threads.
    let parts = pool.threads > 1 && groups.count < 2 * pool.threads ? Self.parts : 1
    let pieces = pool.map(groups.count * parts) { piece in
      scan(groups[piece / parts], part: piece % parts, of: parts, collector: collector)
    }
    var results = [[[Neighbour]]](repeating: [], count: order.count)
    for (piece, found) in pieces.enumerated() {
      for (query, neighbours) in zip(groups[piece / parts], found) {
        results[query].append(neighbours)
      }
    }
    return results
  }

  private func scan<Collector: NeighbourCollector>(
    _ queries: [Int], part: Int, of parts: Int, collector: (_ query: Int) -> Collector
  ) -> [[Neighbour]] {
    var active = queries.map { ColumnQuery(request.queries[$0], collector($0), of: self) }
    // The queries of a group have about as many bits, so one order suits them all.
    let order = pages(for: active[active.count / 2].query.popcount)
    var scratch = ScanScratch(rows: ColumnPage.rows)
    for number in stride(from: part, to: order.count, by: parts) {
      for query in active.indices { scan(order[number], &active[query], &scratch) }
    }
    return active.map(\.query.collector.result)
  }

  private func scan<Collector: NeighbourCollector>(
    _ number: Int, _ active: inout ColumnQuery<Collector>, _ scratch: inout ScanScratch
  ) {
    let page = index.pages[number]
    let columns = ColumnOffsets(
      active.columns, bitCount: index.bitCount, blockCount: page.blockCount)
    let kernel = Kernel(kind: request.kernel)
    var first = 0
    while first < page.blockCount {
      active.query.tighten()
      let bound = active.query.bound
      let popcounts = popcounts[number]
      if popcounts.lowerBound > bound.high || popcounts.upperBound < bound.low { return }
      let blocks = first..<min(first + active.blocks, page.blockCount)
      kernel.scan(
        page, of: index.segments[page.segment], bitCount: index.bitCount, blocks: blocks,
        columns: columns, bound: bound, scratch: &scratch
      ) {
        active.query.take(row: $0, popcount: $1, common: $2)
      }
      active.query.finishBlock()
      first = blocks.upperBound
      active.blocks = min(2 * active.blocks, ColumnPage.blocks)
    }
  }

  /// The pages, those first whose popcounts allow the highest similarity.
  private func pages(for popcount: Int) -> [Int] {
    let promises = popcounts.map { popcounts in
      let closest = min(max(popcount, Int(popcounts.lowerBound)), Int(popcounts.upperBound))
      return request.metric.similarity(
        common: min(popcount, closest), query: popcount, row: closest)
    }
    return promises.indices.sorted { (promises[$1], $0) < (promises[$0], $1) }
  }
}

/// A query and the columns it reads.
private struct ColumnQuery<Collector: NeighbourCollector> {
  var query: ActiveQuery<Collector>
  /// The query's bits, the rarest first: they rule a block out soonest.
  let columns: [UInt32]
  /// Blocks to the next look at the bound; few at first, because a bound exists only after them.
  var blocks = 1

  init(_ fingerprint: Fingerprint, _ collector: Collector, of scan: ColumnScan) {
    let frequencies = scan.index.frequencies
    query = ActiveQuery(fingerprint, collector, of: scan.request)
    columns = fingerprint.setBits
      .sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
      .map(UInt32.init)
  }
}
