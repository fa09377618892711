internal import Parallelism

/// Where the columns of one segment lie: in a mapped file or in memory of our own.
///
/// Nothing is copied out of a file and nothing in it is trusted: whatever the bytes say, a search
/// reads only inside the sections.
struct ColumnStorage: Sendable {
  /// The file, or the memory.
  let bytes: MappedBytes
  /// Where each section starts.
  let layout: ColumnLayout
}

/// The places of an index's sections in some bytes.
struct ColumnLayout: Hashable, Sendable {
  let bitCount: Int
  /// The pages one after another, each a line of 64 bytes for every bit and block.
  let linesAt: Int
  /// By place in the order of popcounts: the row, 32 bits.
  let rowsAt: Int
  /// By place in the order of popcounts: the popcount, 16 bits.
  let popcountsAt: Int
  /// By bit: how many rows have it, 32 bits.
  let frequenciesAt: Int

  /// How many bytes the lines of `count` rows take.
  static func lineBytes(bitCount: Int, count: Int) -> Int {
    bitCount * ColumnPage.blockCount(rows: count) * 64
  }

  /// The sections one after another.
  static func packed(bitCount: Int, count: Int) -> (layout: ColumnLayout, size: Int) {
    let rowsAt = lineBytes(bitCount: bitCount, count: count)
    let frequenciesAt = rowsAt + 4 * count
    let popcountsAt = frequenciesAt + 4 * bitCount
    return (
      ColumnLayout(
        bitCount: bitCount, linesAt: 0, rowsAt: rowsAt, popcountsAt: popcountsAt,
        frequenciesAt: frequenciesAt), popcountsAt + 2 * count
    )
  }
}

extension ColumnStorage {
  /// The columns of a table.
  static func building(_ rows: FingerprintRows, using pool: WorkerPool) -> ColumnStorage {
    let (order, popcounts) = order(of: rows)
    let (layout, size) = ColumnLayout.packed(bitCount: rows.bitCount, count: rows.count)
    let pages = (rows.count + ColumnPage.rows - 1) / ColumnPage.rows
    let (bytes, _) = MappedBytes.filling(size) { memory in
      memory.store(order, at: layout.rowsAt)
      memory.store(popcounts, at: layout.popcountsAt)
      let counts = pool.map(pages) { page in
        let start = page * ColumnPage.rows
        let places = start..<min(start + ColumnPage.rows, rows.count)
        return Kernel(kind: .best).fillPage(of: rows, places: places, order: order, into: memory)
      }
      var sums = [UInt32](repeating: 0, count: rows.bitCount)
      for page in counts {
        for (column, more) in page.enumerated() { sums[column] += UInt32(more) }
      }
      memory.store(sums, at: layout.frequenciesAt)
    }
    return ColumnStorage(bytes: bytes, layout: layout)
  }

  /// By bit: how many rows have it.
  var frequencies: [Int] { bytes.numbers(at: layout.frequenciesAt, count: layout.bitCount) }

  /// Asks for everything but the lines and the rows, without waiting for it.
  func fetchSmallSections(count: Int) {
    guard bytes.isFile else { return }
    bytes.fetch(layout.frequenciesAt..<layout.frequenciesAt + 4 * layout.bitCount)
    bytes.fetch(layout.popcountsAt..<layout.popcountsAt + 2 * count)
  }

  /// Where the lines of a page are.
  func bytes(of page: ColumnPage) -> Range<Int> {
    let start = layout.linesAt + 8 * page.firstWord(bitCount: layout.bitCount)
    return start..<start + 64 * layout.bitCount * page.blockCount
  }

  /// Where one column of a page is.
  func bytes(ofColumn column: UInt32, in page: ColumnPage) -> Range<Int> {
    let start = bytes(of: page).lowerBound + 64 * Int(column) * page.blockCount
    return start..<start + 64 * page.blockCount
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
