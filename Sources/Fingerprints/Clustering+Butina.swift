extension Clustering {
  /// The spheres of Taylor and Butina, each represented by its centre.
  ///
  /// - Parameter rowCount: the rows of the table, those left out too.
  public init(_ butina: ButinaClustering, rowCount: Int) {
    var labels = [Int32](repeating: -1, count: rowCount)
    for (number, cluster) in butina.clusters.enumerated() {
      for row in cluster.members { labels[row] = Int32(number) }
    }
    self.init(labels: labels, centres: butina.clusters.map(\.centre))
  }
}
