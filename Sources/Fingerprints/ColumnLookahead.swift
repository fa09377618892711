/// Fetches the columns of pages that a scan will come to, if they are on disk.
///
/// A column of a page is 4 KiB. Read one after another when they are wanted, they would cost the
/// disk's latency each; asked for ahead of need, hundreds are under way at once. Asking costs time
/// too, so only pages that are found not to be in memory are asked for, and when several were in
/// memory, only some are tried.
struct ColumnLookahead {
  /// The columns each query wants.
  private let queries: [[UInt32]]
  /// The columns wanted by any query, ascending; none for so many that the whole page is fetched.
  private var columns: [UInt32]?
  /// The column by which a page is tried: the rarest of a query, which other queries want least.
  private let probe: UInt32?
  /// How many pages in a row were in memory.
  private var streak = 0

  /// Pages between the one that is scanned and the one that is fetched.
  private static let distance = 3

  init(_ queries: [[UInt32]]) {
    self.queries = queries
    probe = queries.first?.first
  }

  /// Called before the page at a place of the order is scanned.
  mutating func come(
    to place: Int, of order: [Int], in index: ColumnIndex, isWanted: (_ page: Int) -> Bool
  ) {
    let first = place == 0 ? 0 : place + Self.distance
    for place in first...place + Self.distance where place < order.count {
      if streak >= 4, place % 8 != 0 { continue }
      fetch(order[place], in: index, isWanted: isWanted)
    }
  }

  private mutating func fetch(
    _ number: Int, in index: ColumnIndex, isWanted: (_ page: Int) -> Bool
  ) {
    let page = index.pages[number]
    let storage = index.segments[page.segment].storage
    guard let probe, storage.bytes.isFile else { return }
    if storage.bytes.isResident(at: storage.bytes(ofColumn: probe, in: page).lowerBound) {
      streak += 1
      return
    }
    streak = 0
    guard isWanted(number) else { return }
    let columns = columns ?? merged(bitCount: index.bitCount)
    self.columns = columns
    if columns.isEmpty { storage.bytes.fetch(storage.bytes(of: page)) }
    for column in columns { storage.bytes.fetch(storage.bytes(ofColumn: column, in: page)) }
  }

  private func merged(bitCount: Int) -> [UInt32] {
    let wanted = Set(queries.joined())
    return 4 * wanted.count > bitCount ? [] : wanted.sorted()
  }
}
