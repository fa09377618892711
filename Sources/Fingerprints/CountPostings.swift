/// For each feature the rows that have more of it than it has columns.
///
/// Whatever a row has in common with a query beside the columns, it has of such a feature.
struct CountPostings: Sendable {
  private let features: [UInt32]
  private let starts: [Int]
  private let rows: [UInt32]

  /// - Parameter missing: by row the counts without a column; more than the padding holds makes a
  ///   row an outlier, which is not listed.
  init(of table: CountTable, without encoding: CountEncoding, missing: [Int]) {
    // A feature above a row, in one number.
    var pairs: [UInt64] = []
    for row in 0..<table.count
    where missing[row] > 0 && missing[row] <= encoding.rowPadding {
      for place in table.places(of: row) {
        let feature = table.features[place]
        if Int(table.counts[place]) > encoding.columns(of: feature).count {
          pairs.append(UInt64(feature) << 32 | UInt64(row))
        }
      }
    }
    pairs.sort()
    var features: [UInt32] = []
    var starts: [Int] = []
    for (place, pair) in pairs.enumerated() {
      let feature = UInt32(pair >> 32)
      if features.last == feature { continue }
      features.append(feature)
      starts.append(place)
    }
    (self.features, self.starts) = (features, starts + [pairs.count])
    rows = pairs.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The rows of a feature, ascending.
  ///
  /// - Complexity: O(log features)
  subscript(feature: UInt32) -> ArraySlice<UInt32> {
    let place = features.place(of: feature)
    guard place < features.count, features[place] == feature else { return [] }
    return rows[starts[place]..<starts[place + 1]]
  }
}
