internal import Parallelism

/// One pass of several queries over a table, cut into fixed pieces for the threads.
///
/// A piece is a group of queries against a span of rows. Inside, each block of rows is small enough
/// to stay in the second-level cache while all queries of the group go over it: that is what makes
/// a batch faster than its queries one by one.
struct TableScan: QueryPass {
  let rows: FingerprintRows
  let request: SimilarityRequest

  private static let queriesInGroup = 16
  private static let rowsInSpan = 1 << 18
  private static let bytesInBlock = 1 << 18

  init(rows: FingerprintRows, request: SimilarityRequest) {
    request.check(bitCount: rows.bitCount)
    self.rows = rows
    self.request = request
  }

  var rowCount: Int { rows.count }

  func run<Collector: NeighbourCollector>(
    using pool: WorkerPool, collector: @Sendable (_ query: Int) -> Collector
  ) -> [[[Neighbour]]] {
    let count = request.queries.count
    let groups = (count + Self.queriesInGroup - 1) / Self.queriesInGroup
    let spans = max(1, (rows.count + Self.rowsInSpan - 1) / Self.rowsInSpan)
    let pieces = pool.map(groups * spans) { piece in
      let group = piece / spans * Self.queriesInGroup
      let span = piece % spans * Self.rowsInSpan
      return scan(
        queries: group..<min(group + Self.queriesInGroup, count),
        rows: span..<min(span + Self.rowsInSpan, rows.count), collector: collector)
    }
    return (0..<count).map { query in
      let first = query / Self.queriesInGroup * spans
      return (first..<first + spans).map { pieces[$0][query % Self.queriesInGroup] }
    }
  }

  private func scan<Collector: NeighbourCollector>(
    queries group: Range<Int>, rows span: Range<Int>, collector: (_ query: Int) -> Collector
  ) -> [[Neighbour]] {
    let largest = max(256, Self.bytesInBlock / (8 * rows.wordCount))
    var active = group.map { number in
      ActiveQuery(request.queries[number], collector(number), of: request)
    }
    var scratch = ScanScratch(rows: largest)
    let kernel = Kernel(kind: request.kernel)
    var start = span.lowerBound
    // The first blocks are small, because a bound exists only after them.
    var size = min(256, largest)
    while start < span.upperBound {
      let block = start..<min(start + size, span.upperBound)
      for index in active.indices {
        active[index].tighten()
        let (query, bound) = (active[index].query, active[index].bound)
        kernel.scan(query.words, rows.storage, rows: block, bound: bound, scratch: &scratch) {
          active[index].take(row: $0, popcount: $1, common: $2)
        }
        active[index].finishBlock()
      }
      start = block.upperBound
      size = min(2 * size, largest)
    }
    return active.map(\.collector.result)
  }
}
