internal import Statistics

/// Whether unrelated people with changes in one gene look alike.
///
/// The mean Jaccard index of the signs of pairs of families, against groups of as many families
/// drawn from all diseases. Term by term: terms that are near in the ontology do not count as equal,
/// so it says less than it could and never more.
public struct PhenotypeCoherence: Hashable, Codable, Sendable {
  /// The mean similarity of pairs.
  public let similarity: Double
  /// The mean of the drawn groups.
  public let expected: Double
  /// The share of drawn groups at least as alike, with the one that was seen.
  public let pValue: Double

  /// Compares; nil with fewer than two families that have signs.
  ///
  /// - Parameters:
  ///   - families: the signs of each family.
  ///   - background: those of all families.
  init?(_ families: [Set<String>], background: [Set<String>], seed: UInt64, draws: Int = 199) {
    let own = Array(families.filter { !$0.isEmpty }.prefix(40))
    guard own.count >= 2, background.count > own.count else { return nil }
    let seen = Self.mean(own)
    var generator = Xoshiro256(seed: seed)
    var sum = 0.0
    var reached = 1
    for _ in 0..<draws {
      let drawn = (0..<own.count).map { _ in background[generator.draw(below: background.count)] }
      let value = Self.mean(drawn)
      sum += value
      if value >= seen { reached += 1 }
    }
    similarity = seen
    expected = sum / Double(draws)
    pValue = Double(reached) / Double(draws + 1)
  }

  private static func mean(_ groups: [Set<String>]) -> Double {
    var (sum, pairs) = (0.0, 0)
    for (place, one) in groups.enumerated() {
      for other in groups[(place + 1)...] {
        let common = one.intersection(other).count
        let all = one.count + other.count - common
        sum += all == 0 ? 0 : Double(common) / Double(all)
        pairs += 1
      }
    }
    return pairs == 0 ? 0 : sum / Double(pairs)
  }
}
