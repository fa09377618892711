/// The rows of one or more tables, counted through, as those of a library's segments.
public struct ClusteringRows: Sendable {
  /// The number of bits of every row.
  public let bitCount: Int
  /// The number of rows of all tables.
  public var count: Int { starts[tables.count] }
  private let tables: [FingerprintRows]
  /// By table: the number of its first row; at the end the number of all rows.
  private let starts: [Int]

  /// The rows of one table.
  public init(_ table: some FingerprintTable) {
    self.init(bitCount: table.bitCount, joining: [table.rows])
  }

  /// The rows of tables one after another.
  ///
  /// - Precondition: all have the width, and together fewer than 2³¹ rows.
  public init(bitCount: Int, joining tables: [FingerprintRows]) {
    for table in tables {
      precondition(table.bitCount == bitCount, "\(table.bitCount) bits among \(bitCount)")
    }
    self.bitCount = bitCount
    self.tables = tables
    starts = tables.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    precondition(starts[tables.count] < Int(Int32.max), "\(starts[tables.count]) rows")
  }

  /// One row.
  public subscript(row: Int) -> Fingerprint {
    let (table, place) = place(of: row)
    return table[place]
  }

  /// Cache lines a row takes when it is filled up with zeros.
  var lines: Int { (Fingerprint.wordCount(bits: bitCount) + 7) / 8 }

  /// Copies a row, filled up with zeros to whole lines; the lines past the row stay as they are.
  func copy(_ row: Int, to lines: inout [CacheLine]) {
    let (table, place) = place(of: row)
    table.copy(row: place, to: &lines)
  }

  /// By row: its similarity to a fingerprint, which is the query.
  func similarities(
    to query: Fingerprint, by metric: SimilarityMetric, kernel: KernelKind
  ) -> [Double] {
    let kernel = ClusteringKernel(kind: kernel, lines: lines)
    let wanted = kernel.lines(of: query.words)
    let popcount = query.popcount
    var row = wanted
    return (0..<count).map { number in
      copy(number, to: &row)
      return metric.similarity(
        common: kernel.sum(wanted, at: row), query: popcount, row: kernel.popcount(row))
    }
  }

  private func place(of row: Int) -> (table: FingerprintRows, row: Int) {
    precondition(row >= 0 && row < count, "row \(row) of \(count)")
    if tables.count == 1 { return (tables[0], row) }
    var (low, high) = (0, tables.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return (tables[low], row - starts[low])
  }
}
