/// The rows that may still be picked, the farthest first as far as is known.
///
/// Each row has a bound: its similarity to the nearest of the picks it was compared with. The bound
/// can only rise. So the row with the least bound, once compared with all picks, is the farthest.
struct MaxMinSearch {
  private struct Candidate {
    /// The similarity to the nearest of the picks that were compared.
    var bound: Double
    let row: UInt32
    /// How many picks, in their order, were compared.
    var compared: UInt32

    func precedes(_ other: Candidate) -> Bool {
      bound == other.bound ? row < other.row : bound < other.bound
    }
  }

  private let rows: ClusteringRows
  private let metric: SimilarityMetric
  private let kernel: ClusteringKernel
  /// What to keep away from: known fingerprints and the picks so far.
  private var picks: [CacheLine] = []
  private var popcounts: [UInt16] = []
  /// A heap of four children a place, of which every place precedes its children.
  private var heap: [Candidate] = []
  private var row: [CacheLine]
  private var common = [UInt16](repeating: 0, count: block)
  private var steps = 0
  /// Picks compared at once; more would often be for nothing.
  private static let block = 8

  init(rows: ClusteringRows, metric: SimilarityMetric, kernel: KernelKind) {
    self.rows = rows
    self.metric = metric
    self.kernel = ClusteringKernel(kind: kernel, lines: rows.lines)
    row = Array(repeating: .zero, count: rows.lines)
  }

  /// Adds a fingerprint to keep away from.
  mutating func keepAway(from fingerprint: Fingerprint) {
    precondition(
      fingerprint.bitCount == rows.bitCount,
      "\(fingerprint.bitCount) bits against \(rows.bitCount)")
    picks += kernel.lines(of: fingerprint.words)
    popcounts.append(UInt16(fingerprint.popcount))
  }

  /// Takes in the rows that may be picked, after the first fingerprint to keep away from.
  mutating func begin(
    with candidates: [Int], shouldStop: () -> Bool
  ) throws(ClusteringStopped) {
    heap.reserveCapacity(candidates.count)
    for row in candidates {
      try step(shouldStop)
      var candidate = Candidate(bound: -1, row: UInt32(row), compared: 0)
      compare(&candidate, upTo: 1) { _ in true }
      heap.append(candidate)
    }
    for place in (0..<(heap.count + 2) / 4).reversed() { siftDown(place) }
  }

  /// The row that is least similar to its nearest pick, the lowest of equals; nil if none is left.
  mutating func farthest(shouldStop: () -> Bool) throws(ClusteringStopped) -> Neighbour? {
    while var first = heap.first {
      if first.compared == popcounts.count {
        return Neighbour(row: Int(first.row), similarity: first.bound)
      }
      try step(shouldStop)
      let rival = firstChild(of: 0).map { heap[$0] }
      compare(&first, upTo: popcounts.count) { rival.map($0.precedes) ?? true }
      heap[0] = first
      siftDown(0)
    }
    return nil
  }

  /// Makes the farthest row a pick.
  mutating func pickFarthest() {
    let picked = heap[0]
    heap[0] = heap[heap.count - 1]
    heap.removeLast()
    if !heap.isEmpty { siftDown(0) }
    keepAway(from: rows[Int(picked.row)])
  }

  /// Compares a row with more picks for as long as it is of interest.
  private mutating func compare(
    _ candidate: inout Candidate, upTo end: Int, while isOfInterest: (Candidate) -> Bool
  ) {
    rows.copy(Int(candidate.row), to: &row)
    let popcount = kernel.popcount(row)
    while candidate.compared < end, isOfInterest(candidate) {
      let places = Int(candidate.compared)..<min(Int(candidate.compared) + Self.block, end)
      kernel.common(of: row, with: picks, places: places, counts: &common)
      for place in places {
        let similarity = metric.similarity(
          common: Int(common[place - places.lowerBound]), query: Int(popcounts[place]),
          row: popcount)
        candidate.bound = max(candidate.bound, similarity)
      }
      candidate.compared = UInt32(places.upperBound)
    }
  }

  private mutating func step(_ shouldStop: () -> Bool) throws(ClusteringStopped) {
    if steps % 8192 == 0, shouldStop() { throw ClusteringStopped() }
    steps += 1
  }

  private func firstChild(of place: Int) -> Int? {
    let children = 4 * place + 1..<min(4 * place + 5, max(heap.count, 4 * place + 1))
    return children.min { heap[$0].precedes(heap[$1]) }
  }

  private mutating func siftDown(_ start: Int) {
    let sinking = heap[start]
    var place = start
    while let child = firstChild(of: place), heap[child].precedes(sinking) {
      heap[place] = heap[child]
      place = child
    }
    heap[place] = sinking
  }
}
