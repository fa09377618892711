internal import Parallelism

/// One pass of several queries over an index of columns.
///
/// A query goes to the pages whose popcounts promise most first, so that the bound is high before
/// the others are read; pages that cannot reach the bound are not read at all.
struct ColumnScan: QueryPass {
  let index: ColumnIndex
  let request: SimilarityRequest

  /// Parts into which the pages are dealt when there are too few queries for the threads.
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
    // The answers do not depend on the parts, so these may depend on the threads.
    let few = pool.threads > 1 && request.queries.count < 4 * pool.threads
    let parts = few ? Self.parts : 1
    let pieces = pool.map(request.queries.count * parts) { piece in
      let query = piece / parts
      return scan(
        request.queries[query], part: piece % parts, of: parts, collector: collector(query))
    }
    return request.queries.indices.map { Array(pieces[$0 * parts..<($0 + 1) * parts]) }
  }

  private func scan<Collector: NeighbourCollector>(
    _ query: Fingerprint, part: Int, of parts: Int, collector: Collector
  ) -> [Neighbour] {
    var active = ActiveQuery(query, collector, of: request)
    let wanted = rarestFirst(query)
    let order = pages(for: active.popcount)
    var scratch = ScanScratch(rows: ColumnPage.rows)
    // Few blocks at first, because a bound exists only after them.
    var size = 1
    for number in stride(from: part, to: order.count, by: parts) {
      let page = index.pages[order[number]]
      var first = 0
      while first < page.blockCount {
        active.tighten()
        if !isReachable(page.places, active.bound) { break }
        let blocks = first..<min(first + size, page.blockCount)
        scan(page, blocks, wanted, &active, &scratch)
        active.finishBlock()
        first = blocks.upperBound
        size = min(2 * size, ColumnPage.blocks)
      }
    }
    return active.collector.result
  }

  private func scan<Collector: NeighbourCollector>(
    _ page: ColumnPage, _ blocks: Range<Int>, _ wanted: [UInt32],
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
      page, blocks: blocks, wanted: wanted, required: required, scratch: &scratch
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

  /// The query's columns, the rarest first: they rule a block out soonest.
  private func rarestFirst(_ query: Fingerprint) -> [UInt32] {
    query.setBits
      .sorted { (index.frequencies[$0], $0) < (index.frequencies[$1], $1) }
      .map(UInt32.init)
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
