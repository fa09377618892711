public import Parallelism

/// An index of columns over count fingerprints: exact MinMax search without reading the counts.
///
/// The counts become bits (``CountEncoding``), and an index of columns finds the rows by the levels
/// that many rows have. Rows that may share anything else with a query, those listed for one of its
/// rare features and those with more than the padding holds, are compared count by count. What the
/// columns say of them is never too much, so both answers together are exact.
///
/// Memory: `bitCount / 8 + 6` bytes a row beside the table, some 330 to 450 for Morgan counts of
/// radius 2; fewer columns need less and compare more rows count by count.
public struct CountIndex: Sendable {
  /// The counts.
  public let table: CountTable
  private let encoding: CountEncoding
  private let columns: ColumnIndex
  private let postings: CountPostings
  /// Rows that the padding is too short for: always compared count by count.
  private let outliers: [UInt32]

  /// The number of rows.
  public var count: Int { table.count }
  /// The width of the rows as bits.
  public var bitCount: Int { columns.bitCount }

  /// Builds the index of a table.
  ///
  /// - Parameter rarity: a level gets a column when at least one row in so many has it.
  /// - Precondition: there are fewer than 2³² rows.
  public init(
    of table: CountTable, rarity: Int = 1_024, using pool: WorkerPool = WorkerPool(threads: 1)
  ) {
    precondition(table.count <= Int(UInt32.max), "\(table.count) rows in one index")
    precondition(rarity > 0, "one row in \(rarity)")
    let unpadded = CountEncoding(of: table, rarity: rarity)
    let missing = unpadded.missing(in: table, using: pool)
    let encoding = unpadded.padded(for: missing)
    // In pieces, so that the rows as bits need little memory beside their columns.
    let pieces = stride(from: 0, to: max(table.count, 1), by: 8 * ColumnPage.rows).map { start in
      let rows = start..<min(start + 8 * ColumnPage.rows, table.count)
      return ColumnIndex(of: encoding.bits(of: table, rows: rows, using: pool), using: pool)
    }
    columns = ColumnIndex(joining: pieces)
    outliers = missing.indices.filter { missing[$0] > encoding.rowPadding }.map(UInt32.init)
    postings = CountPostings(of: table, without: encoding, missing: missing)
    self.table = table
    self.encoding = encoding
  }

  /// For each query its neighbours; the same as those of the table, row for row.
  public func search(
    _ request: CountRequest, using pool: WorkerPool = WorkerPool(threads: 1)
  ) -> [[Neighbour]] {
    if case .atLeast(let threshold) = request.goal, threshold <= 0 {
      return table.search(request, using: pool)  // every row is wanted
    }
    // A query with more than the padding holds has no bits, and is led past the table.
    let bits = request.queries.map { encoding.query($0) }
    var (byColumns, byTable) = (request, request)
    byColumns.queries = request.queries.indices.compactMap {
      bits[$0] == nil ? nil : request.queries[$0]
    }
    byTable.queries = request.queries.indices.compactMap {
      bits[$0] == nil ? request.queries[$0] : nil
    }
    var fast = searchColumns(byColumns, bits.compactMap { $0 }, pool).makeIterator()
    var slow = table.search(byTable, using: pool).makeIterator()
    return bits.map { ($0 == nil ? slow.next() : fast.next()) ?? [] }
  }

  private func searchColumns(
    _ request: CountRequest, _ bits: [Fingerprint], _ pool: WorkerPool
  ) -> [[Neighbour]] {
    let found = columns.search(
      SimilarityRequest(
        queries: bits, goal: request.goal, metric: request.metric,
        isIncluded: request.isIncluded), using: pool)
    return pool.map(bits.count) { number in
      let query = request.queries[number]
      let compared = rowsToCompare(query)
      // Among the best by columns stands every row that is among the best and was not compared: a
      // row that is ahead of it by columns is ahead of it in truth.
      let byColumns = found[number].filter { !compared.holds(UInt32($0.row)) }
      let byCounts = table.neighbours(of: query, rows: compared.lazy.map(Int.init), request)
      return request.best(of: byColumns + byCounts)
    }
  }

  /// The rows that may share with a query what has no column, ascending.
  private func rowsToCompare(_ query: CountFingerprint) -> [UInt32] {
    var rows = outliers
    for entry in query.entries where Int(entry.count) > encoding.columns(of: entry.index).count {
      rows += postings[entry.index]
    }
    rows.sort()
    return rows.indices.filter { $0 == 0 || rows[$0] != rows[$0 - 1] }.map { rows[$0] }
  }
}

extension [UInt32] {
  /// Where a number stands, or would stand, in an ascending array.
  ///
  /// - Complexity: O(log count)
  func place(of number: UInt32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a number is in an ascending array.
  func holds(_ number: UInt32) -> Bool {
    let place = place(of: number)
    return place < count && self[place] == number
  }
}
