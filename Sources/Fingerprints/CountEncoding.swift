internal import Parallelism

/// A thermometer code: counts as bits, so that common counts are common bits.
///
/// A feature that occurs c times has the levels 1…c, and the sum of the lesser counts of two
/// fingerprints is the number of levels that both have. So an index of columns, one for each level,
/// searches counts exactly. Most levels are rare, and a column costs a bit of every row, so only the
/// levels that many rows have get a column; who has more of a feature than it has columns is listed
/// (``CountPostings``). What a fingerprint has without a column is made up with padding, rows and
/// queries from columns of their own that the other side never has: then the number of set bits is
/// the true sum of counts.
struct CountEncoding: Sendable {
  /// The features with columns, ascending.
  private let features: [UInt32]
  /// The first column of each feature, and the end: a column for each of its first levels.
  private let firsts: [Int]
  /// Columns for what a row has without a column.
  let rowPadding: Int
  /// Columns for what a query has without a column.
  let queryPadding: Int

  /// Columns of levels.
  private var columnCount: Int { firsts[features.count] }
  /// The width of the bits.
  var bitCount: Int { columnCount + rowPadding + queryPadding }

  /// How many rows choose the columns; the choice decides how fast a search is, nothing else.
  private static let sampleRows = 1 << 17
  private static let mostPadding = 512
  private static let mostColumns = 16_384

  /// Chooses columns for a table: the levels that at least one row in `rarity` has.
  init(of table: CountTable, rarity: Int) {
    let stride = table.count / Self.sampleRows + 1
    var sample: [UInt64] = []
    for row in Swift.stride(from: 0, to: table.count, by: stride) {
      for place in table.places(of: row) {
        sample.append(UInt64(table.features[place]) << 32 | UInt64(table.counts[place]))
      }
    }
    sample.sort()
    let least = max(2, (table.count / stride + rarity - 1) / rarity)
    var levels = Self.frequentLevels(sample, least: least)
    // Of too many the most frequent; a level is never more frequent than those below it.
    if levels.count > Self.mostColumns {
      levels.sort { ($1.rows, $0.feature, $0.level) < ($0.rows, $1.feature, $1.level) }
      levels = Array(levels.prefix(Self.mostColumns))
      levels.sort { ($0.feature, $0.level) < ($1.feature, $1.level) }
    }
    var features: [UInt32] = []
    var firsts: [Int] = []
    for (column, level) in levels.enumerated() where level.level == 1 {
      features.append(level.feature)
      firsts.append(column)
    }
    self.features = features
    self.firsts = firsts + [levels.count]
    rowPadding = 0
    queryPadding = 0
  }

  private init(_ encoding: CountEncoding, rowPadding: Int, queryPadding: Int) {
    features = encoding.features
    firsts = encoding.firsts
    self.rowPadding = rowPadding
    self.queryPadding = queryPadding
  }

  /// The same with padding that is long enough for nearly all of these rows, of which `missing` are
  /// the counts without a column.
  func padded(for missing: [Int]) -> CountEncoding {
    var rows = [Int](repeating: 0, count: Self.mostPadding + 1)
    for counts in missing { rows[min(counts, Self.mostPadding)] += 1 }
    var (padding, longer) = (Self.mostPadding, rows[Self.mostPadding])
    while padding > 0, longer + rows[padding - 1] <= missing.count / 1_000 {
      padding -= 1
      longer += rows[padding]
    }
    return CountEncoding(
      self, rowPadding: padding, queryPadding: min(2 * padding + 64, Self.mostPadding))
  }

  /// The feature's columns: one for each of its first levels, perhaps none.
  ///
  /// - Complexity: O(log features)
  func columns(of feature: UInt32) -> Range<Int> {
    let place = features.place(of: feature)
    guard place < features.count, features[place] == feature else { return 0..<0 }
    return firsts[place]..<firsts[place + 1]
  }

  /// The columns that are set for these counts.
  func columns(of entries: [CountFingerprint.Entry]) -> [Int] {
    entries.flatMap { columns(of: $0.index).prefix(Int($0.count)) }
  }

  /// By row the counts without a column.
  func missing(in table: CountTable, using pool: WorkerPool) -> [Int] {
    let piece = 4_096
    return pool.map((table.count + piece - 1) / piece) { number in
      (number * piece..<min((number + 1) * piece, table.count)).map { row in
        table.places(of: row).reduce(table.totals[row]) { rest, place in
          rest - min(columns(of: table.features[place]).count, Int(table.counts[place]))
        }
      }
    }.flatMap { $0 }
  }

  /// Some rows as bits; a row that the padding is too short for has none.
  func bits(of table: CountTable, rows: Range<Int>, using pool: WorkerPool) -> FingerprintArena {
    let piece = 4_096
    let width = max(bitCount, 1)
    let pieces = pool.map((rows.count + piece - 1) / piece) { number in
      let start = rows.lowerBound + number * piece
      return (start..<min(start + piece, rows.upperBound)).map {
        row(table[$0]) ?? Fingerprint(bitCount: width)
      }
    }
    return FingerprintArena(bitCount: width, pieces.joined())
  }

  /// A row's bits; none where the padding is too short for it.
  func row(_ fingerprint: CountFingerprint) -> Fingerprint? {
    padded(columns(of: fingerprint.entries), fingerprint.total, columnCount, rowPadding)
  }

  /// A query's bits; none where the padding is too short for it.
  func query(_ fingerprint: CountFingerprint) -> Fingerprint? {
    padded(
      columns(of: fingerprint.entries), fingerprint.total, columnCount + rowPadding, queryPadding)
  }

  private func padded(
    _ columns: [Int], _ total: Int, _ start: Int, _ padding: Int
  ) -> Fingerprint? {
    let missing = total - columns.count
    guard missing <= padding else { return nil }
    return Fingerprint(bitCount: max(bitCount, 1), setBits: columns + (start..<start + missing))
  }

  /// The levels that at least `least` of the counts reach, ascending by feature and level.
  ///
  /// - Parameter sample: features above counts, ascending.
  private static func frequentLevels(
    _ sample: [UInt64], least: Int
  ) -> [(feature: UInt32, level: UInt32, rows: Int)] {
    var levels: [(feature: UInt32, level: UInt32, rows: Int)] = []
    var start = 0
    while start < sample.count {
      let feature = sample[start] >> 32
      let end = sample[start...].firstIndex { $0 >> 32 != feature } ?? sample.count
      // The counts of one feature ascend, so those that reach a level are at the end.
      var (reached, level) = (start, 1 as UInt32)
      while end - reached >= least, levels.count < 1 << 24 {
        levels.append((UInt32(feature), level, end - reached))
        level += 1
        while reached < end, UInt32(truncatingIfNeeded: sample[reached]) < level { reached += 1 }
      }
      start = end
    }
    return levels
  }
}
