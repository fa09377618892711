import Statistics

/// A split by chance.
///
/// It flatters a model: near relatives of the test rows stand in the train rows.
public struct RandomSplit: Codable, Hashable, Sendable {
  /// How large the parts should be.
  public let fractions: SplitFractions
  /// The seed of the order.
  public let seed: UInt64

  /// Creates a way to split.
  public init(fractions: SplitFractions = .usual, seed: UInt64) {
    self.fractions = fractions
    self.seed = seed
  }

  /// Divides `count` rows; each part's rows ascend.
  ///
  /// Rounding goes to the test rows.
  public func split(count: Int) -> Split {
    var generator = Xoshiro256(seed: seed)
    let order = generator.drawOrder(of: count)
    let train = Int(fractions.train * Double(count) + 1e-9)
    let tuned = Int((fractions.train + fractions.validation) * Double(count) + 1e-9)
    return Split(
      train: order[..<train].sorted(), validation: order[train..<tuned].sorted(),
      test: order[tuned...].sorted())
  }
}
