import Foundation

/// How many of the next compounds will be hits, after some were tried.
///
/// The hit rate has Jeffreys' prior, a beta distribution of ½ and ½; the count of a further purchase
/// is beta-binomial, so that both the doubt about the rate and the luck of the draw are in it.
public struct HitCount: Codable, Hashable, Sendable {
  /// Hits among those tried.
  public let hits: Int
  /// How many were tried.
  public let tried: Int

  /// Describes what was seen.
  public init(hits: Int, tried: Int) {
    precondition(hits >= 0 && hits <= tried, "\(hits) hits of \(tried)")
    self.hits = hits
    self.tried = tried
  }

  private var a: Double { Double(hits) + 0.5 }
  private var b: Double { Double(tried - hits) + 0.5 }

  /// The mean of the rate's distribution.
  public var rate: Double { a / (a + b) }

  /// Where the rate lies.
  public func rateInterval(confidence: Double = 0.95) -> Interval {
    let tail = (1 - confidence) / 2
    return Interval(
      lower: hits == 0 ? 0 : IncompleteBeta.point(ofShare: tail, a, b),
      upper: hits == tried ? 1 : IncompleteBeta.point(ofShare: 1 - tail, a, b),
      confidence: confidence)
  }

  /// Where the number of hits among the next `count` lies.
  /// - Complexity: O(count)
  public func predicted(among count: Int, confidence: Double = 0.95) -> Interval {
    precondition(count >= 0, "\(count) compounds")
    let tail = (1 - confidence) / 2
    var sum = 0.0
    var lower: Int?
    for number in 0...count {
      sum += exp(
        LogGamma.choose(count, number)
          + LogGamma.beta(a + Double(number), b + Double(count - number)) - LogGamma.beta(a, b))
      if lower == nil, sum >= tail { lower = number }
      if sum >= 1 - tail {
        return Interval(
          lower: Double(lower ?? number), upper: Double(number), confidence: confidence)
      }
    }
    return Interval(lower: Double(lower ?? count), upper: Double(count), confidence: confidence)
  }
}
