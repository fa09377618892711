public import Statistics

/// Predicted probabilities against observed rates, in equally wide bins.
public struct ReliabilityTable: Codable, Hashable, Sendable {
  /// One bin that holds rows.
  public struct Bin: Codable, Hashable, Sendable {
    /// The lower end; the bin holds it.
    public let lower: Double
    /// The upper end; only the last bin holds it.
    public let upper: Double
    /// How many rows it holds.
    public let count: Int
    /// How many of them are active.
    public let hits: Int
    /// The mean predicted probability.
    public let meanProbability: Double
    /// The 95 % interval of the observed rate.
    public let rateInterval: Interval?

    /// The share of actives.
    public var rate: Double { Double(hits) / Double(count) }
  }

  /// The bins that hold rows, in ascending order.
  public let bins: [Bin]

  /// Sorts rows into bins.
  /// - Precondition: each probability lies from 0 to 1.
  public init(probabilities: [Double], labels: [Bool], bins number: Int = 10) {
    precondition(probabilities.count == labels.count, "as many labels as probabilities")
    precondition(number > 0, "no bins")
    var rows = [[Int]](repeating: [], count: number)
    for (row, probability) in probabilities.enumerated() {
      precondition((0...1).contains(probability), "\(probability) is no probability")
      rows[min(Int(Double(number) * probability), number - 1)].append(row)
    }
    bins = rows.enumerated().compactMap { place, rows in
      guard let mean = Moments.mean(rows.map { probabilities[$0] }) else { return nil }
      let hits = rows.count { labels[$0] }
      return Bin(
        lower: Double(place) / Double(number), upper: Double(place + 1) / Double(number),
        count: rows.count, hits: hits, meanProbability: mean,
        rateInterval: Wilson.interval(hits: hits, of: rows.count))
    }
  }
}
