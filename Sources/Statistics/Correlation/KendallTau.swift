/// Kendall's tau-b by counting the exchanges of a merge sort.
///
/// Knight: A computer method for calculating Kendall's tau with ungrouped data. JASA 1966, 61, 436.
enum KendallTau {
  /// The coefficient; nil where a column is constant.
  static func b(_ x: [Double], _ y: [Double]) -> Double? {
    let order = x.indices.sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
    var tiedX = 0
    var tiedBoth = 0
    for run in Ranks.ties(x, in: order) {
      tiedX += pairs(run.count)
      for inner in Ranks.ties(y, in: Array(order[run])) { tiedBoth += pairs(inner.count) }
    }
    var sorted = order.map { y[$0] }
    var spare = sorted
    let reversed = exchanges(&sorted, &spare, 0..<sorted.count)
    let tiedY = Ranks.ties(sorted, in: Array(sorted.indices)).reduce(0) { $0 + pairs($1.count) }
    let all = pairs(x.count)
    guard tiedX < all, tiedY < all else { return nil }
    let difference = Double(all - tiedX - tiedY + tiedBoth - 2 * reversed)
    return difference / Double(all - tiedX).squareRoot() / Double(all - tiedY).squareRoot()
  }

  private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

  /// Sorts a range and counts the pairs that stood in descending order.
  private static func exchanges(
    _ values: inout [Double], _ spare: inout [Double], _ range: Range<Int>
  ) -> Int {
    if range.count < 2 { return 0 }
    let middle = range.lowerBound + range.count / 2
    var count = exchanges(&values, &spare, range.lowerBound..<middle)
    count += exchanges(&values, &spare, middle..<range.upperBound)
    var left = range.lowerBound
    var right = middle
    for place in range {
      if right == range.upperBound || (left < middle && values[left] <= values[right]) {
        spare[place] = values[left]
        left += 1
      } else {
        spare[place] = values[right]
        count += middle - left
        right += 1
      }
    }
    for place in range { values[place] = spare[place] }
    return count
  }
}
