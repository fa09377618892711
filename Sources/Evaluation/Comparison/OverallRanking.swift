public import Statistics

/// The models' ranks over all data sets, and by how much mean ranks must differ.
///
/// Demšar 2006. Each data set counts once, whatever its metric: a rank has no unit.
public struct OverallRanking: Codable, Hashable, Sendable {
  /// The models.
  public let models: [String]
  /// The data sets on which all of them have a score.
  public let datasets: [String]
  /// The mean rank of each model, 1 for the best.
  public let meanRanks: [Double]
  /// Friedman's p-value of "all models are alike".
  public let pValue: Double
  /// By how much two mean ranks must differ (Nemenyi).
  public let criticalDifference: Double
  /// Every two models.
  public let pairs: [PairwiseComparison]

  /// Ranks the models; nil with fewer than two data sets or models.
  public init?(_ comparisons: [DatasetComparison], level: Double = 0.05) {
    guard let first = comparisons.first else { return nil }
    let models = first.standings.map(\.model)
    var blocks: [[Double]] = []
    var names: [String] = []
    for comparison in comparisons where comparison.standings.map(\.model) == models {
      let means = comparison.standings.compactMap(\.mean)
      guard means.count == models.count else { continue }
      blocks.append(comparison.metric.higherIsBetter ? means : means.map { -$0 })
      names.append(comparison.dataset)
    }
    guard let table = ScoreTable(treatments: models, blocks: blocks) else { return nil }
    let friedman = Friedman(table, higherIsBetter: true)
    self.models = models
    datasets = names
    meanRanks = friedman.meanRanks
    pValue = friedman.pValue
    criticalDifference = Nemenyi.criticalDifference(
      treatments: models.count, blocks: blocks.count, confidence: 1 - level)
    pairs = Nemenyi.comparisons(friedman, confidence: 1 - level)
  }
}
