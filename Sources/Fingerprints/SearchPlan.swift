/// How an index of columns answered one query: what it read, and of how much.
public struct SearchPlan: Hashable, Sendable {
  /// So many of so many.
  public struct Part: Hashable, Sendable {
    /// How many were read.
    public let read: Int
    /// How many there are.
    public let total: Int

    /// Creates a part of a whole.
    public init(read: Int, of total: Int) {
      self.read = read
      self.total = total
    }
  }

  /// The answer.
  public let neighbours: [Neighbour]
  /// The query's bits in the order in which their columns are read, the rarest first.
  public let columns: [Int]
  /// The popcounts of the rows that were looked at, ascending; the others cannot reach the bound.
  public let popcounts: [ClosedRange<Int>]
  /// Pages of up to 32,768 rows of which a block was read.
  public let pages: Part
  /// Blocks of up to 512 rows of which a column was read.
  public let blocks: Part
  /// Lines, that is one column of one block; all of them are all the bits of the rows.
  public let lines: Part
  /// Rows that reached the bound of the moment; the best of them are the answer.
  public let candidates: Part

  /// Bytes of columns, 64 a line.
  public var bytes: Part { Part(read: 64 * lines.read, of: 64 * lines.total) }
}

extension ColumnIndex {
  /// For each query its neighbours and what was read to find them, each query by itself on one
  /// thread, so that the numbers are the same every time.
  public func explain(_ request: SimilarityRequest) -> [SearchPlan] {
    request.queries.map { query in
      var single = request
      single.queries = [query]
      return ColumnScan(index: self, request: single).explain()
    }
  }
}

/// What one query has read so far.
struct ScanRecord: Sendable {
  private(set) var pages = 0
  private(set) var blocks = 0
  private(set) var lines = 0
  private(set) var candidates = 0
  private var lastPage = -1
  private var seen: Set<ClosedRange<UInt16>> = []

  /// Notes a run of blocks on a page that was read, with the popcounts of the blocks.
  mutating func add(page: Int, popcounts: [ClosedRange<UInt16>], lines: Int, candidates: Int) {
    if page != lastPage, !popcounts.isEmpty {
      pages += 1
      lastPage = page
    }
    blocks += popcounts.count
    self.lines += lines
    self.candidates += candidates
    seen.formUnion(popcounts)
  }

  /// The popcounts seen, as few ranges as possible, ascending.
  var popcounts: [ClosedRange<Int>] {
    let ascending = seen.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return ascending.map { Int($0.lowerBound)...Int($0.upperBound) }.reduce(into: []) {
      merged, next in
      guard let last = merged.last, next.lowerBound <= last.upperBound + 1 else {
        merged.append(next)
        return
      }
      merged[merged.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
    }
  }
}

extension ColumnScan {
  /// The answer to the only query, with what was read.
  func explain() -> SearchPlan {
    switch request.goal {
    case .nearest(let count) where min(count, rowCount) == 0: return plan(of: nil, found: [])
    case .nearest(let count):
      let shared = SharedBounds(count: 1)
      return explain(NearestCollector(query: 0, count: min(count, rowCount), shared: shared))
    case .atLeast(let threshold): return explain(ThresholdCollector(threshold: threshold))
    }
  }

  private func explain<Collector: NeighbourCollector>(_ collector: Collector) -> SearchPlan {
    let query = lead([0], part: 0, of: 1, record: ScanRecord()) { _ in collector }[0]
    return plan(of: query.record, found: query.collector.result.sorted { $0.precedes($1) })
  }

  private func plan(of record: ScanRecord?, found: [Neighbour]) -> SearchPlan {
    let record = record ?? ScanRecord()
    let blocks = index.pages.reduce(0) { $0 + $1.blockCount }
    return SearchPlan(
      neighbours: found,
      columns: summary.rarestFirst(request.queries[0]).map(Int.init), popcounts: record.popcounts,
      pages: .init(read: record.pages, of: index.pages.count),
      blocks: .init(read: record.blocks, of: blocks),
      lines: .init(read: record.lines, of: blocks * index.bitCount),
      candidates: .init(read: record.candidates, of: index.count))
  }
}
