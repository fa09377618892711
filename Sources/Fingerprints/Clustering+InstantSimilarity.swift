/// The mean Tanimoto similarity of all pairs of a set, from the set's bit counts alone.
///
/// Instant similarity, iSIM (López-Pérez, Kim & Miranda-Quintana 2024, Digital Discovery 3, 1160):
/// with the counts kᵢ of the bits, n rows, the pairs share Σ kᵢ(kᵢ − 1)/2 bits in all, and
/// Σ kᵢ(n − kᵢ) bits are set in one row of a pair only. The ratio of the sums stands for the mean
/// of the ratios; it is the very similarity for two rows.
public struct InstantSimilarity: Hashable, Sendable {
  /// The number of rows.
  public private(set) var count: Int
  /// The sum of the bits' counts.
  public private(set) var sum: Int
  /// The sum of their squares.
  public private(set) var squares: Int

  /// Takes the sums over.
  public init(count: Int = 0, sum: Int = 0, squares: Int = 0) {
    self.count = count
    self.sum = sum
    self.squares = squares
  }

  /// The mean similarity; nil for fewer than two rows, 1 when no row has a bit.
  public var tanimoto: Double? {
    if count < 2 { return nil }
    if sum == 0 { return 1 }
    let twiceShared = squares - sum
    return Double(twiceShared) / Double(2 * count * sum - squares - sum)
  }

  /// With one more row of `popcount` bits; `shared` is the sum of the counts at these bits.
  ///
  /// A count k that grows by one adds 2k + 1 to the sum of squares.
  public func adding(popcount: Int, shared: Int) -> InstantSimilarity {
    InstantSimilarity(
      count: count + 1, sum: sum + popcount, squares: squares + 2 * shared + popcount)
  }

  /// With one of its rows left out; `shared` is the sum of the counts at the row's bits.
  public func removing(popcount: Int, shared: Int) -> InstantSimilarity {
    InstantSimilarity(
      count: count - 1, sum: sum - popcount, squares: squares - 2 * shared + popcount)
  }
}
