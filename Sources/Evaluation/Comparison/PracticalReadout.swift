public import Statistics

/// What a model is worth to someone who buys compounds.
public struct PracticalReadout: Codable, Hashable, Sendable {
  /// The model.
  public let model: String
  /// How many of the best-ranked compounds were looked at, over all test sets that were used.
  public let tried: Int
  /// How many of them were hits.
  public let hits: Double
  /// The share of the list they were the best of.
  public let fraction: Double
  /// How many hits to expect among the next 100 of as good a rank.
  public let expected: Double
  /// Where their number lies.
  public let interval: Interval
  /// How many there would be by chance.
  public let byChance: Double
  /// The share of all hits found in the first 1 %, with its band.
  public let firstPercent: EnrichmentBand?
  /// The share of all hits found while four of five called ones are hits.
  public let recallAtPrecision80: Double?

  /// Reads a data set with hits; empty where there are none, or nothing else.
  public static func all(_ data: ComparedDataset) -> [PracticalReadout] {
    guard let isHit = data.isHit else { return [] }
    return data.models.indices.compactMap { PracticalReadout(data, $0, isHit) }
  }

  private init?(_ data: ComparedDataset, _ model: Int, _ isHit: (Double) -> Bool) {
    var (tried, all, rows) = (0, 0, 0)
    var hits = 0.0
    // Without folds all seeds rank the same compounds: they are averaged, not added up.
    let used = data.movesTestRows ? data.once : Array(data.predictions.indices)
    for replicate in used {
      let own = data.predictions[replicate][model]
      let labels = own.measured.map(isHit)
      guard let list = RankedList(scores: data.wanted(own), labels: labels, ties: .mean) else {
        return nil
      }
      let top = min(100, max(1, Int((0.1 * Double(list.count)).rounded(.up))))
      tried += top
      hits += list.activity.prefix(top).reduce(0, +)
      all += list.actives
      rows += list.count
    }
    guard all > 0, all < rows else { return nil }
    let times = data.movesTestRows ? 1 : used.count
    self.model = data.models[model]
    self.tried = tried / times
    self.hits = hits / Double(times)
    fraction = Double(tried) / Double(rows)
    let count = HitCount(hits: min(self.tried, Int(self.hits.rounded())), tried: self.tried)
    expected = 100 * count.rate
    interval = count.predicted(among: 100)
    byChance = 100 * Double(all) / Double(rows)
    let first = data.predictions[data.once[0]][model]
    let (scores, labels) = (data.wanted(first), first.measured.map(isHit))
    firstPercent = EnrichmentBand(scores: scores, labels: labels, fraction: 0.01)
    recallAtPrecision80 = RankingCurves.recall(atPrecision: 0.8, scores: scores, labels: labels)
  }

  /// The sentence: "of the top 100 you would buy, expect 23 hits [15–32]; by chance 4".
  public var sentence: String {
    "of the top 100 you would buy, expect \(Int(expected.rounded())) hits "
      + "[\(Int(interval.lower))–\(Int(interval.upper))]; by chance \(Int(byChance.rounded()))"
  }
}
