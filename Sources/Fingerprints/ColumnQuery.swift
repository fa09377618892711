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
  /// By block of a page: the least number of common bits.
  private(set) var required = [UInt16](repeating: .max, count: ColumnPage.blocks)
  /// What the bound requires of some popcounts; forgotten when the bound changes.
  private var known = Self.nothingKnown
  /// Where the columns start in a page of so many blocks.
  private(set) var offsets: ColumnOffsets

  private static var nothingKnown: [(popcount: UInt16, required: UInt16)] {
    Array(repeating: (.max, 0), count: 128)
  }

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

  /// Sets what the blocks of a run require; false if nothing in them can reach the bound.
  mutating func require(_ blocks: Range<Int>, of page: ColumnPage, in summary: ColumnSummary)
    -> Bool
  {
    var any = false
    for block in blocks {
      let popcounts = summary.popcounts[page.firstBlock + block]
      let least = max(Int(popcounts.lowerBound), bound.low)
      if least > min(Int(popcounts.upperBound), bound.high) {
        required[block] = .max
        continue
      }
      // Blocks of all segments ask for the same few popcounts again and again.
      let entry = least % known.count
      if known[entry].popcount != least {
        known[entry] = (UInt16(least), UInt16(bound.required(popcount: least)))
      }
      required[block] = known[entry].required
      any = true
    }
    return any
  }

  /// Makes the bound as strict as the collector allows by now.
  mutating func tighten() {
    guard collector.bound > bound.threshold else { return }
    bound = PopcountBound(
      metric: metric, threshold: collector.bound, query: popcount, bitCount: bitCount)
    for entry in known.indices { known[entry].popcount = .max }
  }

  mutating func take(row: Int, popcount rowPopcount: Int, common: Int) {
    let similarity = metric.similarity(common: common, query: popcount, row: rowPopcount)
    guard similarity >= bound.threshold else { return }
    if let isIncluded, !isIncluded(row) { return }
    collector.take(Neighbour(row: row, similarity: similarity))
  }

  mutating func finishBlock() { collector.finishBlock() }
}
