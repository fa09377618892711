public import Statistics

/// How often predicted intervals held the measured value.
public struct IntervalCoverage: Codable, Hashable, Sendable {
  /// How many intervals held the value.
  public let held: Int
  /// How many intervals there were.
  public let count: Int
  /// The mean width, in the unit of the endpoint; nil without rows.
  public let meanWidth: Double?

  /// Counts intervals given by their ends; the ends belong to the interval.
  public init(lower: [Double], upper: [Double], measured: [Double]) {
    precondition(
      lower.count == measured.count && upper.count == measured.count, "as many ends as values")
    held = measured.indices.count { lower[$0] <= measured[$0] && measured[$0] <= upper[$0] }
    count = measured.count
    meanWidth = Moments.mean(measured.indices.map { upper[$0] - lower[$0] })
  }

  /// The share that held; nil without rows.
  public var share: Double? { count == 0 ? nil : Double(held) / Double(count) }

  /// The 95 % score interval of the share; nil without rows.
  public var interval: Interval? { Wilson.interval(hits: held, of: count) }

  /// The lower end of the 95 % interval of the share.
  public var lower: Double? { interval?.lower }

  /// The upper end of the 95 % interval of the share.
  public var upper: Double? { interval?.upper }
}
