public import Parallelism

/// A table turned on its side: for each bit, the rows that have it.
///
/// A query of 45 bits reads 45 columns and not all 2,048, and of those only the rarest until no row
/// of a block can reach the bound any more. The rows are ordered by popcount, so that a bound on
/// the similarity is nearly one number of common bits for all 512 rows of a block. The answers are
/// those of the table, row for row.
///
/// An index is one segment, built in memory or mapped from a file, or several joined: rows are then
/// counted through, and one search goes over all of them, the most promising pages first.
///
/// Memory: `bitCount / 8 + 6` bytes a row, beside the table itself, which it does not need.
public struct ColumnIndex: SimilaritySearchable {
  /// The number of bits of every row.
  public let bitCount: Int
  /// The number of rows.
  public let count: Int
  let segments: [ColumnSegment]
  /// The pages of all segments, in their order.
  let pages: [ColumnPage]
  private let lazySummary = LazyColumnSummary()

  /// Builds the index of a table.
  ///
  /// - Complexity: O(rows × bitCount / 64) besides a sort by popcount.
  public init(of table: some FingerprintTable, using pool: WorkerPool = WorkerPool(threads: 1)) {
    let rows = table.rows
    precondition(rows.count <= Int(UInt32.max), "\(rows.count) rows in one index")
    let storage = ColumnStorage.building(rows, using: pool)
    self.init(
      bitCount: rows.bitCount,
      segments: [ColumnSegment(firstRow: 0, count: rows.count, storage: storage)])
  }

  /// One index over several, whose rows are counted through: the first row of the second index has
  /// the number that follows the last row of the first.
  ///
  /// - Precondition: there is at least one, and all have the same width.
  /// - Complexity: O(pages); nothing of the indexes is read.
  public init(joining indexes: [ColumnIndex]) {
    precondition(!indexes.isEmpty, "no index to join has no width")
    let bitCount = indexes[0].bitCount
    var segments: [ColumnSegment] = []
    var firstRow = 0
    for index in indexes {
      precondition(index.bitCount == bitCount, "\(index.bitCount) bits beside \(bitCount)")
      segments += index.segments.map { $0.moved(by: firstRow) }
      firstRow += index.count
    }
    self.init(bitCount: bitCount, segments: segments)
  }

  init(bitCount: Int, segments: [ColumnSegment]) {
    self.bitCount = bitCount
    self.segments = segments
    count = segments.reduce(0) { $0 + $1.count }
    pages = ColumnPage.pages(of: segments)
  }

  /// Frequencies of bits and popcounts of blocks, made at the first search.
  var summary: ColumnSummary {
    lazySummary.value { ColumnSummary(of: segments, pages: pages, bitCount: bitCount) }
  }

  /// For each query its neighbours, found by reading the query's columns.
  public func search(_ request: SimilarityRequest, using pool: WorkerPool) -> [[Neighbour]] {
    ColumnScan(index: self, request: request).search(using: pool)
  }
}

/// Rows that were indexed together, at their place among the rows of the whole index.
struct ColumnSegment: Sendable {
  let firstRow: Int
  let count: Int
  let storage: ColumnStorage

  func moved(by rows: Int) -> ColumnSegment {
    ColumnSegment(firstRow: firstRow + rows, count: count, storage: storage)
  }
}

/// The columns of up to 32,768 rows of one segment.
///
/// A column is then 4 KiB long, one page of memory: a query touches only the pages of its own bits,
/// in memory as on disk.
struct ColumnPage: Sendable {
  static let blocks = 64
  static let rowsInBlock = 512
  static let rows = blocks * rowsInBlock

  /// The segment's number in the index.
  let segment: Int
  /// The number of its first block among those of the whole index.
  let firstBlock: Int
  /// The first place in the segment's order of popcounts, and the one past the last.
  let places: Range<Int>

  var blockCount: Int { Self.blockCount(rows: places.count) }

  /// The places of one of its blocks.
  func places(ofBlock block: Int) -> Range<Int> {
    let start = places.lowerBound + block * Self.rowsInBlock
    return start..<min(start + Self.rowsInBlock, places.upperBound)
  }

  /// The first of the segment's words that is the page's.
  func firstWord(bitCount: Int) -> Int { places.lowerBound / Self.rowsInBlock * bitCount * 8 }

  static func blockCount(rows: Int) -> Int { (rows + rowsInBlock - 1) / rowsInBlock }

  static func pages(of segments: [ColumnSegment]) -> [ColumnPage] {
    var pages: [ColumnPage] = []
    var firstBlock = 0
    for (number, segment) in segments.enumerated() {
      for start in stride(from: 0, to: segment.count, by: rows) {
        let places = start..<min(start + rows, segment.count)
        pages.append(ColumnPage(segment: number, firstBlock: firstBlock, places: places))
        firstBlock += blockCount(rows: places.count)
      }
    }
    return pages
  }
}
