/// How often two rows stand in the order of their measured values (Gönen & Heller 2005).
///
/// Of all pairs of rows with different measured values, the share whose predictions differ in the same
/// direction; a pair with equal predictions counts half. ½ for chance, 1 for a perfect order.
public enum ConcordanceIndex {
  /// The index; nil where a number is not finite or no two measured values differ.
  /// - Complexity: O(n log n)
  public static func value(predicted: [Double], measured: [Double]) -> Double? {
    precondition(
      predicted.count == measured.count, "\(predicted.count) predicted, \(measured.count) measured")
    guard predicted.allSatisfy(\.isFinite), measured.allSatisfy(\.isFinite) else { return nil }
    let levels = Set(predicted).sorted()
    let level = Dictionary(
      uniqueKeysWithValues: levels.enumerated().map { ($0.element, $0.offset) })
    var seen = RankCounts(levels.count)
    var (halves, pairs) = (0, 0)
    let order = measured.indices.sorted { measured[$0] < measured[$1] }
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, measured[order[end]] == measured[order[start]] { end += 1 }
      for row in order[start..<end] {
        let place = level[predicted[row]] ?? 0
        let below = seen.count(below: place)
        halves += below + seen.count(below: place + 1)
        pairs += start
      }
      for row in order[start..<end] { seen.add(level[predicted[row]] ?? 0) }
      start = end
    }
    return pairs > 0 ? Double(halves) / Double(2 * pairs) : nil
  }
}

/// Counts by rank that can be summed up to a rank (Fenwick 1994).
private struct RankCounts {
  private var sums: [Int]

  init(_ ranks: Int) { sums = [Int](repeating: 0, count: ranks + 1) }

  mutating func add(_ rank: Int) {
    var place = rank + 1
    while place < sums.count {
      sums[place] += 1
      place += place & -place
    }
  }

  func count(below rank: Int) -> Int {
    var (place, sum) = (rank, 0)
    while place > 0 {
      sum += sums[place]
      place -= place & -place
    }
    return sum
  }
}
