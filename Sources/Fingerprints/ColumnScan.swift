internal import Parallelism

/// One pass of several queries over an index of columns.
///
/// A query goes to the pages whose popcounts promise most first, so that the bound is high before
/// the others are read; pages that cannot reach the bound are not read at all.
struct ColumnScan: QueryPass {
  let index: ColumnIndex
  let request: SimilarityRequest
  let summary: ColumnSummary

  /// Queries that go over a run of blocks while it is in the cache: the more, the more columns they
  /// share.
  private static let queriesInGroup = 256
  /// Blocks that one query goes over before the next one does.
  private static let blocksInRun = 16
  /// Parts into which the pages are dealt when there are too few groups for the threads.
  private static let parts = 8

  init(index: ColumnIndex, request: SimilarityRequest) {
    request.check(bitCount: index.bitCount)
    self.index = index
    self.request = request
    summary = index.summary
  }

  var rowCount: Int { index.count }

  func run<Collector: NeighbourCollector>(
    using pool: WorkerPool, collector: @Sendable (_ query: Int) -> Collector
  ) -> [[[Neighbour]]] {
    let popcounts = request.queries.map(\.popcount)
    let order = popcounts.indices.sorted { (popcounts[$0], $0) < (popcounts[$1], $1) }
    // The answers depend neither on the groups nor on the parts, so these may depend on the threads.
    let shares = pool.threads > 1 ? 2 * pool.threads : 1
    let size = min(Self.queriesInGroup, max(1, (order.count + shares - 1) / shares))
    let groups = stride(from: 0, to: order.count, by: size).map {
      Array(order[$0..<min($0 + size, order.count)])
    }
    let parts = pool.threads > 1 && groups.count < 2 * pool.threads ? Self.parts : 1
    let pieces = pool.map(groups.count * parts) { piece in
      lead(groups[piece / parts], part: piece % parts, of: parts, collector: collector)
        .map(\.collector.result)
    }
    var results = [[[Neighbour]]](repeating: [], count: order.count)
    for (piece, found) in pieces.enumerated() {
      for (query, neighbours) in zip(groups[piece / parts], found) {
        results[query].append(neighbours)
      }
    }
    return results
  }

  /// Leads queries over one part of the pages.
  func lead<Collector: NeighbourCollector>(
    _ queries: [Int], part: Int, of parts: Int, record: ScanRecord? = nil,
    collector: (_ query: Int) -> Collector
  ) -> [ColumnQuery<Collector>] {
    var active = queries.map {
      ColumnQuery(
        request.queries[$0], collector($0), of: request,
        columns: summary.rarestFirst(request.queries[$0]), record: record)
    }
    // The queries of a group have about as many bits, so one order suits them all.
    let all = pages(for: active[active.count / 2].popcount)
    let order = stride(from: part, to: all.count, by: parts).map { all[$0] }
    var scratch = ScanScratch(rows: Self.blocksInRun * ColumnPage.rowsInBlock)
    // The first runs are short, because a bound exists only after them.
    var size = 1
    var lookahead = ColumnLookahead(active.map(\.columns))
    for (place, number) in order.enumerated() {
      lookahead.come(to: place, of: order, in: index) { page in
        active.contains { isReachable(page, $0.bound) }
      }
      let blockCount = index.pages[number].blockCount
      for query in active.indices { active[query].enter(blockCount: blockCount) }
      var first = 0
      while first < blockCount {
        let blocks = first..<min(first + size, blockCount)
        for query in active.indices { scan(number, blocks, &active[query], &scratch) }
        first = blocks.upperBound
        size = min(2 * size, Self.blocksInRun)
      }
    }
    return active
  }

  private func scan<Collector: NeighbourCollector>(
    _ number: Int, _ blocks: Range<Int>, _ query: inout ColumnQuery<Collector>,
    _ scratch: inout ScanScratch
  ) {
    query.tighten()
    let page = index.pages[number]
    if !query.require(blocks, of: page, in: summary) { return }
    let segment = index.segments[page.segment]
    let (lines, candidates) = Kernel(kind: request.kernel).scan(
      page, of: segment, blocks: blocks, columns: query.offsets, required: query.required,
      scratch: &scratch
    ) {
      query.take(row: $0, popcount: $1, common: $2)
    }
    query.finishBlock()
    if query.record != nil {
      let read = blocks.filter { query.required[$0] <= query.popcount }
      query.record?.add(
        page: number, popcounts: read.map { summary.popcounts[page.firstBlock + $0] },
        lines: lines, candidates: candidates)
    }
  }

  private func isReachable(_ page: Int, _ bound: PopcountBound) -> Bool {
    let popcounts = summary.popcounts(of: index.pages[page])
    return popcounts.lowerBound <= bound.high && popcounts.upperBound >= bound.low
  }

  /// The pages, those first whose popcounts allow the highest similarity.
  private func pages(for popcount: Int) -> [Int] {
    let promises = index.pages.map { page in
      let popcounts = summary.popcounts(of: page)
      let closest = min(max(popcount, popcounts.lowerBound), popcounts.upperBound)
      return request.metric.similarity(
        common: min(popcount, closest), query: popcount, row: closest)
    }
    return promises.indices.sorted { (promises[$1], $0) < (promises[$0], $1) }
  }
}
