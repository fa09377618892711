/// A query on its way through the rows, with the bound that they must reach.
struct ActiveQuery<Collector: NeighbourCollector> {
  let query: Fingerprint
  let popcount: Int
  let metric: SimilarityMetric
  let isIncluded: (@Sendable (_ row: Int) -> Bool)?
  private(set) var collector: Collector
  private(set) var bound: RowBound
  private var boundSimilarity: Double

  init(_ query: Fingerprint, _ collector: Collector, of request: SimilarityRequest) {
    self.query = query
    self.collector = collector
    metric = request.metric
    isIncluded = request.isIncluded
    popcount = query.popcount
    boundSimilarity = collector.bound
    bound = RowBound(
      metric: metric, threshold: boundSimilarity, query: popcount, bitCount: query.bitCount)
  }

  /// Makes the bound as strict as the collector allows by now.
  mutating func tighten() {
    guard collector.bound > boundSimilarity else { return }
    boundSimilarity = collector.bound
    bound = RowBound(
      metric: metric, threshold: boundSimilarity, query: popcount, bitCount: query.bitCount)
  }

  mutating func take(row: Int, popcount rowPopcount: Int, common: Int) {
    if let isIncluded, !isIncluded(row) { return }
    let similarity = metric.similarity(common: common, query: popcount, row: rowPopcount)
    collector.take(Neighbour(row: row, similarity: similarity))
  }

  mutating func finishBlock() { collector.finishBlock() }
}
