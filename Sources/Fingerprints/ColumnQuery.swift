/// A query on its way through the columns, with the bound that rows must reach.
struct ColumnQuery<Collector: NeighbourCollector> {
  let popcount: Int
  /// The query's bits, the rarest first: they rule a block out soonest.
  let columns: [UInt32]
  /// What the query has read, if anyone asks.
  var record: ScanRecord?
  private let bitCount: Int
  private let metric: SimilarityMetric
  private let isIncluded: (@Sendable (_ row: Int) -> Bool)?
  private(set) var collector: Collector
  private(set) var bound: PopcountBound
  /// Where the columns start in a page of so many blocks.
  private(set) var offsets: ColumnOffsets

  init(
    _ query: Fingerprint, _ collector: Collector, of request: SimilarityRequest,
    columns: [UInt32], record: ScanRecord?
  ) {
    self.columns = columns
    self.record = record
    popcount = columns.count
    bitCount = query.bitCount
    metric = request.metric
    isIncluded = request.isIncluded
    self.collector = collector
    bound = PopcountBound(
      metric: metric, threshold: collector.bound, query: popcount, bitCount: bitCount)
    offsets = ColumnOffsets(columns, bitCount: bitCount, blockCount: ColumnPage.blocks)
  }

  /// Turns to a page of so many blocks.
  mutating func enter(blockCount: Int) {
    if offsets.blockCount == blockCount { return }
    offsets = ColumnOffsets(columns, bitCount: bitCount, blockCount: blockCount)
  }

  /// Makes the bound as strict as the collector allows by now.
  mutating func tighten() {
    guard collector.bound > bound.threshold else { return }
    bound = PopcountBound(
      metric: metric, threshold: collector.bound, query: popcount, bitCount: bitCount)
  }

  mutating func take(row: Int, popcount rowPopcount: Int, common: Int) {
    let similarity = metric.similarity(common: common, query: popcount, row: rowPopcount)
    guard similarity >= bound.threshold else { return }
    if let isIncluded, !isIncluded(row) { return }
    collector.take(Neighbour(row: row, similarity: similarity))
  }

  mutating func finishBlock() { collector.finishBlock() }
}
