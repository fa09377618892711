public import Parallelism

/// A table turned on its side: for each bit, the rows that have it.
///
/// A query of 45 bits reads 45 columns and not all 2,048, and of those only the rarest until no row
/// of a block can reach the bound any more. The rows are ordered by popcount, so that a bound on
/// the similarity is nearly one number of common bits for all 512 rows of a block. The answers are
/// those of the table, row for row.
///
/// Memory: `bitCount / 8 + 6` bytes a row, beside the table itself, which it does not need.
public struct ColumnIndex: SimilaritySearchable {
  /// The number of bits of every row.
  public let bitCount: Int
  /// The number of rows.
  public let count: Int
  let pages: [ColumnPage]
  /// By place in the order of popcounts: the row.
  let order: [UInt32]
  /// By place in the order of popcounts: the popcount.
  let popcounts: [UInt16]
  /// By column: how many rows have the bit.
  let frequencies: [Int]

  /// Builds the index of a table.
  ///
  /// - Complexity: O(rows × bitCount / 64) besides a sort by popcount.
  public init(of table: some FingerprintTable, using pool: WorkerPool = WorkerPool(threads: 1)) {
    let rows = table.rows
    precondition(rows.count <= Int(UInt32.max), "\(rows.count) rows in one index")
    let (order, popcounts) = Self.order(of: rows)
    let starts = Array(stride(from: 0, to: rows.count, by: ColumnPage.rows))
    let pages = pool.map(starts.count) { number in
      let places = starts[number]..<min(starts[number] + ColumnPage.rows, rows.count)
      return Kernel(kind: .best).page(of: rows, places: places, order: order)
    }
    bitCount = rows.bitCount
    count = rows.count
    frequencies = pages.reduce(into: Array(repeating: 0, count: rows.bitCount)) { sums, page in
      for (column, more) in page.frequencies.enumerated() { sums[column] += Int(more) }
    }
    self.pages = pages
    self.order = order
    self.popcounts = popcounts
  }

  /// For each query its neighbours, found by reading the query's columns.
  public func search(_ request: SimilarityRequest, using pool: WorkerPool) -> [[Neighbour]] {
    ColumnScan(index: self, request: request).search(using: pool)
  }

  /// The rows by ascending popcount, equal ones by row, and the popcounts in that order.
  private static func order(of rows: FingerprintRows) -> (rows: [UInt32], popcounts: [UInt16]) {
    let popcounts = rows.storage.popcounts(in: 0..<rows.count)
    var next = [Int](repeating: 0, count: Int(popcounts.max() ?? 0) + 2)
    for popcount in popcounts { next[Int(popcount) + 1] += 1 }
    for popcount in 1..<next.count { next[popcount] += next[popcount - 1] }
    var order = [UInt32](repeating: 0, count: rows.count)
    var sorted = popcounts
    for (row, popcount) in popcounts.enumerated() {
      let place = next[Int(popcount)]
      order[place] = UInt32(row)
      sorted[place] = popcount
      next[Int(popcount)] += 1
    }
    return (order, sorted)
  }
}

/// The columns of up to 32,768 rows.
///
/// A column is then 4 KiB long, one page of memory: a query touches only the pages of its own bits,
/// in memory as on disk.
struct ColumnPage: Sendable {
  static let blocks = 64
  static let rows = blocks * rowsInBlock
  static let rowsInBlock = 512

  /// The first place in the order of popcounts, and the one past the last.
  let places: Range<Int>
  /// The columns one after another, each a line for every block.
  let lines: [CacheLine]
  /// By column: how many of the rows have the bit.
  let frequencies: [UInt16]

  var blockCount: Int { Self.blockCount(rows: places.count) }

  static func blockCount(rows: Int) -> Int { (rows + rowsInBlock - 1) / rowsInBlock }
}
