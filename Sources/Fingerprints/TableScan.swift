internal import Parallelism

/// Gathers the neighbours of one query while rows go by in ascending order.
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

/// One pass of several queries over a table, cut into fixed pieces for the threads.
///
/// A piece is a group of queries against a span of rows. Inside, each block of rows is small enough
/// to stay in the second-level cache while all queries of the group go over it: that is what makes
/// a batch faster than its queries one by one.
struct TableScan: Sendable {
  let rows: FingerprintRows
  let queries: [Fingerprint]
  let metric: SimilarityMetric
  let kernel: KernelKind

  private static let queriesInGroup = 16
  private static let rowsInSpan = 1 << 18
  private static let bytesInBlock = 1 << 18

  init(
    rows: FingerprintRows, queries: [Fingerprint], metric: SimilarityMetric, kernel: KernelKind
  ) {
    precondition(metric.isValid, "the weights of \(metric) must be finite and not negative")
    precondition(kernel.isAvailable, "this processor has no \(kernel)")
    for query in queries {
      precondition(
        query.bitCount == rows.bitCount, "\(query.bitCount) bits against \(rows.bitCount)")
    }
    self.rows = rows
    self.queries = queries
    self.metric = metric
    self.kernel = kernel
  }

  /// For each query the results of its collectors, one a span, in the order of the spans.
  func run<Collector: NeighbourCollector>(
    with pool: WorkerPool, collector: @Sendable (_ query: Int) -> Collector
  ) -> [[[Neighbour]]] {
    let groups = (queries.count + Self.queriesInGroup - 1) / Self.queriesInGroup
    let spans = max(1, (rows.count + Self.rowsInSpan - 1) / Self.rowsInSpan)
    let pieces = pool.map(groups * spans) { piece in
      let group = piece / spans * Self.queriesInGroup
      let span = piece % spans * Self.rowsInSpan
      return scan(
        queries: group..<min(group + Self.queriesInGroup, queries.count),
        rows: span..<min(span + Self.rowsInSpan, rows.count), collector: collector)
    }
    return queries.indices.map { query in
      let first = query / Self.queriesInGroup * spans
      return (first..<first + spans).map { pieces[$0][query % Self.queriesInGroup] }
    }
  }

  private func scan<Collector: NeighbourCollector>(
    queries group: Range<Int>, rows span: Range<Int>, collector: (_ query: Int) -> Collector
  ) -> [[Neighbour]] {
    let largest = max(256, Self.bytesInBlock / (8 * rows.wordCount))
    var active = group.map { number in
      ActiveQuery(queries[number], collector(number), metric: metric)
    }
    var scratch = ScanScratch(rows: largest)
    let kernel = Kernel(kind: kernel)
    var start = span.lowerBound
    // The first blocks are small, because a bound exists only after them.
    var size = min(256, largest)
    while start < span.upperBound {
      let block = start..<min(start + size, span.upperBound)
      for index in active.indices {
        active[index].scan(block, of: rows.storage, kernel: kernel, scratch: &scratch)
      }
      start = block.upperBound
      size = min(2 * size, largest)
    }
    return active.map(\.collector.result)
  }
}

/// A query on its way through the rows.
private struct ActiveQuery<Collector: NeighbourCollector> {
  let query: Fingerprint
  let popcount: Int
  let metric: SimilarityMetric
  var collector: Collector
  private var bound: RowBound
  private var boundSimilarity: Double

  init(_ query: Fingerprint, _ collector: Collector, metric: SimilarityMetric) {
    self.query = query
    self.collector = collector
    self.metric = metric
    popcount = query.popcount
    boundSimilarity = collector.bound
    bound = RowBound(
      metric: metric, threshold: boundSimilarity, query: popcount, bitCount: query.bitCount)
  }

  mutating func scan(
    _ block: Range<Int>, of storage: RowStorage, kernel: Kernel, scratch: inout ScanScratch
  ) {
    if collector.bound > boundSimilarity {
      boundSimilarity = collector.bound
      bound = RowBound(
        metric: metric, threshold: boundSimilarity, query: popcount, bitCount: query.bitCount)
    }
    kernel.scan(query.words, storage, rows: block, bound: bound, scratch: &scratch) {
      row, rowPopcount, common in
      let similarity = metric.similarity(common: common, query: popcount, row: rowPopcount)
      collector.take(Neighbour(row: row, similarity: similarity))
    }
    collector.finishBlock()
  }
}
