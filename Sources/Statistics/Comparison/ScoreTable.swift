/// What several treatments reached in the same blocks: a score of each model on each fold.
///
/// All methods of this folder compare within blocks: the difficulty of a fold is common to all
/// models and says nothing about which of them is better.
public struct ScoreTable: Codable, Hashable, Sendable {
  /// The names of the treatments.
  public let treatments: [String]
  /// For each block the score of each treatment.
  public let blocks: [[Double]]

  /// Puts a table together; nil where a score is missing or not finite, or there is too little to
  /// compare: two treatments in two blocks at least.
  public init?(treatments: [String], blocks: [[Double]]) {
    guard treatments.count >= 2, blocks.count >= 2,
      blocks.allSatisfy({ $0.count == treatments.count && $0.allSatisfy(\.isFinite) })
    else { return nil }
    self.treatments = treatments
    self.blocks = blocks
  }

  /// The scores of one treatment over the blocks.
  public func scores(_ treatment: Int) -> [Double] { blocks.map { $0[treatment] } }

  /// The mean of each treatment.
  public var means: [Double] {
    treatments.indices.map { Moments.sum(scores($0)) / Double(blocks.count) }
  }

  /// Every two treatments, the earlier first.
  public var pairs: [(first: Int, second: Int)] {
    treatments.indices.flatMap { first in
      treatments.indices.dropFirst(first + 1).map { (first, $0) }
    }
  }
}
