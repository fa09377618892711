/// How far a clustering or a picking has come, for a progress bar.
public struct ClusteringProgress: Hashable, Sendable {
  /// Rows, or picks, done so far.
  public let done: Int
  /// Of how many.
  public let total: Int
  /// Clusters, or picks, found so far.
  public let found: Int
}

/// A clustering that was told to stop; it has no result.
public struct ClusteringStopped: Error, Hashable, Sendable {}
