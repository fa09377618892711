public import Parallelism

/// Clusters by exclusion spheres around the rows with the most neighbours.
///
/// Taylor 1995, J. Chem. Inf. Comput. Sci. 35, 59; Butina 1999, ibid. 39, 747. The row with the most neighbours takes all of them, then the next row that is still free takes
/// its free neighbours, and so on; numbers of neighbours are those of the whole table and are not
/// counted again. Of rows with equally many, the lower comes first (RDKit takes the higher).
public struct ButinaClustering: Hashable, Sendable {
  /// A sphere: its centre and its other members.
  public struct Cluster: Hashable, Sendable {
    /// The row in the middle.
    public let centre: Int
    /// The other rows, ascending, each at least as similar to the centre as the threshold.
    public let others: [Int]

    /// All rows, the centre first.
    public var members: [Int] { [centre] + others }
  }

  /// The clusters in the order they were taken; every row is in exactly one.
  public let clusters: [Cluster]

  /// Clusters the rows of a table with an exact search of all pairs.
  ///
  /// - Complexity: O(rows²) comparisons less those the popcounts rule out; memory for each pair
  ///   above the threshold.
  public init(
    of table: some FingerprintTable, threshold: Double, by metric: SimilarityMetric = .tanimoto,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best
  ) {
    let graph = NeighbourGraph(
      of: table.rows, threshold: threshold, by: metric, using: pool, kernel: kernel)
    let order = (0..<graph.count).sorted { first, second in
      let (more, less) = (graph[first].count, graph[second].count)
      return more == less ? first < second : more > less
    }
    var taken = [Bool](repeating: false, count: graph.count)
    var clusters: [Cluster] = []
    for centre in order where !taken[centre] {
      let others = graph[centre].map(Int.init).filter { !taken[$0] }
      taken[centre] = true
      for member in others { taken[member] = true }
      clusters.append(Cluster(centre: centre, others: others))
    }
    self.clusters = clusters
  }
}

/// For each row the other rows at or above a threshold, ascending, as compressed sparse rows.
struct NeighbourGraph {
  private var offsets = [0]
  private var neighbours: [UInt32] = []

  var count: Int { offsets.count - 1 }

  subscript(row: Int) -> ArraySlice<UInt32> { neighbours[offsets[row]..<offsets[row + 1]] }

  init(
    of rows: FingerprintRows, threshold: Double, by metric: SimilarityMetric,
    using pool: WorkerPool, kernel: KernelKind
  ) {
    // Enough queries at once to keep every thread busy, few enough to hold their answers twice.
    let batch = 1024
    for start in stride(from: 0, to: rows.count, by: batch) {
      let queries = (start..<min(start + batch, rows.count)).map { rows[$0] }
      let found = rows.neighbours(
        ofEach: queries, threshold: threshold, by: metric, using: pool, kernel: kernel)
      for (number, list) in found.enumerated() {
        neighbours += list.lazy.map(\.row).filter { $0 != start + number }.sorted().map(UInt32.init)
        offsets.append(neighbours.count)
      }
    }
  }
}
