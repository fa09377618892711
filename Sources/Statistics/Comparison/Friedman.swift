/// Whether some treatment ranks better than others over the blocks; nothing is asked of how the
/// scores are distributed.
///
/// Friedman: JASA 1937; with the correction for ties.
public struct Friedman: Codable, Hashable, Sendable {
  /// The mean rank of each treatment, 1 for the best.
  public let meanRanks: [Double]
  /// The statistic.
  public let chiSquared: Double
  /// The chance of so large a statistic where all treatments are alike.
  public let pValue: Double
  /// How many blocks.
  public let blocks: Int

  /// Ranks a table.
  public init(_ table: ScoreTable, higherIsBetter: Bool) {
    let (n, k) = (Double(table.blocks.count), Double(table.treatments.count))
    let ranks = table.blocks.map { block in
      Ranks.averaged(higherIsBetter ? block.map { -$0 } : block)
    }
    let meanRanks = table.treatments.indices.map { treatment in
      Moments.sum(ranks.map { $0[treatment] }) / n
    }
    var ties = 0.0
    for block in ranks {
      for run in Ranks.ties(block, in: block.indices.sorted { block[$0] < block[$1] }) {
        let length = Double(run.count)
        ties += length * (length * length - 1)
      }
    }
    let correction = 1 - ties / (k * (k * k - 1) * n)
    let spread = Moments.sum(meanRanks.map { $0 * $0 }) * n * n
    let raw = 12 / (k * n * (k + 1)) * spread - 3 * n * (k + 1)
    // Every block a single tie: the treatments are alike.
    chiSquared = correction > 0 ? max(0, raw / correction) : 0
    pValue = ChiSquared.share(above: chiSquared, degrees: k - 1)
    self.meanRanks = meanRanks
    blocks = table.blocks.count
  }
}

/// Which treatments' mean ranks differ.
///
/// Nemenyi 1963, as in Demšar: Statistical comparisons of classifiers over multiple data sets.
/// JMLR 2006, 7, 1.
public enum Nemenyi {
  /// By how much mean ranks must differ.
  public static func criticalDifference(
    treatments: Int, blocks: Int, confidence: Double = 0.95
  ) -> Double {
    StudentizedRange(groups: treatments).point(ofShare: confidence) / 2.0.squareRoot()
      * standardError(treatments, blocks)
  }

  /// Every two treatments, by mean rank.
  public static func comparisons(
    _ friedman: Friedman, confidence: Double = 0.95
  ) -> [PairwiseComparison] {
    let k = friedman.meanRanks.count
    let error = standardError(k, friedman.blocks)
    let reach = criticalDifference(
      treatments: k, blocks: friedman.blocks, confidence: confidence)
    let range = StudentizedRange(groups: k)
    return (0..<k).flatMap { first in
      ((first + 1)..<max(k, first + 1)).map { second in
        let difference = friedman.meanRanks[first] - friedman.meanRanks[second]
        return PairwiseComparison(
          first: first, second: second, difference: difference,
          interval: Interval(
            lower: difference - reach, upper: difference + reach, confidence: confidence),
          pValue: range.share(above: abs(difference) / error * 2.0.squareRoot()))
      }
    }
  }

  private static func standardError(_ treatments: Int, _ blocks: Int) -> Double {
    let k = Double(treatments)
    return (k * (k + 1) / (6 * Double(blocks))).squareRoot()
  }
}
