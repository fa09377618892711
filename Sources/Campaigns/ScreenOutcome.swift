public import Entities
public import Screening

/// What a screen found.
public struct ScreenOutcome: Sendable {
  /// The compounds taken, best first.
  public let hits: [Hit]
  /// The compounds that stood high enough but were left out, in the order of the ranking.
  public let refused: [RefusedRecord]
  /// How many compounds were looked at.
  public let screened: Int
  /// How many of these a model was asked for.
  public let scored: Int
  /// How many were passed over at once, because only the model's domain was asked for.
  public let outsideDomain: Int
  /// The predicted values of all compounds that were scored.
  public let histogram: ScoreHistogram
  /// Properties of a sample of the library.
  public let sample: [CompoundProperties]
  /// How many scores were computed, and how many were there.
  public let work: ScoringWork

  /// The same screen with no compound named.
  public var withheld: ScreenOutcome {
    ScreenOutcome(
      hits: [], refused: [], screened: screened, scored: scored,
      outsideDomain: outsideDomain, histogram: histogram, sample: sample, work: work)
  }
}

/// Counts of the library's predicted values in bins of equal width.
public struct ScoreHistogram: Hashable, Sendable {
  enum Pass: CaseIterable { case range, counts }

  /// How many bins.
  public static let bins = 60
  /// The least value.
  public private(set) var minimum = Double.infinity
  /// The greatest value.
  public private(set) var maximum = -Double.infinity
  /// Compounds in each bin, the lowest first.
  public private(set) var counts = [Int](repeating: 0, count: bins)
  init() {}

  /// Values come twice: first to find the range, then to be counted.
  mutating func take(_ value: Double, _ pass: Pass) {
    // A compound without a value stands in no bin.
    guard value.isFinite else { return }
    switch pass {
    case .range:
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    case .counts:
      let width = (maximum - minimum) / Double(Self.bins)
      let bin = width > 0 ? Int((value - minimum) / width) : 0
      counts[min(max(bin, 0), Self.bins - 1)] += 1
    }
  }
}
