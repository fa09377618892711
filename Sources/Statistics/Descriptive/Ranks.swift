/// The places of values in ascending order.
public enum Ranks {
  /// Ranks from 1; equal values share the mean of their places.
  /// - Complexity: O(n log n)
  public static func averaged(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    for tie in ties(values, in: order) {
      let rank = Double(tie.lowerBound + tie.upperBound + 1) / 2
      for place in tie { ranks[order[place]] = rank }
    }
    return ranks
  }

  /// The runs of equal values in an order that has them side by side.
  public static func ties(_ values: [Double], in order: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      runs.append(start..<end)
      start = end
    }
    return runs
  }
}
