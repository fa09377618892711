/// Counts of values in bins of equal width: what a stream of millions leaves behind for a chart.
///
/// Counts add up, so chunks may be counted apart and merged in any order with the same result.
public struct ValueHistogram: Hashable, Sendable {
  /// The lower edge of the first bin.
  public let lower: Double
  /// The width of each bin, above 0.
  public let binWidth: Double
  /// How many values fell into each bin; the end bins also hold what lies beyond them.
  public private(set) var counts: [Int]

  /// Creates an empty histogram of `bins` bins between two values.
  public init(from lower: Double, to upper: Double, bins: Int) {
    precondition(lower < upper && bins > 0, "histogram: \(bins) bins from \(lower) to \(upper)")
    self.init(
      lower: lower, binWidth: (upper - lower) / Double(bins),
      counts: Array(repeating: 0, count: bins))
  }

  /// Creates a histogram from its counts.
  public init(lower: Double, binWidth: Double, counts: [Int]) {
    precondition(binWidth > 0 && !counts.isEmpty, "histogram: a bin needs a width")
    self.lower = lower
    self.binWidth = binWidth
    self.counts = counts
  }

  /// How many values were counted.
  public var total: Int { counts.reduce(0, +) }

  /// The upper edge of the last bin.
  public var upper: Double { lower + binWidth * Double(counts.count) }

  /// Counts one value; a value that is not a number is left out.
  public mutating func add(_ value: Double) {
    guard !value.isNaN else { return }
    let bin = ((value - lower) / binWidth).rounded(.down)
    counts[Int(min(max(bin, 0), Double(counts.count - 1)))] += 1
  }

  /// Adds the counts of a histogram with the same bins.
  public mutating func merge(_ other: ValueHistogram) {
    precondition(
      lower == other.lower && binWidth == other.binWidth && counts.count == other.counts.count,
      "histogram: the bins differ")
    for bin in counts.indices { counts[bin] += other.counts[bin] }
  }

  /// The same bins filled with other values.
  func recounted(_ values: [Double]) -> ValueHistogram {
    var result = ValueHistogram(
      lower: lower, binWidth: binWidth, counts: Array(repeating: 0, count: counts.count))
    for value in values { result.add(value) }
    return result
  }
}
