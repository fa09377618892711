internal import Synchronization

/// Keeps every row at or above a threshold.
struct ThresholdCollector: NeighbourCollector {
  let bound: Double
  private(set) var result: [Neighbour] = []

  init(threshold: Double) { bound = threshold }

  mutating func take(_ neighbour: Neighbour) { result.append(neighbour) }
  mutating func finishBlock() {}
}

/// Keeps the best rows of one span, helped by the bounds that other spans have reached.
struct NearestCollector: NeighbourCollector {
  private let query: Int
  private let shared: SharedBounds
  private var best: BestNeighbours
  private(set) var bound: Double

  init(query: Int, count: Int, shared: SharedBounds) {
    self.query = query
    self.shared = shared
    best = BestNeighbours(capacity: count)
    bound = shared.bound(of: query)
  }

  var result: [Neighbour] { best.sorted }

  mutating func take(_ neighbour: Neighbour) { best.insert(neighbour) }

  mutating func finishBlock() { bound = shared.raise(query, to: best.bound) }
}

/// For each query the highest bound any span has reached.
///
/// A span's worst kept similarity is never above the worst of the final answer, so rows strictly
/// below it can be left out by every thread: the answer stays the same, only sooner.
final class SharedBounds: Sendable {
  private let bounds: Mutex<[Double]>

  init(count: Int) { bounds = Mutex(Array(repeating: 0, count: count)) }

  func bound(of query: Int) -> Double { bounds.withLock { $0[query] } }

  /// Raises a bound, never lowers it, and returns it.
  func raise(_ query: Int, to bound: Double) -> Double {
    bounds.withLock { bounds in
      bounds[query] = max(bounds[query], bound)
      return bounds[query]
    }
  }
}
