/// Counts and what was expected of them, those that are alike drawn together with a weight.
///
/// DuMouchel & Pregibon: Empirical Bayes screening for multi-item associations. KDD 2001, 67. A
/// table of reports has many pairs of count 1 and nearly the same expectation; a likelihood over
/// their means is the same in all digits that matter and many times faster.
public struct SquashedCounts: Hashable, Sendable {
  /// Pairs of one count and one expectation.
  public struct Point: Hashable, Sendable {
    /// The count, at least 1.
    public let count: Int
    /// What was expected, the mean of those drawn together.
    public let expected: Double
    /// How many pairs it stands for.
    public let weight: Int

    /// A point, of weight 1 where it is a single pair.
    public init(count: Int, expected: Double, weight: Int = 1) {
      precondition(count >= 1 && expected > 0 && weight >= 1, "a count that was not seen")
      self.count = count
      self.expected = expected
      self.weight = weight
    }
  }

  /// The points, by count and expectation.
  public let points: [Point]

  /// Takes points as they are.
  public init(points: [Point]) { self.points = points }

  /// Draws counts together as openEBGM's `autoSquash` does.
  ///
  /// Within each count the pairs stand in the order of their expectation. The largest, which say the
  /// most of the mixture, are kept: 100, 75, 50 for the counts 1, 2, 3 and 25 beyond. The others are
  /// averaged in bins of one size, so that some 50 to 5,000 points remain, by their number.
  ///
  /// - Complexity: O(n log n)
  public init(_ pairs: [(count: Int, expected: Double)]) {
    let groups = Dictionary(grouping: pairs.filter { $0.count >= 1 }, by: \.count)
    points = groups.keys.sorted().flatMap { count in
      Self.squash(count, (groups[count] ?? []).map(\.expected).sorted())
    }
  }

  private static func squash(_ count: Int, _ expected: [Double]) -> [Point] {
    let kept = [100, 75, 50][safe: count - 1] ?? 25
    let free = max(0, expected.count - kept)
    let size = max(1, free / superPoints(expected.count))
    let averaged = stride(from: 0, to: free, by: size).map { start in
      let bin = expected[start..<min(start + size, free)]
      return Point(
        count: count, expected: bin.reduce(0, +) / Double(bin.count), weight: bin.count)
    }
    return averaged + expected[free...].map { Point(count: count, expected: $0) }
  }

  /// How many points shall stand for so many pairs; openEBGM's steps.
  private static func superPoints(_ pairs: Int) -> Int {
    switch pairs {
    case ..<500: 50
    case ..<1_000: 75
    case ..<10_000: 150
    case ..<100_000: 500
    case ..<500_000: 750
    case ..<1_000_000: 1_000
    case ..<5_000_000: 2_000
    default: 5_000
    }
  }
}

extension Array {
  /// The element at a place, nil where there is none.
  fileprivate subscript(safe place: Int) -> Element? {
    indices.contains(place) ? self[place] : nil
  }
}
