/// A growing table of count fingerprints in memory, as compressed sparse rows.
///
/// Memory: 8 bytes for each feature of a row and 16 bytes for the row.
public struct CountTable: Sendable {
  /// The features of all rows, one row after another, ascending in each.
  private(set) var features: [UInt32] = []
  /// How often each of them occurs.
  private(set) var counts: [UInt32] = []
  /// Where each row begins, and the end.
  private(set) var starts = [0]
  /// The sum of each row's counts.
  private(set) var totals: [Int] = []

  /// Creates an empty table.
  public init() {}

  /// A table of these fingerprints.
  public init(_ fingerprints: some Sequence<CountFingerprint>) {
    for fingerprint in fingerprints { append(fingerprint) }
  }

  /// The number of rows.
  public var count: Int { totals.count }

  /// Adds a row at the end.
  public mutating func append(_ fingerprint: CountFingerprint) {
    for entry in fingerprint.entries {
      features.append(entry.index)
      counts.append(entry.count)
    }
    starts.append(features.count)
    totals.append(fingerprint.total)
  }

  /// One row.
  public subscript(row: Int) -> CountFingerprint {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    let entries = places(of: row).map {
      CountFingerprint.Entry(index: features[$0], count: counts[$0])
    }
    return CountFingerprint(ascending: entries, total: totals[row])
  }

  /// The sum of one row's counts.
  public func total(ofRow row: Int) -> Int { totals[row] }

  /// Where a row's features stand.
  func places(of row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The sum over all features of the lesser count of a query and a row.
  ///
  /// - Complexity: O(features of both)
  func intersection(of query: [CountFingerprint.Entry], withRow row: Int) -> Int {
    var common = 0
    var (mine, theirs) = (0, starts[row])
    let end = starts[row + 1]
    while mine < query.count, theirs < end {
      let (left, right) = (query[mine].index, features[theirs])
      if left == right { common += Int(min(query[mine].count, counts[theirs])) }
      if left <= right { mine += 1 }
      if right <= left { theirs += 1 }
    }
    return common
  }
}
