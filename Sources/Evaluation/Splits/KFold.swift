import Statistics

/// Divides rows into folds of nearly equal size, each held out once.
public struct KFold: Codable, Hashable, Sendable {
  /// How many folds.
  public let count: Int
  /// The seed of the order.
  public let seed: UInt64

  /// Creates a way to fold.
  public init(count: Int, seed: UInt64) {
    precondition(count >= 2, "\(count) folds hold nothing out")
    self.count = count
    self.seed = seed
  }

  /// The fold of each of `rows` rows, from 0; sizes differ by one at most.
  public func assignment(rows: Int) -> [Int] {
    assignment(strata: [Int](repeating: 0, count: rows))
  }

  /// The fold of each row, from 0; the rows of each stratum are spread evenly over the folds.
  ///
  /// The deal goes on from one stratum to the next, so the folds' sizes differ by one at most
  /// however small the strata are.
  public func assignment(strata: [Int]) -> [Int] {
    var generator = Xoshiro256(seed: seed)
    var folds = [Int](repeating: 0, count: strata.count)
    var dealt = 0
    for stratum in Set(strata).sorted() {
      let rows = strata.indices.filter { strata[$0] == stratum }
      for place in generator.drawOrder(of: rows.count) {
        folds[rows[place]] = dealt % count
        dealt += 1
      }
    }
    return folds
  }

  /// One split for each fold: the fold is tested, the others are learned from.
  public func splits(rows: Int) -> [Split] { KFold.splits(assignment(rows: rows), count: count) }

  /// One split for each fold, stratified.
  public func splits(strata: [Int]) -> [Split] {
    KFold.splits(assignment(strata: strata), count: count)
  }

  private static func splits(_ folds: [Int], count: Int) -> [Split] {
    (0..<count).map { fold in
      Split(
        train: folds.indices.filter { folds[$0] != fold },
        test: folds.indices.filter { folds[$0] == fold })
    }
  }
}
