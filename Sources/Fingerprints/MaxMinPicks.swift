/// What to keep away from: known fingerprints and the picks so far, side by side.
struct MaxMinPicks: Sendable {
  let rows: ClusteringRows
  let metric: SimilarityMetric
  private let kernel: ClusteringKernel
  private var fingerprints: [CacheLine] = []
  private var popcounts: [UInt16] = []

  /// Picks compared at once: few at first, since more would often be for nothing.
  private static let firstBlock = 8
  private static let largestBlock = 64

  /// Room for one row and its common bits, used again and again.
  struct Scratch {
    var row: [CacheLine]
    var common: [UInt16]
  }

  var count: Int { popcounts.count }
  var scratch: Scratch {
    Scratch(
      row: Array(repeating: .zero, count: rows.lines),
      common: Array(repeating: 0, count: Self.largestBlock))
  }

  init(among rows: ClusteringRows, metric: SimilarityMetric, kernel: KernelKind) {
    self.rows = rows
    self.metric = metric
    self.kernel = ClusteringKernel(kind: kernel, lines: rows.lines)
  }

  mutating func add(_ fingerprint: Fingerprint) {
    precondition(
      fingerprint.bitCount == rows.bitCount,
      "\(fingerprint.bitCount) bits against \(rows.bitCount)")
    fingerprints += kernel.lines(of: fingerprint.words)
    popcounts.append(UInt16(fingerprint.popcount))
  }

  /// Compares a row with more picks for as long as it is of interest.
  func compare(
    _ candidate: inout MaxMinCandidate, _ scratch: inout Scratch,
    while isOfInterest: (MaxMinCandidate) -> Bool
  ) {
    rows.copy(Int(candidate.row), to: &scratch.row)
    let popcount = kernel.popcount(scratch.row)
    var size = Self.firstBlock
    while candidate.compared < count, isOfInterest(candidate) {
      let start = Int(candidate.compared)
      let places = start..<min(start + size, count)
      candidate.bound = max(candidate.bound, nearest(to: &scratch, popcount, among: places))
      candidate.compared = UInt32(places.upperBound)
      size = min(2 * size, Self.largestBlock)
    }
  }

  /// The highest similarity of a row to the picks at some places.
  private func nearest(
    to scratch: inout Scratch, _ popcount: Int, among places: Range<Int>
  ) -> Double {
    if metric == .tanimoto {
      let (place, common) = kernel.nearest(
        to: scratch.row, popcount: popcount, in: fingerprints, popcounts: popcounts,
        places: places)
      return metric.similarity(common: common, query: Int(popcounts[place]), row: popcount)
    }
    kernel.common(of: scratch.row, with: fingerprints, places: places, counts: &scratch.common)
    return zip(places, scratch.common).reduce(0) { highest, pick in
      max(
        highest,
        metric.similarity(
          common: Int(pick.1), query: Int(popcounts[pick.0]), row: popcount))
    }
  }
}
