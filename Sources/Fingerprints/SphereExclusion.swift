public import Parallelism

/// Clusters by spheres around leaders, exactly at a threshold.
///
/// The first row leads all rows at least as similar to it as the threshold, the next that is not
/// led leads its own, and so on (the leader algorithm, Hartigan 1975; sphere exclusion, Hudson et
/// al. 1996, Quant. Struct.-Act. Relat. 15, 285). No two leaders are as similar as the threshold,
/// so the leaders are a diverse choice as well. Directed sphere exclusion (Gobbi & Lee 2003, J. Chem.
/// Inf. Comput. Sci. 43, 317) is the same in an order that prefers some rows.
public struct SphereExclusion: Hashable, Sendable {
  /// In which order rows may become leaders.
  public enum Order: Hashable, Sendable {
    /// As they stand.
    case rows
    /// Those most similar to a fingerprint first, equal ones as they stand.
    case toward(Fingerprint)
    /// Those of the highest value first, one value a row, equal ones as they stand.
    case descending([Double])
  }

  /// Which leader a row within several spheres belongs to.
  public enum Assignment: Hashable, Sendable {
    /// The leader that came first, as in the algorithm's name.
    case first
    /// The most similar leader, the first of equals.
    case nearest
  }

  /// The least similarity of a row to its leader.
  public let threshold: Double
  /// The similarity; with leaders as queries.
  public let metric: SimilarityMetric
  /// In which order rows may become leaders.
  public let order: Order
  /// Which leader a row within several spheres belongs to.
  public let assignment: Assignment

  /// Creates a clustering.
  ///
  /// - Precondition: the threshold is a number, the metric's weights are finite and not negative.
  public init(
    threshold: Double, by metric: SimilarityMetric = .tanimoto, order: Order = .rows,
    assignment: Assignment = .nearest
  ) {
    precondition(!threshold.isNaN, "the threshold is not a number")
    precondition(metric.isValid, "the weights of \(metric) must be finite and not negative")
    self.threshold = threshold
    self.metric = metric
    self.order = order
    self.assignment = assignment
  }

  /// The clusters, each represented by its leader.
  ///
  /// - Parameters:
  ///   - rows: the fingerprints themselves.
  ///   - index: the same rows, searched for each leader; an index of columns is fastest.
  ///   - isIncluded: which rows count, say those that were not deleted; nil for all.
  ///   - pool: the threads that search; the clusters do not depend on their number.
  ///   - shouldStop: asked between searches; when true the clustering ends with an error.
  ///   - progress: told after each search, of the rows that have a leader.
  /// - Complexity: a search for each leader.
  public func clustering(
    of rows: ClusteringRows, searching index: some SimilaritySearchable,
    where isIncluded: (@Sendable (_ row: Int) -> Bool)? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), kernel: KernelKind = .best,
    shouldStop: () -> Bool = { false }, progress: (ClusteringProgress) -> Void = { _ in }
  ) throws(ClusteringStopped) -> Clustering {
    precondition(
      index.bitCount == rows.bitCount && index.count == rows.count,
      "the index of \(index.count) rows is not that of \(rows.count) rows")
    let candidates = candidates(of: rows, isIncluded, kernel)
    var spheres = Spheres(rowCount: rows.count, assignment: assignment)
    var batch = SphereBatch()
    var place = 0
    while place < candidates.count {
      if shouldStop() { throw ClusteringStopped() }
      let chosen = batch.next(of: candidates, from: &place, isFree: { !spheres.isLed($0) })
      let found = index.neighbours(
        ofEach: chosen.map { rows[$0] }, threshold: threshold, by: metric, where: isIncluded,
        using: pool, kernel: kernel)
      let before = spheres.leaders.count
      for (row, neighbours) in zip(chosen, found) where !spheres.isLed(row) {
        spheres.lead(neighbours, by: row)
      }
      batch.adapt(
        chosen: chosen.count, leaders: spheres.leaders.count - before,
        neighbours: found.reduce(0) { $0 + $1.count })
      progress(
        ClusteringProgress(
          done: spheres.led, total: candidates.count, found: spheres.leaders.count))
    }
    return Clustering(labels: spheres.labels, centres: spheres.leaders)
  }

  private func candidates(
    of rows: ClusteringRows, _ isIncluded: ((_ row: Int) -> Bool)?, _ kernel: KernelKind
  ) -> [Int] {
    let candidates = (0..<rows.count).filter { isIncluded?($0) ?? true }
    switch order {
    case .rows: return candidates
    case .toward(let target):
      let values = rows.similarities(to: target, by: metric, kernel: kernel)
      return candidates.sorted { (values[$1], $0) < (values[$0], $1) }
    case .descending(let values):
      precondition(values.count == rows.count, "\(values.count) values for \(rows.count) rows")
      precondition(values.allSatisfy { !$0.isNaN }, "a value is not a number")
      return candidates.sorted { (values[$1], $0) < (values[$0], $1) }
    }
  }
}

/// The leaders so far, and whom each row follows.
private struct Spheres {
  let assignment: SphereExclusion.Assignment
  private(set) var leaders: [Int] = []
  /// By row: the number of its leader, −1 as long as it has none.
  private(set) var labels: [Int32]
  /// By row: its similarity to its leader; kept only to find the nearest.
  private var similarities: [Double]
  /// How many rows have a leader.
  private(set) var led = 0

  init(rowCount: Int, assignment: SphereExclusion.Assignment) {
    self.assignment = assignment
    labels = Array(repeating: -1, count: rowCount)
    similarities = assignment == .nearest ? Array(repeating: -1, count: rowCount) : []
  }

  func isLed(_ row: Int) -> Bool { labels[row] >= 0 }

  mutating func lead(_ neighbours: [Neighbour], by leader: Int) {
    let number = Int32(leaders.count)
    leaders.append(leader)
    follow(Neighbour(row: leader, similarity: .infinity), number)
    for neighbour in neighbours { follow(neighbour, number) }
  }

  private mutating func follow(_ neighbour: Neighbour, _ number: Int32) {
    let row = neighbour.row
    if labels[row] < 0 { led += 1 }
    switch assignment {
    case .first:
      if labels[row] < 0 { labels[row] = number }
    case .nearest where neighbour.similarity > similarities[row]:
      labels[row] = number
      similarities[row] = neighbour.similarity
    case .nearest: break
    }
  }
}

/// How many rows are searched for at once: many keep the threads busy and share the reads, but a
/// row that an earlier one of the batch turns out to lead was searched for in vain.
private struct SphereBatch {
  private var size = 8

  func next(of candidates: [Int], from place: inout Int, isFree: (Int) -> Bool) -> [Int] {
    var chosen: [Int] = []
    while chosen.count < size, place < candidates.count {
      if isFree(candidates[place]) { chosen.append(candidates[place]) }
      place += 1
    }
    return chosen
  }

  mutating func adapt(chosen: Int, leaders: Int, neighbours: Int) {
    if neighbours > 1 << 20 || leaders < chosen - chosen / 4 {
      size = max(1, size / 2)
    } else if neighbours < 1 << 19, leaders > chosen - chosen / 8 {
      size = min(1024, 2 * size)
    }
  }
}
