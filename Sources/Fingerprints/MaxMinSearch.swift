internal import Parallelism

/// The rows that may still be picked, the farthest first as far as is known.
///
/// A row's bound, its similarity to the nearest of the picks it was compared with, can only rise,
/// and so the row with the least bound, once compared with all picks, is the farthest. Rows whose
/// bounds are below a limit stand in a heap; all others wait in the order of the table. When the
/// heap is empty the limit rises, and the rows below it are compared, in the order of the table,
/// until they are at the limit again: most of them are soon, and need no place in the heap.
struct MaxMinSearch {
  private(set) var picks: MaxMinPicks
  private let pool: WorkerPool
  private var heap = MaxMinHeap()
  /// In pieces for the threads; every bound is at least `limit`.
  private var waiting: [[MaxMinCandidate]]
  private var limit = -Double.infinity
  /// Rows to look at for the next heap.
  private var wanted = 8192
  private var steps = 0

  private static let piece = 1 << 16

  init(_ candidates: [Int], awayFrom picks: MaxMinPicks, using pool: WorkerPool) {
    self.picks = picks
    self.pool = pool
    waiting = stride(from: 0, to: candidates.count, by: Self.piece).map { start in
      candidates[start..<min(start + Self.piece, candidates.count)].map(MaxMinCandidate.init)
    }
  }

  /// The row that is least similar to its nearest pick, the lowest of equals; nil if none is left.
  mutating func farthest(shouldStop: () -> Bool) throws(ClusteringStopped) -> Neighbour? {
    var scratch = picks.scratch
    var late: [MaxMinCandidate] = []
    defer { if !late.isEmpty { waiting.append(late) } }
    while true {
      if steps % 8192 == 0, shouldStop() { throw ClusteringStopped() }
      steps += 1
      guard var first = heap.first else {
        waiting.append(late)
        late = []
        if waiting.allSatisfy(\.isEmpty) { return nil }
        raiseLimit()
        continue
      }
      if first.compared == picks.count {
        return Neighbour(row: Int(first.row), similarity: first.bound)
      }
      let rival = heap.second
      picks.compare(&first, &scratch) { rival.map($0.precedes) ?? true }
      if first.bound < limit {
        heap.replaceFirst(by: first)
      } else {
        heap.removeFirst()
        late.append(first)
      }
    }
  }

  /// Makes the farthest row a pick.
  mutating func pickFarthest() {
    guard let picked = heap.first else { return }
    heap.removeFirst()
    picks.add(picks.rows[Int(picked.row)])
  }

  private mutating func raiseLimit() {
    let limit = nextLimit()
    let (picks, waiting) = (picks, waiting)
    let pieces = pool.map(waiting.count) { piece in
      Self.compare(waiting[piece], with: picks, upTo: limit)
    }
    self.limit = limit
    self.waiting = pieces.map(\.waiting)
    let found = pieces.flatMap(\.found)
    heap.add(found)
    // A heap of some thousands stays in the cache, and lasts longer than it takes to fill.
    if found.count < 1024 { wanted *= 2 } else if found.count > 16_384 { wanted /= 2 }
  }

  private static func compare(
    _ candidates: [MaxMinCandidate], with picks: MaxMinPicks, upTo limit: Double
  ) -> (waiting: [MaxMinCandidate], found: [MaxMinCandidate]) {
    var (waiting, found) = ([MaxMinCandidate](), [MaxMinCandidate]())
    waiting.reserveCapacity(candidates.count)
    var scratch = picks.scratch
    for var candidate in candidates {
      if candidate.bound < limit {
        picks.compare(&candidate, &scratch) { $0.bound < limit }
      }
      if candidate.bound < limit { found.append(candidate) } else { waiting.append(candidate) }
    }
    return (waiting, found)
  }

  /// The lowest limit, a multiple of 1/1024, below which there are as many rows as wanted.
  private func nextLimit() -> Double {
    let steps = 1024
    var counts = [Int](repeating: 0, count: steps + 1)
    for candidate in waiting.joined() {
      counts[min(max(Int(candidate.bound * Double(steps)), 0), steps)] += 1
    }
    var below = 0
    for step in 0..<steps {
      below += counts[step]
      if below >= wanted { return Double(step + 1) / Double(steps) }
    }
    return .infinity
  }
}
