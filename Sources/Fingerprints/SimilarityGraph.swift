public import Parallelism

/// For each row its neighbours and their similarities, as compressed sparse rows.
///
/// The neighbours of a row are `neighbours[offsets[row]..<offsets[row + 1]]`, the most similar
/// first, ties by row; a row is not its own neighbour.
public struct SimilarityGraph: Hashable, Sendable {
  /// By row: its first place among the neighbours; at the end their number.
  public let offsets: [Int]
  /// The neighbours of all rows, one row after another.
  public let neighbours: [UInt32]
  /// By place: the similarity of the row and the neighbour.
  public let similarities: [Double]

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// The neighbours of a row.
  public subscript(row: Int) -> [Neighbour] {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    return (offsets[row]..<offsets[row + 1]).map {
      Neighbour(row: Int(neighbours[$0]), similarity: similarities[$0])
    }
  }

  /// How many neighbours a row has.
  public func degree(ofRow row: Int) -> Int {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    return offsets[row + 1] - offsets[row]
  }

  /// All pairs of rows at least `threshold` similar; each stands with both of its rows.
  ///
  /// - Precondition: the metric is symmetric: not Tversky's with different weights.
  /// - Complexity: O(rows²) comparisons, less those the popcounts rule out; 48 bytes of memory for
  ///   each pair.
  public init(
    of index: ColumnIndex, threshold: Double, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) {
    var edges = GraphEdges(rows: index.count)
    index.pairs(atLeast: threshold, by: metric, where: isIncluded, using: pool, kernel: kernel) {
      for pair in $0 { edges.add(pair.first, pair.second, pair.similarity) }
    }
    self.init(edges, bothWays: true)
  }

  /// For each row its `count` nearest other rows, fewer if there are not so many.
  ///
  /// - Complexity: O(rows²) comparisons, less those the bounds rule out.
  public init(
    of index: ColumnIndex, nearest count: Int, by metric: SimilarityMetric = .tanimoto,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) {
    precondition(count >= 0, "\(count) neighbours")
    var edges = GraphEdges(rows: index.count)
    for packed in index.packedRows(kernel: kernel, where: isIncluded) {
      // The row itself is among its nearest, unless that many others are as near: one more is
      // asked for, and the row or the last is left out.
      let request = SimilarityRequest(
        queries: packed.map(\.fingerprint), goal: .nearest(count + 1), metric: metric,
        isIncluded: isIncluded, kernel: kernel)
      for (query, found) in zip(packed, index.search(request, using: pool)) {
        for neighbour in found.lazy.filter({ $0.row != query.row }).prefix(count) {
          edges.add(query.row, neighbour.row, neighbour.similarity)
        }
      }
    }
    self.init(edges, bothWays: false)
  }

  private init(_ edges: GraphEdges, bothWays: Bool) {
    var offsets = [Int](repeating: 0, count: edges.rows + 1)
    for edge in edges.list {
      offsets[Int(edge.row) + 1] += 1
      if bothWays { offsets[Int(edge.neighbour) + 1] += 1 }
    }
    for row in 0..<edges.rows { offsets[row + 1] += offsets[row] }
    var neighbours = [UInt32](repeating: 0, count: offsets[edges.rows])
    var similarities = [Double](repeating: 0, count: neighbours.count)
    var next = offsets
    func place(_ row: UInt32, _ neighbour: UInt32, _ similarity: Double) {
      neighbours[next[Int(row)]] = neighbour
      similarities[next[Int(row)]] = similarity
      next[Int(row)] += 1
    }
    for edge in edges.list {
      place(edge.row, edge.neighbour, edge.similarity)
      if bothWays { place(edge.neighbour, edge.row, edge.similarity) }
    }
    for row in 0..<edges.rows where bothWays && offsets[row + 1] - offsets[row] > 1 {
      let places = offsets[row]..<offsets[row + 1]
      let sorted = places.map { Neighbour(row: Int(neighbours[$0]), similarity: similarities[$0]) }
        .sorted { $0.precedes($1) }
      for (place, neighbour) in zip(places, sorted) {
        neighbours[place] = UInt32(neighbour.row)
        similarities[place] = neighbour.similarity
      }
    }
    self.offsets = offsets
    self.neighbours = neighbours
    self.similarities = similarities
  }
}

/// The edges of a graph in the order they are found.
private struct GraphEdges {
  let rows: Int
  private(set) var list: [(row: UInt32, neighbour: UInt32, similarity: Double)] = []

  init(rows: Int) {
    precondition(rows <= Int(UInt32.max), "\(rows) rows in one graph")
    self.rows = rows
  }

  mutating func add(_ row: Int, _ neighbour: Int, _ similarity: Double) {
    list.append((UInt32(row), UInt32(neighbour), similarity))
  }
}
