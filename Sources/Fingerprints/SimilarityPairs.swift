public import Parallelism

/// Two rows and how similar they are.
public struct SimilarityPair: Hashable, Sendable {
  /// The row of the lower number.
  public let first: Int
  /// The row of the higher number.
  public let second: Int
  /// Their similarity, between 0 and 1.
  public let similarity: Double

  /// Creates a pair of two rows in either order.
  public init(_ row: Int, _ other: Int, similarity: Double) {
    first = min(row, other)
    second = max(row, other)
    self.similarity = similarity
  }
}

extension ColumnIndex {
  /// Hands over all pairs of rows at least `threshold` similar, each once, in batches.
  ///
  /// The rows of a batch of 128 go over the columns of the rows behind them only, so each pair is
  /// counted once. The order of the pairs is that of the index, and does not depend on the threads.
  /// Memory holds the pairs of a few batches of rows.
  ///
  /// - Precondition: the metric is symmetric: not Tversky's with different weights.
  /// - Complexity: O(rows²) comparisons, less those the popcounts rule out.
  public func pairs(
    atLeast threshold: Double, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best,
    _ body: ([SimilarityPair]) throws -> Void
  ) rethrows {
    precondition(metric.isSymmetric, "\(metric) has no unordered pairs")
    let request = SimilarityRequest(
      queries: [], goal: .atLeast(threshold), metric: metric, isIncluded: isIncluded,
      kernel: kernel)
    let scan = PairScan(index: self, request: request, threshold: threshold)
    let pieces = scan.pieces
    // A few pieces for each thread at a time: what they found is handed over in their order.
    let wave = 16 * pool.threads
    for start in stride(from: 0, to: pieces.count, by: wave) {
      let found = pool.map(min(wave, pieces.count - start)) { scan.pairs(of: pieces[start + $0]) }
      for batch in found { try body(batch) }
    }
  }
}

/// All rows of an index against all rows behind them.
struct PairScan: Sendable {
  let index: ColumnIndex
  let request: SimilarityRequest
  let threshold: Double
  private let summary: ColumnSummary

  private static let blocksInRun = 16

  init(index: ColumnIndex, request: SimilarityRequest, threshold: Double) {
    request.check(bitCount: index.bitCount)
    self.index = index
    self.request = request
    self.threshold = threshold
    summary = index.summary
  }

  /// Rows that go together: a part of one block.
  struct Piece: Sendable {
    let page: Int
    let block: Int
    let part: Int
  }

  var pieces: [Piece] {
    index.pages.indices.flatMap { number in
      let page = index.pages[number]
      return (0..<page.blockCount).flatMap { block in
        let parts = (page.places(ofBlock: block).count + PackedRows.count - 1) / PackedRows.count
        return (0..<parts).map { Piece(page: number, block: block, part: $0) }
      }
    }
  }

  func pairs(of piece: Piece) -> [SimilarityPair] {
    let page = index.pages[piece.page]
    let segment = index.segments[page.segment]
    let packed = Kernel(kind: request.kernel).rows(
      of: page, in: segment, block: piece.block, part: piece.part)
    var active: [(row: Int, query: ColumnQuery<ThresholdCollector>)] = packed.compactMap {
      if let isIncluded = request.isIncluded, !isIncluded($0.row) { return nil }
      let query = ColumnQuery(
        $0.fingerprint, ThresholdCollector(threshold: threshold), of: request,
        columns: summary.rarestFirst($0.fingerprint), record: nil)
      return ($0.row, query)
    }
    var scratch = ScanScratch(rows: Self.blocksInRun * ColumnPage.rowsInBlock)
    for number in piece.page..<index.pages.count {
      let blockCount = index.pages[number].blockCount
      for place in active.indices { active[place].query.enter(blockCount: blockCount) }
      var first = number == piece.page ? piece.block : 0
      while first < blockCount {
        // Within their own block rows stand on both sides of each other: the higher one counts.
        let isOwn = number == piece.page && first == piece.block
        let blocks = first..<min(first + (isOwn ? 1 : Self.blocksInRun), blockCount)
        for place in active.indices {
          scan(
            number, blocks, above: isOwn ? active[place].row : -1, &active[place].query, &scratch)
        }
        first = blocks.upperBound
      }
    }
    return active.flatMap { active in
      active.query.collector.result.map {
        SimilarityPair(active.row, $0.row, similarity: $0.similarity)
      }
    }
  }

  private func scan(
    _ number: Int, _ blocks: Range<Int>, above row: Int,
    _ query: inout ColumnQuery<ThresholdCollector>, _ scratch: inout ScanScratch
  ) {
    let page = index.pages[number]
    if !query.require(blocks, of: page, in: summary) { return }
    _ = Kernel(kind: request.kernel).scan(
      page, of: index.segments[page.segment], blocks: blocks, columns: query.offsets,
      required: query.required, scratch: &scratch
    ) {
      if $0 > row { query.take(row: $0, popcount: $1, common: $2) }
    }
  }
}
