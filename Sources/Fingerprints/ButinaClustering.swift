public import Parallelism

/// Clusters by exclusion spheres around the rows with the most neighbours.
///
/// Taylor 1995, J. Chem. Inf. Comput. Sci. 35, 59; Butina 1999, ibid. 39, 747. The row with the
/// most neighbours takes all of them, then the next row that is still free takes its free
/// neighbours, and so on; numbers of neighbours are those of the whole table and are not
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
    let index = ColumnIndex(of: table, using: pool)
    self.init(
      of: SimilarityGraph(
        of: index, threshold: threshold, by: metric, using: pool, kernel: kernel))
  }

  /// Clusters the rows of a graph, whose edges are the pairs above the threshold.
  ///
  /// - Parameter isIncluded: which rows are clustered, those for which the graph was made; nil for
  ///   all.
  /// - Complexity: O(rows log rows + edges)
  public init(of graph: SimilarityGraph, where isIncluded: ((_ row: Int) -> Bool)? = nil) {
    let rows = (0..<graph.count).filter { isIncluded?($0) ?? true }
    let order = rows.sorted { first, second in
      let (more, less) = (graph.degree(ofRow: first), graph.degree(ofRow: second))
      return more == less ? first < second : more > less
    }
    var taken = [Bool](repeating: false, count: graph.count)
    var clusters: [Cluster] = []
    for centre in order where !taken[centre] {
      let places = graph.offsets[centre]..<graph.offsets[centre + 1]
      let others = graph.neighbours[places].map(Int.init).filter { !taken[$0] }.sorted()
      taken[centre] = true
      for member in others { taken[member] = true }
      clusters.append(Cluster(centre: centre, others: others))
    }
    self.clusters = clusters
  }
}
