internal import Parallelism

/// One pass of several queries over an index of columns.
///
/// A query goes to the pages whose popcounts promise most first, so that the bound is high before
/// the others are read; pages that cannot reach the bound are not read at all.
struct ColumnScan: QueryPass {
  let index: ColumnIndex
  let request: SimilarityRequest

  /// Queries that go over a page while it is in the cache.
  private static let queriesInGroup = 16
  /// Parts into which the pages are dealt when there are too few groups for the threads.
  private static let parts = 8

  init(index: ColumnIndex, request: SimilarityRequest) {
    for query in request.queries {
      precondition(
        query.bitCount == index.bitCount, "\(query.bitCount) bits against \(index.bitCount)")
    }
    self.index = index
    self.request = request
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
      let page = index.pages[order[number]]
      for query in active.indices { scan(page, &active[query], &scratch) }
    }
    return active.map(\.query.collector.result)
  }

  private func scan<Collector: NeighbourCollector>(
    _ page: ColumnPage, _ active: inout ColumnQuery<Collector>, _ scratch: inout ScanScratch
  ) {
    let offsets = active.columns.map { $0 * UInt32(page.blockCount * 8) }
    var first = 0
    while first < page.blockCount {
      active.query.tighten()
      if !isReachable(page.places, active.query.bound) { return }
      let blocks = first..<min(first + active.blocks, page.blockCount)
      scan(page, blocks, offsets, &active.query, &scratch)
      active.query.finishBlock()
      first = blocks.upperBound
      active.blocks = min(2 * active.blocks, ColumnPage.blocks)
    }
  }

  private func scan<Collector: NeighbourCollector>(
    _ page: ColumnPage, _ blocks: Range<Int>, _ offsets: [UInt32],
    _ active: inout ActiveQuery<Collector>, _ scratch: inout ScanScratch
  ) {
    var required = [UInt16](repeating: .max, count: page.blockCount)
    for block in blocks {
      let start = page.places.lowerBound + block * ColumnPage.rowsInBlock
      let end = min(start + ColumnPage.rowsInBlock, page.places.upperBound)
      required[block] = active.bound.least(
        popcounts: index.popcounts[start]...index.popcounts[end - 1])
    }
    let bound = active.bound
    Kernel(kind: request.kernel).scan(
      page, blocks: blocks, offsets: offsets, required: required, scratch: &scratch
    ) { offset, common in
      // The last block is filled up with empty rows.
      guard offset < page.places.count else { return }
      let place = page.places.lowerBound + offset
      let popcount = index.popcounts[place]
      guard bound.admits(popcount: popcount, common: UInt16(common)) else { return }
      active.take(row: Int(index.order[place]), popcount: Int(popcount), common: common)
    }
  }

  private func isReachable(_ places: Range<Int>, _ bound: RowBound) -> Bool {
    index.popcounts[places.lowerBound] <= bound.high
      && index.popcounts[places.upperBound - 1] >= bound.low
  }

  /// The pages, those first whose popcounts allow the highest similarity.
  private func pages(for popcount: Int) -> [Int] {
    let promises = index.pages.map { page in
      let least = Int(index.popcounts[page.places.lowerBound])
      let most = Int(index.popcounts[page.places.upperBound - 1])
      let closest = min(max(popcount, least), most)
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
